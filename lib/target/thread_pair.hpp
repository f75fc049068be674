// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>

#include "lib/target/target.hpp"

namespace napier {

/// A caller that makes its first, third, … block of calls from one thread, and every other block
/// from two threads at once, one of them going through it backwards. What one thread gave last
/// time is remembered: where the two threads disagree, an answer that differs from it is handed
/// on. So who asks for the same block twice and compares sees whatever either thread got wrong.
///
/// Both threads call the very same code of this process: it says nothing of implementations that
/// run in a process of their own per caller.
std::unique_ptr<Caller> thread_pair(const OpenCaller& open);

}  // namespace napier
