// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/ulp.hpp"

namespace napier {

/// How many digits a figure keeps that is one of hundreds.
inline constexpr int short_digits = 6;

/// A figure that takes so many decimal digits at most to write, the nearest one that is not above,
/// or not below. What is no finite number stays as it is, and so does what is short already.
double short_below(double figure, int digits = short_digits);
double short_above(double figure, int digits = short_digits);

/// An enclosure in short figures: reports hold hundreds of them for each target.
inline UlpRange shortened(const UlpRange& ulp) {
  return {{short_below(ulp.lo.value)}, {short_above(ulp.hi.value)}};
}

}  // namespace napier
