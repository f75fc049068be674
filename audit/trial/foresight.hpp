// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

#include "lib/target/target.hpp"

namespace napier {

/// How long so many calls of a target will take on so many threads, by a short probe, and what
/// bounds it: a line to be said before they are begun, where it is more than a minute. Empty
/// otherwise. No figure of a report depends on it.
std::string foreseen_cost(const Target& target, Caller& caller, std::uint64_t calls, int threads);

}  // namespace napier
