// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/enclosed_real.hpp"

namespace napier {

/// A rigorous enclosure of one real number in double-double arithmetic: (hi + lo ±
/// error)·2^exponent.
///
/// It stands in for Enclosure at a fixed precision of about 100 bits and at a thousandth of the
/// time: 2^-102 relative for a sum, product or quotient of exact values, 2^-101 for exp, expm1, log
/// and log1p of them, near 0 and near 1 too. All of it assumes round to nearest and no flushing
/// (reset_environment() gives both).
///
/// |hi| is in [1, 2), or 0; |lo| ≤ ulp(hi)/2 and is 0 or at least 2^-801; error is 0 or at least
/// 2^-802. So nothing under- or overflows inside an operation that does not say so.
///
/// Two values stand outside. *Unknown* (hi is NaN) may be anything: a quotient by 0, a logarithm
/// of a possible non-positive, an exponent beyond ±exponent_limit. *Huge* (hi is ±inf) is at least
/// 2^huge_exponent in magnitude, with that sign. Every comparison with unknown is false.
struct FastEnclosure {
  double hi = 0;
  double lo = 0;
  double error = 0;
  std::int64_t exponent = 0;

  /// No finite enclosure has an exponent beyond ± this: below, it becomes [0, 2·2^-limit].
  static constexpr std::int64_t exponent_limit = std::int64_t(1) << 30;
  static constexpr std::int64_t huge_exponent = std::int64_t(1) << 27;

  constexpr FastEnclosure() = default;  ///< exactly 0
  /// The parts as they are: the conditions above are the caller's.
  constexpr FastEnclosure(double hi_, double lo_, double error_, std::int64_t exponent_)
      : hi(hi_), lo(lo_), error(error_), exponent(exponent_) {}
  /// The precision is ignored; up to 106 bits are exact.
  FastEnclosure(Precision precision, const Dyadic& value);
  /// Anything between two dyadics.
  FastEnclosure(Precision precision, const Dyadic& low, const Dyadic& high);

  static FastEnclosure unknown();
  static FastEnclosure huge(bool negative);
  bool is_known() const { return hi == hi; }
  bool is_huge() const { return hi - hi != 0 && hi == hi; }
};

inline Precision precision(const FastEnclosure&) { return {100}; }

FastEnclosure operator+(const FastEnclosure& a, const FastEnclosure& b);
FastEnclosure operator-(const FastEnclosure& a, const FastEnclosure& b);
FastEnclosure operator*(const FastEnclosure& a, const FastEnclosure& b);
FastEnclosure operator/(const FastEnclosure& a, const FastEnclosure& b);
inline FastEnclosure operator-(const FastEnclosure& a) {
  return {-a.hi, -a.lo, a.error, a.exponent};
}
FastEnclosure exp(const FastEnclosure& a);
FastEnclosure expm1(const FastEnclosure& a);
FastEnclosure log(const FastEnclosure& a);
FastEnclosure log1p(const FastEnclosure& a);
FastEnclosure scaled(const FastEnclosure& a, std::int64_t power);
FastEnclosure hull(const FastEnclosure& a, const FastEnclosure& b);

bool certainly_less(const FastEnclosure& a, const FastEnclosure& b);
bool certainly_at_most(const FastEnclosure& a, const FastEnclosure& b);
inline bool is_exact(const FastEnclosure& a) { return a.error == 0 && a.hi - a.hi == 0; }
inline bool is_exactly_zero(const FastEnclosure& a) { return a.error == 0 && a.hi == 0; }

/// ln of a fixed base; e gives exactly 1.
FastEnclosure log_of_base(Base base, const FastEnclosure& like);

/// Bounds as binary64, rounded outward; of unknown −inf and inf.
double lower(const FastEnclosure& a);
double upper(const FastEnclosure& a);
/// The binade of the end of larger magnitude; 0 for zero and unknown, huge_exponent for huge.
std::int64_t binade(const FastEnclosure& a);

static_assert(EnclosedReal<FastEnclosure>);

}  // namespace napier
