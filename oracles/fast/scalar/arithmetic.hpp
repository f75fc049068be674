// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>

#include "oracles/fast/scalar/double_double.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"

/// The inner side of FastEnclosure: its four operations, inlined into kernels.
///
/// An error bound is itself computed in doubles, rounded to nearest: each is a sum of products of
/// non-negative numbers, fewer than 2^10 roundings in all, so the result is at least
/// (1 − u)^(2^10) > 1 − 2^-42 of the exact bound, and `padded` makes up for it. Where only one term
/// is not 0 nothing is rounded and nothing padded: so an enclosure such as [1, 1 + 2c], an end of
/// which is exact, keeps that end in sums and differences.
namespace napier::fast {

/// At least the exact value of an error bound that was computed as `bound`.
NAPIER_INLINE double padded(double bound) { return bound * (1 + 0x1p-40); }
NAPIER_INLINE double error_sum(double a, double b) {
  return a == 0 ? b : b == 0 ? a : padded(a + b);
}
/// 2^power for −1022 ≤ power ≤ 1023.
NAPIER_INLINE double power_of_two(std::int64_t power) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52);
}

inline constexpr double least_low = 0x1p-801;
inline constexpr double least_error = 0x1p-802;

// What is off the hot paths takes its operands by value: so those of the hot paths may live in
// registers.

/// normalised() when the quick way is barred.
FastEnclosure normalised_slowly(double hi, double lo, double error, std::int64_t exponent);

/// (hi + lo ± error)·2^exponent for any such numbers, |lo| ≤ ulp(hi)/2: NaN or infinity anywhere
/// gives unknown.
NAPIER_INLINE FastEnclosure normalised(double hi, double lo, double error, std::int64_t exponent) {
  const std::int64_t shift =
      static_cast<std::int64_t>((std::bit_cast<std::uint64_t>(hi) >> 52) & 0x7ff) - 1023;
  if (shift < -500 || shift > 500) [[unlikely]]
    return normalised_slowly(hi, lo, error, exponent);
  const double scale = power_of_two(-shift);
  const double new_lo = lo * scale;
  const double new_error = error * scale;
  exponent += shift;
  const bool plain = (absolute(new_lo) >= least_low || lo == 0) &&
                     (new_error >= least_error || error == 0) && new_error <= 0x1p400 &&
                     exponent >= -FastEnclosure::exponent_limit &&
                     exponent <= FastEnclosure::exponent_limit;
  if (!plain) [[unlikely]]
    return normalised_slowly(hi, lo, error, exponent - shift);
  return {hi * scale, new_lo, new_error, exponent};
}

/// Does the enclosure lie on one side of 0, or touch it?
NAPIER_INLINE bool sign_is_certain(const FastEnclosure& a) {
  const double side = a.hi < 0 ? -a.lo : a.lo;
  const DoubleDouble rest = two_sum(absolute(a.hi), -a.error);
  // Exactly rest.hi + (rest.lo + side) ≥ 0? The inner sum is exact where either is 0.
  const double inner = rest.lo + side;
  const double slack = rest.lo != 0 && side != 0 ? absolute(inner) * 0x1p-51 : 0;
  return rest.hi + inner >= slack;
}

/// The operand of smaller exponent brought to the other's, when they are far apart.
FastEnclosure aligned_far(FastEnclosure b, std::int64_t shift);

/// a + b: JMP algorithm 6 (AccurateDWPlusDW) with its two roundings kept and counted, so that a sum
/// that fits is exact. Its own error is below 3u²/(1 − 4u) of the sum.
NAPIER_INLINE FastEnclosure sum(const FastEnclosure& x, const FastEnclosure& y) {
  const bool swapped = y.exponent > x.exponent;
  const FastEnclosure a{swapped ? y.hi : x.hi, swapped ? y.lo : x.lo, swapped ? y.error : x.error,
                        swapped ? y.exponent : x.exponent};
  FastEnclosure b{swapped ? x.hi : y.hi, swapped ? x.lo : y.lo, swapped ? x.error : y.error,
                  swapped ? x.exponent : y.exponent};
  const std::int64_t shift = b.exponent - a.exponent;
  if (shift < -60) [[unlikely]] {
    if (is_exactly_zero(a)) return b;
    b = aligned_far(b, shift);
  } else {
    // Exact: lo ≥ 2^-801 · 2^-60.
    const double scale = power_of_two(shift);
    b.hi *= scale;
    b.lo *= scale;
    b.error *= scale;
  }
  const DoubleDouble high = two_sum(a.hi, b.hi);
  const DoubleDouble low = two_sum(a.lo, b.lo);
  const DoubleDouble middle = two_sum(high.lo, low.hi);
  const DoubleDouble head = two_sum(high.hi, middle.hi);
  const DoubleDouble rest = two_sum(low.lo, middle.lo);
  const DoubleDouble tail = two_sum(head.lo, rest.hi);
  const DoubleDouble result = two_sum(head.hi, tail.hi);
  const double rounding = error_sum(absolute(rest.lo), absolute(tail.lo));
  return normalised(result.hi, result.lo, error_sum(error_sum(a.error, b.error), rounding),
                    a.exponent);
}

