// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/fp/format.hpp"

namespace napier {

/// An error in units in the last place. It does not convert to or from a bare number.
struct Ulp {
  double value = 0;
  friend constexpr auto operator<=>(const Ulp&, const Ulp&) = default;
};

inline constexpr Ulp infinite_ulp{std::numeric_limits<double>::infinity()};

/// An enclosed error: the truth is known as an enclosure, so its distance is a range.
/// `lo` is rounded down and `hi` up; both are ≥ 0.
struct UlpRange {
  Ulp lo;
  Ulp hi;
  friend constexpr bool operator==(const UlpRange&, const UlpRange&) = default;
};

/// An enclosed signed error (y − t)/ulp(t).
struct SignedUlpRange {
  double lo = 0;
  double hi = 0;

  /// Its magnitude.
  constexpr UlpRange magnitude() const {
    if (lo >= 0) return {{lo}, {hi}};
    if (hi <= 0) return {{-hi}, {-lo}};
    return {{0}, {std::max(-lo, hi)}};
  }
};

/// The exponent of ulp(t) for 2^e ≤ |t| < 2^(e+1): ulp(t) = 2^(min(max(e, emin), emax) − p + 1).
///
/// This is the one definition of an ulp in the project. The clamp at emax makes errors finite just
/// beyond overflow, the clamp at emin makes subnormal results share the least subnormal's spacing.
constexpr std::int64_t ulp_exponent(const Format& format, std::int64_t e) {
  return std::min<std::int64_t>(std::max<std::int64_t>(e, format.min_exponent()),
                                format.max_exponent) -
         format.precision + 1;
}
/// The exponent of ulp(0).
constexpr std::int64_t least_ulp_exponent(const Format& format) { return format.least_exponent(); }

}  // namespace napier
