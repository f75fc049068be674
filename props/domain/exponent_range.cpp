// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/exponent_range.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace napier {

ExponentRange exponent_range(const Function& power, const Format& format) {
  constexpr double ln2 = std::numbers::ln2;
  const double overflow = (format.max_exponent + 1) * ln2;
  if (power.kind == Kind::power_minus_one) {
    const double saturated = -(format.precision + 2) * ln2;
    return {saturated, overflow, saturated};
  }
  return {(format.least_exponent() - 1) * ln2, overflow, format.min_exponent() * ln2};
}

double log_of_fixed_base(Base base) {
  switch (base) {
    case Base::e:
      return 1;
    case Base::two:
      return std::numbers::ln2;
    case Base::ten:
      return std::numbers::ln10;
    case Base::argument:
      break;
  }
  return 1;
}

ExponentRange within(ExponentRange range, const Range& exponents, double log_a) {
  const double a = exponents.lo * log_a;
  const double b = exponents.hi * log_a;
  if (!std::isnan(a) && !std::isnan(b)) {
    range.lo = std::max(range.lo, std::min(a, b));
    range.hi = std::min(range.hi, std::max(a, b));
  }
  range.least_normal = std::clamp(range.least_normal, range.lo, std::max(range.lo, range.hi));
  return range;
}

}  // namespace napier
