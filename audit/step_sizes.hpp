// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>

#include "lib/derivative/difference.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/target.hpp"
#include "props/subject/result.hpp"

namespace napier {

/// A difference formula of the shelf as it takes one derivative in one format.
struct SteppedDerivative {
  const shelf::DifferenceFormula* formula;
  const Function* slope;  ///< along the exponent of a fixed base, of the formula's order
  const Format* format;   ///< binary32 or binary64
  int power_of_step;      ///< log2 of the step that is shipped
};

/// (e^x)′ in binary64 by the formula, or (e^x)″ if it is of that order.
SteppedDerivative of_exp(const shelf::DifferenceFormula& formula);
/// What a target of the shelf is; nothing where it is no such formula.
std::optional<SteppedDerivative> stepped_derivative(const Target& target);

/// The formula's slope at x, with the step that is shipped.
Float stepped_value(const SteppedDerivative& derivative, Float x);

/// The largest size of the arguments for which a step is tried: values near overflow or subnormal
/// ones follow other rules.
double most_stepped_argument(const SteppedDerivative& derivative);

/// Predicts from the formula, its step and the claim of the exponential that it asks, and observes
/// at so many points of the range. The prediction is a function of the point: an interval about the
/// slope for each x and h, of which `predicted` is the largest in the range. Nothing is fitted to
/// what is observed. A range beyond most_stepped_argument() throws std::invalid_argument.
StepSizes step_sizes(const SteppedDerivative& derivative, const Range& range, std::uint64_t cases,
                     std::uint64_t seed);

/// The same of a target, for x in [-1, 1] and at some hundred points: what its report shows.
std::optional<StepSizes> step_sizes_of(const Target& target, std::uint64_t seed);

}  // namespace napier
