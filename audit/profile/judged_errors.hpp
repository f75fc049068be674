// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>

#include "props/subject/subject.hpp"

namespace napier {

/// What follows for relative and absolute errors of all calls that accuracy judged in the subject's
/// mode. Of each range of arguments, or of results, the largest error in ulps is known (Breakdown),
/// and an ulp is at most 2^(1-p) of a normal true value, and at most that of the largest one of the
/// range. What was undecided is no part of it; and of a composition's absolute errors nothing is
/// said, whose true values may be largest anywhere.
struct JudgedErrors {
  double relative = std::numeric_limits<double>::infinity();  ///< at most, of normal true values
  double absolute = std::numeric_limits<double>::infinity();  ///< at most
  std::uint64_t calls = 0;
  bool every_call = false;  ///< that the claim speaks of, all decided
};
JudgedErrors judged_errors(const Subject& subject, const TargetResult& result);

/// k ulps of that exponent, rounded up.
double ulps_above(double k, std::int64_t exponent);

}  // namespace napier
