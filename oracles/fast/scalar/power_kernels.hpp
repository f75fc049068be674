// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/fast/scalar/arithmetic.hpp"
#include "oracles/fast/scalar/constants.hpp"
#include "oracles/fast/scalar/tables.hpp"

/// b^x and b^x − 1 in double-double arithmetic, with their errors. Gappa checks the cores
/// and those of log_kernels.hpp: proofs/{multiply,horner,expm1_near_zero,log_near_one}.gappa.
///
/// u = 2^-53 throughout. Most of an error is counted while it is made ("running"), as u times the
/// magnitude of what was rounded, so that it shrinks with the distance from an exact anchor: near
/// x = 0 the enclosure of e^x is one of e^x − 1 of full relative precision, moved by 1.
namespace napier::fast {

/// hi + lo ± error, |lo| ≤ 2.1u|hi|.
struct Approximation {
  double hi = 0;
  double lo = 0;
  double error = 0;
};

/// What e^r − 1 − r and f − ln(1 + f) are off by below, relatively.
inline constexpr double error_beyond_linear = 0x1p-96;

/// Where r² may underflow, more than the r² left out.
NAPIER_INLINE double square_allowance(double r) {
  return absolute(r) < 0x1p-300 ? 0x1p-200 * absolute(r) : 0;
}

/// e^r − 1 for |r| ≤ 2^-9.52, as r + r²·B(r), B = 1/2 + r/3! + r²/4! + …
///
/// Tail: q = 1/6! + … + r⁴/10! in doubles. Left out is r⁵/11! + …, below 2^-72.8 = 2^-63 q. Its
/// rounding errors sum below 2.1u/6!, taking r.hi for r costs u/6!·2^-12; with the rounding of r·q
/// and the left-out r.lo·q that makes 4.2u|r|/6! ≤ u·2^-17 in r·q.
/// B = 1/2 + r(1/3! + r(1/4! + r(1/5! + r·q))): an error of one step is |r| ≤ 2^-9.5 times smaller
/// in the next, so the tail's is u·2^-17-28.5 = u·2^-45.5 = 2^-98.5 in B; the last horner()'s own,
/// 6.2u²/2, is 2^-104.3; those before are below 2^-114. Together δB < 2^-98.4 < 2^-97 B.
/// c = r²·B: two products more, 8u² + 23u² < 2^-101. So δc < 2^-96 |c|, where |c| ≤ 2^-10.5 |r|.
template <class Product>
NAPIER_INLINE Approximation expm1_near_zero(DoubleDouble r) {
  double q = inverse_factorial_10;
  q = Product::multiply_add(q, r.hi, inverse_factorial_9);
  q = Product::multiply_add(q, r.hi, inverse_factorial_8);
  q = Product::multiply_add(q, r.hi, inverse_factorial_7);
  q = Product::multiply_add(q, r.hi, inverse_factorial_6);
  DoubleDouble b = fast_two_sum(inverse_factorial_5.hi, r.hi * q);
  b.lo += inverse_factorial_5.lo;
  b = horner<Product>(inverse_factorial_4, r, b);
  b = horner<Product>(inverse_factorial_3, r, b);
  b = horner<Product>({0.5, 0}, r, b);
  const DoubleDouble c = multiply<Product>(multiply<Product>(r, r), b);
  const DoubleDouble s = fast_two_sum(r.hi, c.hi);
  const double lows = r.lo + c.lo;
  const double low = s.lo + lows;
  return {s.hi, low,
          padded(error_beyond_linear * absolute(c.hi) + u * (absolute(lows) + absolute(low)) +
                 square_allowance(r.hi))};
}

/// x = k·log_b(2)/256 + r/ln b; `error` is that of r.
struct Reduced {
  DoubleDouble r;
  double error;
  std::int64_t k;
};

/// For |x| < 2^28·(1 + u), known to ± delta.
///
/// |k| ≤ 2^37.8. The product hi·inverse errs by less than 2^-14.5 and lo·inverse is below 2^-15.2,
/// so |r| ≤ (½ + 2^-12) ln(2)/256 < 2^-9.52. hi − p is exact: the two are within a factor 2 of each
/// other (Sterbenz), or k = ±1, |p| < 2.01|hi|, and |hi − p| ≤ |hi|(1 + 2^-10) still is a multiple
/// of ulp(hi) with 53 bits. The three two_sums are exact and leave lows below u·2^-8; these and
/// k·step_2's (< 2^-79) and k·step_3 (< 2^-80) are added with the roundings counted: the last two's
/// are below 2^-130, as is what step_3 leaves of the step, k·step·2^-159. All is exact for k = 0,
/// and for base two, where the step is 2^-8.
///
/// The last fast_two_sum(a, b) is exact too, or |a| < |b| and it errs by u|a + b − a| ≤ 1.01u|b|.
template <class Product>
NAPIER_INLINE Reduced reduce(const ExpBase& base, double hi, double lo, double delta) {
  const double k = (hi * base.inverse + 0x1.8p52) - 0x1.8p52;  // to the nearest integer
  const DoubleDouble p = Product::product(k, base.step_1);
  const DoubleDouble s1 = two_sum(hi - p.hi, -p.lo);
  const DoubleDouble s2 = two_sum(s1.hi, lo);
  const DoubleDouble p2 = Product::product(k, base.step_2);
  const DoubleDouble s3 = two_sum(s2.hi, -p2.hi);
  const double first = s1.lo + s2.lo;
  const double second = s3.lo - (p2.lo + k * base.step_3);
  const double low = first + second;
  DoubleDouble r = fast_two_sum(s3.hi, low);
  double error = delta;
  if (k != 0 && base.step_2 != 0)
    error += u * (absolute(first) + absolute(second) + 2.1 * absolute(low)) + 0x1p-128;
  if (base.ln_b.hi != 1) {
    // 8u² the product's, u² that of ln b.
    r = multiply<Product>(r, base.ln_b);
    r = fast_two_sum(r.hi, r.lo);
    error = error * base.ln_b.hi + 10 * u * u * absolute(r.hi);
  }
  return {r, padded(error), static_cast<std::int64_t>(k)};
}

/// anchor + t·e, where t and anchor come from a table, their pairs to within u times their lo, and
/// 1 ≤ |t.hi| < 2 (½ ≤ for b^x − 1). `spread` bounds the error of r.
///
/// m = t·e: multiply()'s (1 + 3 + 6.3 + 2.1)u² = 12.4u² of it, and u²|m| that t itself errs by;
/// three roundings of lows, counted as they are. e^(r + δ) = e^r e^δ and |e^δ − 1| ≤ |δ| + δ² for
/// |δ| ≤ 1, on |t(1 + e)| < 1.01|t|.
template <class Product>
NAPIER_INLINE Approximation assemble(DoubleDouble anchor, DoubleDouble t, const Approximation& e,
                                     double spread) {
  const DoubleDouble m = multiply<Product>(t, DoubleDouble{e.hi, e.lo});
  const DoubleDouble s = fast_two_sum(anchor.hi, m.hi);
  const double lows = anchor.lo + m.lo;
  const double low = s.lo + lows;
  const DoubleDouble result = fast_two_sum(s.hi, low);
  const double rounding =
      u * (absolute(anchor.lo) + absolute(lows) + absolute(low)) + 14 * u * u * absolute(m.hi);
  const double of_e = e.error + 1.01 * (spread + spread * spread);
  return {result.hi, result.lo, padded(rounding + absolute(t.hi) * of_e)};
}

/// b^x or b^x − 1 where |x| ≥ 2^28 or unknown.
FastEnclosure power_far(FastEnclosure x, bool minus_one);
/// The same where |x| < 2^-199 or contains 0, as 1 + x·ln b or x·ln b and what that leaves out.
FastEnclosure power_near(const ExpBase& base, FastEnclosure x, bool minus_one);

/// Is x for these two? Otherwise it is exact as plain doubles: lo is 0 or ≥ 2^-801-200.
NAPIER_INLINE bool is_far(const FastEnclosure& x) {
  return x.exponent >= 28 || !(x.hi - x.hi == 0);
}
NAPIER_INLINE bool is_near(const FastEnclosure& x) { return x.exponent < -200; }

/// b^x = 2^m · t · e^r, k = 256m + j, t = 2^(j/256). The error counted for an exact x is below
/// 2^-103.8 relative: t ≥ 1, anchor.lo and lows < 1.01u, low < 2.01u, so 4.03u², and 31u²·2^-9.5,
/// 2^-108 for e and r. Exact for integers x in base two and for x = 0.
template <class Product>
NAPIER_INLINE FastEnclosure power(const ExpBase& base, const FastEnclosure& x) {
  if (is_far(x)) [[unlikely]]
    return power_far(x, false);
  if (is_near(x)) [[unlikely]]
    return power_near(base, x, false);
  const double scale = power_of_two(x.exponent);
  const Reduced reduced = reduce<Product>(base, x.hi * scale, x.lo * scale, x.error * scale);
  if (!(reduced.error <= 1)) [[unlikely]]
    return FastEnclosure::unknown();
  const Approximation e = expm1_near_zero<Product>(reduced.r);
  const DoubleDouble t = power_table[reduced.k & 255];
  const Approximation result = assemble<Product>(t, t, e, reduced.error);
  return normalised(result.hi, result.lo, result.error, reduced.k >> 8);
}

/// p·2^m − 1 for p from 0.99 to 2.01 and m ≥ 1 or m ≤ −2: nothing cancels, and two_sum is exact.
/// 1 weighs less than 2^-200 beyond m = 200. p's error is below 4.1 (an argument's of 1), so that
/// p·2^m is in [0, 2^(m+3)], next to nothing below m = −600.
NAPIER_INLINE FastEnclosure minus_one(const Approximation& p, std::int64_t m) {
  if (m < -600) {
    const double half = m < -800 ? 0x1p-798 : power_of_two(m + 2);
    return {-1, half, half, 0};
  }
  const double scale = m < 0 ? power_of_two(m) : 1;
  const double one = m < 0 ? 1 : power_of_two(m > 200 ? -200 : -m);
  const DoubleDouble s = two_sum(p.hi * scale, -one);
  const double low = s.lo + p.lo * scale;
  const DoubleDouble result = fast_two_sum(s.hi, low);
  const double error = p.error * scale + u * absolute(low) + (m > 200 ? one : 0);
  return normalised(result.hi, result.lo, padded(error), m < 0 ? 0 : m);
}

/// b^x − 1 with *relative* accuracy: for −256 ≤ k < 256 the anchor is 2^(k/256) − 1 from a table,
/// of which t·e cancels no more than half (|t·e| ≤ 0.00136·t against 0.0027 at least); 0 for k = 0.
/// Beyond, b^x ≥ 1.99 or ≤ 0.501 and the subtraction is harmless.
template <class Product>
NAPIER_INLINE FastEnclosure power_minus_one(const ExpBase& base, const FastEnclosure& x) {
  if (is_far(x)) [[unlikely]]
    return power_far(x, true);
  if (is_near(x)) [[unlikely]]
    return power_near(base, x, true);
  const double scale = power_of_two(x.exponent);
  const Reduced reduced = reduce<Product>(base, x.hi * scale, x.lo * scale, x.error * scale);
  if (!(reduced.error <= 1)) [[unlikely]]
    return FastEnclosure::unknown();
  const Approximation e = expm1_near_zero<Product>(reduced.r);
  if (reduced.k == 0) {  // e itself, and with it the side of x on which e^x − 1 lies
    const DoubleDouble pair = fast_two_sum(e.hi, e.lo);
    const double spread = 1.01 * (reduced.error + reduced.error * reduced.error);
    return normalised(pair.hi, pair.lo, padded(e.error + spread), 0);
  }
  DoubleDouble t = power_table[reduced.k & 255];
  if (reduced.k < -256 || reduced.k > 255)
    return minus_one(assemble<Product>(t, t, e, reduced.error), reduced.k >> 8);
  if (reduced.k < 0) t = {t.hi / 2, t.lo / 2};
  const Approximation result =
      assemble<Product>(power_minus_one_table[reduced.k + 256], t, e, reduced.error);
  return normalised(result.hi, result.lo, result.error, 0);
}

}  // namespace napier::fast
