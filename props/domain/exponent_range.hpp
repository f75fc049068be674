// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/subject/subject.hpp"

namespace napier {

/// Exponents x·ln a, as plain doubles: for aiming samples only, never for judging.
struct ExponentRange {
  double lo = 0;
  double hi = 0;
  double least_normal = 0;  ///< below it results are subnormal (or, for a^x − 1, saturated)

  bool contains(double u) const { return u >= lo && u <= hi; }
  double width() const { return hi - lo; }
};

/// Where results are neither saturated nor flushed: from the rounding to 0 (to −1) to overflow.
ExponentRange exponent_range(const Function& power, const Format& format);

/// ln a for a fixed base.
double log_of_fixed_base(Base base);

/// The range cut to the exponents that the claim's domain allows at that ln a.
ExponentRange within(ExponentRange range, const Range& exponents, double log_a);

}  // namespace napier
