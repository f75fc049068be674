// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/derivative/difference.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/target.hpp"

namespace napier {

/// What a difference formula makes of (e^x)′ in binary64 with the step 2^power, for the x of a
/// range. Errors in ulps of the slope.
struct StepError {
  int power;
  double left_out;   ///< |λ − 1| of the formula, enclosed by the oracle, rounded up
  double rounding;   ///< of the values by their claim, of the arguments, of the formula's own steps
  double predicted;  ///< the sum: no error is larger
  double observed;   ///< the largest that was found, at least
};

struct StepSizes {
  const shelf::DifferenceFormula* formula;
  std::vector<StepError> errors;  ///< from the longest step to the shortest
  int best;                       ///< the power for which least is predicted
};

/// Predicts from the formula, its step and the claim of the exponential that it asks, and observes
/// at so many points of the range. The prediction is a function of the point: an interval about the
/// slope for each x and h, of which `predicted` is the largest in the range. Nothing is fitted to
/// what is observed. A range with a subnormal or infinite e^x throws std::invalid_argument.
StepSizes step_sizes(const shelf::DifferenceFormula& formula, const Range& range,
                     std::uint64_t cases, std::uint64_t seed);

/// How the shipped step compares with the best: "the shipped step 2^-17 is the best".
std::string step_verdict(const StepSizes& sizes);

/// What a report notes of a target that is one of the formulas, of (e^x)′ in binary64: the largest
/// error that is predicted with its step and the largest that was found at some hundred points, and
/// whether its step is near the best. Empty of any other target.
std::string step_note(const Target& target, std::uint64_t seed);

}  // namespace napier
