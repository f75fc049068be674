// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>

#include "lib/target/caller.hpp"

namespace napier {

/// A caller that has another one, which outlives it, make its first, third, … block of calls as
/// asked, and every other block as elements of arrays (Caller::call_in_lanes). So who asks for the
/// same block twice and compares sees whether a result depends on where its argument stands. What
/// did not return the first time is not asked the second time.
std::unique_ptr<Caller> calls_in_lanes(Caller& caller);

}  // namespace napier
