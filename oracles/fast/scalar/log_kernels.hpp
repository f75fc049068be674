// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/fast/scalar/arithmetic.hpp"
#include "oracles/fast/scalar/constants.hpp"
#include "oracles/fast/scalar/power_kernels.hpp"
#include "oracles/fast/scalar/tables.hpp"

/// ln x and ln(1 + x) in double-double arithmetic, with their errors. u = 2^-53.
namespace napier::fast {

/// ln(1 + f) for |f| ≤ 2^-9, as f − f²·G(f), G = 1/2 − f/3 + f²/4 − …
///
/// Tail: q = −1/7 + f/8 − … + f⁵/12 in doubles. Left out is f⁶/13 + …, below 2^-57.6; rounding
/// costs 2.1u/7, the rounding of f·q and the left-out f.lo·q another 2u/7: together u·2^-9.5 in
/// f·q. Four horner() steps, |f| ≤ 2^-9 times smaller each, take that to u·2^-45.5 = 2^-98.5 in G;
/// the last step's own error is 2^-104.3. δG < 2^-98.4 < 2^-97 G (G ≥ 0.499); f²·G costs 31u² <
/// 2^-101. The last sum is as in expm1_near_zero().
template <class Product>
NAPIER_INLINE Approximation log_near_one(DoubleDouble f) {
  double q = log_term_12;
  q = Product::multiply_add(q, f.hi, log_term_11);
  q = Product::multiply_add(q, f.hi, log_term_10);
  q = Product::multiply_add(q, f.hi, log_term_9);
  q = Product::multiply_add(q, f.hi, log_term_8);
  q = Product::multiply_add(q, f.hi, log_term_7);
  DoubleDouble g = fast_two_sum(log_term_6.hi, f.hi * q);
  g.lo += log_term_6.lo;
  g = horner<Product>(log_term_5, f, g);
  g = horner<Product>(log_term_4, f, g);
  g = horner<Product>(log_term_3, f, g);
  g = horner<Product>({0.5, 0}, f, g);
  const DoubleDouble c = multiply<Product>(multiply<Product>(f, f), g);
  const DoubleDouble s = fast_two_sum(f.hi, -c.hi);
  const double lows = f.lo - c.lo;
  const double low = s.lo + lows;
  return {s.hi, low,
          padded(error_beyond_linear * absolute(c.hi) + u * (absolute(lows) + absolute(low)) +
                 square_allowance(f.hi))};
}

NAPIER_INLINE Approximation normal(const Approximation& a) {
  const DoubleDouble pair = fast_two_sum(a.hi, a.lo);
  return {pair.hi, pair.lo, a.error};
}

/// ln((z.hi + z.lo + third)·2^n) for z.hi in [1, 2), |z.lo| ≤ u, |third| ≤ u².
///
/// With r from the table, f = r·z − 1: r·z.hi − 1 and r·z.lo are exact pairs, their sum is exact
/// but for three roundings of terms that are themselves roundings of roundings: the error is
/// counted as u(|inner| + |outer| + |low|) below, and is 0 for a plain double. |f| ≤ 2^-9. Then ln
/// = n'·ln 2 − ln r + ln(1 + f), where the first two are both 0 near 1 (there nothing is added and
/// relative accuracy kept), and otherwise exceed the last: |ln r| ≥ 1.8|f|, n' ln 2 ≥ 0.69 against
/// |ln r| ≤ 0.35. Six lows are added in a tree of depth 3: 3u of their magnitudes. Table and ln 2
/// err by u times their lows.
template <class Product>
NAPIER_INLINE Approximation log_of(DoubleDouble z, double third, std::int64_t n) {
  const auto row = static_cast<int>(std::bit_cast<std::uint64_t>(z.hi) >> 43 & 511);
  const LogEntry& entry = log_table[row];
  const auto power = static_cast<double>(n + (row >= log_carry ? 1 : 0));

  const DoubleDouble p = Product::product(entry.reciprocal, z.hi);
  const DoubleDouble q = Product::product(entry.reciprocal, z.lo);
  const DoubleDouble s = two_sum(p.lo, q.hi);
  const DoubleDouble sum = two_sum(p.hi - 1, s.hi);  // the difference is exact (Sterbenz)
  const double inner = Product::multiply_add(entry.reciprocal, third, q.lo);
  const double outer = s.lo + inner;
  const double low_f = sum.lo + outer;
  const double f_error =
      third == 0 && z.lo == 0
          ? 0
          : u * (absolute(third) + absolute(inner) + absolute(outer) + absolute(low_f));
  const Approximation g = log_near_one<Product>(two_sum(sum.hi, low_f));
  // |d ln(1 + f)| ≤ 1.01|df|
  const double g_error = g.error + 1.01 * f_error;
  if (power == 0 && entry.log.hi == 0) return normal({g.hi, g.lo, padded(g_error)});

  const DoubleDouble whole = Product::product(power, ln2.hi);
  const double whole_low = power * ln2.lo;
  const DoubleDouble s1 = fast_two_sum(whole.hi, entry.log.hi);
  const DoubleDouble s2 = fast_two_sum(s1.hi, g.hi);
  const double low = (s1.lo + s2.lo) + ((whole.lo + whole_low) + (entry.log.lo + g.lo));
  const DoubleDouble result = fast_two_sum(s2.hi, low);
  const double lows = absolute(s1.lo) + absolute(s2.lo) + absolute(whole.lo) +
                      2 * absolute(whole_low) + absolute(entry.log.lo) + absolute(g.lo);
  const double tables = absolute(whole_low) + absolute(entry.log.lo);
  return {result.hi, result.lo, padded(g_error + u * (3 * lows + 2 * tables))};
}

/// ln of an enclosure: unknown unless certainly positive. Its own error e adds
/// |ln((z + e)/z)| ≤ e/(z − e).
template <class Product>
NAPIER_INLINE FastEnclosure logarithm(const FastEnclosure& x) {
  const double least = x.hi * (1 - 0x1p-50) - x.error;
  if (!(least > 0) || x.is_huge()) [[unlikely]]
    return FastEnclosure::unknown();
  const Approximation result = log_of<Product>({x.hi, x.lo}, 0, x.exponent);
  return normalised(result.hi, result.lo, error_sum(result.error, padded(x.error / least)), 0);
}

/// ln(1 + x) where |x| < 2^-199 or contains 0.
FastEnclosure log1p_near(FastEnclosure x);

/// ln(1 + x): by log_near_one() while |x| < 2^-9, whence relative accuracy; for other |x| < 2 of
/// 1 + x as an exact triple, whence an error of u³, and beyond of the rounded 1 + x, where it hurts
/// no more (ln 3 > 1).
template <class Product>
NAPIER_INLINE FastEnclosure logarithm_of_one_plus(const FastEnclosure& x) {
  if (is_far(x) || x.exponent > 0) [[unlikely]]
    return logarithm<Product>(sum(x, {1, 0, 0, 0}));
  if (is_near(x)) [[unlikely]]
    return log1p_near(x);
  const double scale = power_of_two(x.exponent);
  const DoubleDouble f{x.hi * scale, x.lo * scale};
  const double error = x.error * scale;
  if (x.exponent < -9) {
    const double least = 0.998 - error;
    if (!(least > 0)) [[unlikely]]
      return FastEnclosure::unknown();
    const Approximation g = normal(log_near_one<Product>(f));
    return normalised(g.hi, g.lo, error_sum(g.error, padded(error / least)), 0);
  }
  const DoubleDouble first = two_sum(1, f.hi);
  const DoubleDouble second = two_sum(first.lo, f.lo);
  const DoubleDouble z = two_sum(first.hi, second.hi);
  const FastEnclosure head = normalised(z.hi, z.lo, error, 0);
  const double least = head.hi * (1 - 0x1p-50) - head.error;
  if (!(least > 0)) [[unlikely]]
    return FastEnclosure::unknown();
  const Approximation g =
      log_of<Product>({head.hi, head.lo}, second.lo * power_of_two(-head.exponent), head.exponent);
  return normalised(g.hi, g.lo, error_sum(g.error, padded(head.error / least)), 0);
}

}  // namespace napier::fast