/// a · b of two enclosures around 0: the product of their errors, which may be smaller than doubles
/// are. Beside a hi, which is at least 1, that product is nothing.
FastEnclosure product_around_zero(FastEnclosure a, FastEnclosure b);

/// a · b. With |hi| < 2, |lo| ≤ u: the algorithm is multiply() for double-doubles, and by the same
/// count the error is at most u(2|a.lo| + 2|b.lo|) for the products of the lows, u·(2|a.lo| +
/// 2|b.lo|) for their sum, |a.lo b.lo| ≤ u|a.lo|, and u times the final lo of at most u|p| + … if
/// a.lo or b.lo is not 0. Without lows, or with a 0, the product is exact.
template <class Product>
NAPIER_INLINE FastEnclosure product(const FastEnclosure& a, const FastEnclosure& b) {
  if (a.hi == 0 && b.hi == 0) [[unlikely]]
    return product_around_zero(a, b);
  const DoubleDouble p = Product::product(a.hi, b.hi);
  const double cross = Product::multiply_add(a.lo, b.hi, a.hi * b.lo);
  const double low = p.lo + cross;
  const DoubleDouble result = fast_two_sum(p.hi, low);
  const double lows = absolute(a.lo) + absolute(b.lo);
  const double rounding = lows == 0 || p.hi == 0 ? 0 : u * (6 * lows + absolute(low));
  // |ab| errs by |a| b.error + |b| a.error + both errors; |a| ≤ |hi|(1 + u).
  const double inherited = absolute(a.hi) * b.error + absolute(b.hi) * a.error + a.error * b.error;
  return normalised(result.hi, result.lo, padded(rounding + inherited), a.exponent + b.exponent);
}

/// a / b by one correction: q = fl(a.hi/b.hi), the remainder a − q·b = (a.hi − q·b.hi) + a.lo −
/// q·b.lo, whose first part is a double, divided by b.hi. |q| is in (½, 2).
///
/// Errors: u|q b.lo| and u|r1| making r1 = a.lo − q·b.lo, u|r| adding it; dividing by b.hi rather
/// than b, and rounding that, 2.1u of the correction. All over |b.hi| ≥ 1. Together < 2^-100.
template <class Product>
NAPIER_INLINE FastEnclosure quotient(const FastEnclosure& a, const FastEnclosure& b) {
  const double least_b = absolute(b.hi) * (1 - 0x1p-50) - b.error;
  if (!(least_b > 0) || b.hi - b.hi != 0) [[unlikely]]
    return FastEnclosure::unknown();
  const double q = a.hi / b.hi;
  const DoubleDouble p = Product::product(q, b.hi);
  const double exact_rest = (a.hi - p.hi) - p.lo;
  const double from_low = q * b.lo;
  const double low_rest = a.lo - from_low;
  const double rest = exact_rest + low_rest;
  const double correction = rest / b.hi;
  const DoubleDouble result = fast_two_sum(q, correction);
  const double low_errors =
      b.lo == 0 && a.lo == 0 ? 0 : u * (absolute(from_low) + absolute(low_rest) + absolute(rest));
  const double rounding = low_errors + 2.5 * u * absolute(correction);
  // |(a + α)/(b + β) − a/b| ≤ (|α| + |a/b||β|)/(|b| − |β|)
  const double inherited = (a.error + absolute(q) * (1 + 0x1p-50) * b.error) / least_b;
  return normalised(result.hi, result.lo, padded(rounding + inherited), a.exponent - b.exponent);
}

}  // namespace napier::fast
