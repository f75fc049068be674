// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/subject/wrong_rounding.hpp"

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

/// Is t exactly halfway between two neighbours?
bool is_a_tie(TrueValue& truth, Float a, Float b) {
  const Float low = ordinal(a) < ordinal(b) ? a : b;
  const Float high = ordinal(a) < ordinal(b) ? b : a;
  if (next_up(low) != high) return false;
  const Dyadic middle = add(exact_value(low), exact_value(high)).scaled(-1);
  return truth.compare(middle) == Position::equal;
}

/// What a directed mode asks for and y is not: on which side of t it must lie.
std::string wrong_side(Position of_truth, Float y, Rounding rounding) {
  const bool too_low = of_truth == Position::above;
  const bool too_high = of_truth == Position::below;
  const char* side = too_low ? "below" : "above";
  if ((rounding == Rounding::up && too_low) || (rounding == Rounding::down && too_high))
    return fmt::format("it lies {} the true value, and rounding {} must not", side, name(rounding));
  const bool away = is_negative(y) ? too_low : too_high;
  if (rounding == Rounding::zero && away)
    return "it lies farther from zero than the true value, and rounding to zero must not";
  return {};
}

}  // namespace

std::string wrong_rounding(TrueValue& truth, Float y, Rounding rounding) {
  if (truth.is_nan() || is_nan(y)) return {};
  const auto right = truth.rounded(*y.format, rounding);
  if (!right || *right == y || (is_zero(*right) && is_zero(y))) return {};
  if (is_infinite(y) != is_infinite(*right)) {
    // Beyond the range two data are right in one mode or another.
    const Float end = is_infinite(y) ? *right : y;
    if (end != max_finite(*y.format) && end != negated(max_finite(*y.format))) return {};
    return fmt::format("{}, what lies beyond the range becomes {}",
                       rounding == Rounding::nearest ? "rounding to nearest"
                                                     : fmt::format("rounding {}", name(rounding)),
                       to_hex(*right));
  }
  if (is_infinite(y) || truth.is_infinite()) return {};
  if (rounding != Rounding::nearest) return wrong_side(truth.compare(exact_value(y)), y, rounding);
  if (!is_a_tie(truth, y, *right)) return {};
  return fmt::format("the true value is exactly halfway, and ties go to even, {}", to_hex(*right));
}

}  // namespace napier
