// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

#include "props/suite/asked.hpp"

// The only door to RapidCheck.
namespace napier::suite {

/// How a run of cases ended.
struct Checked {
  std::string failure;  ///< empty if every case is consistent
  std::uint64_t judged = 0;
  std::uint64_t seed = 0;
};

/// Lets RapidCheck draw `cases` cases (its seed is 1 and ours to fix: RC_PARAMS may set another,
/// and max_success) and shrink the first refuted one. `id` names the test in RC_PARAMS'
/// reproduce=…; without a single judged case, as for every other test then, it is a failure.
///
/// RapidCheck keeps static state: not for two threads of a process.
Checked check(const Asked& asked, const std::string& id, std::uint64_t cases);

}  // namespace napier::suite
