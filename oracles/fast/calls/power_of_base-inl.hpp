// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The enclosures of powers a^y with a base in every lane, for formats of up to 53 bits, compiled
// once for each instruction set as those of bulk_wide-inl.hpp. u = 2^-53, every operation is
// rounded to nearest, and a bound holds whether or not multiply-adds are fused. Gappa checks F⁴·R:
// proofs/power_log.gappa.
//
//   |a| = 2^e·(1 + F)/c, F = f + f' exactly   |f| ≤ 2^-9, c of 11 bits; log_parts()
//   ln |a| = e·ln 2 − ln c + F − F²/2 + F³/3 − F⁴·R(F), R = 1/4 − f/5 + … − f⁵/9
//
// f' is 0, or 2^-63 and |f| ≥ 2^-10. Where e and ln c are not both 0 they exceed F: |ln c| ≥ 1.8|f|
// (log_kernels.hpp), so that |ln a| ≥ 0.79|f| everywhere.
//
//   F²/2 = (q + q')/2 + f·f'       q + q' = f² exactly; f'²/2 is left out, 2^-127
//   F³/3 = h + h' + q·f'           h + h' = (q + q')·f·(1/3), three roundings of what is below
//                                  4u|h|, each of u: 12u²|h| < 2^-121|f|; left out f·f'²: 2^-135
//   F⁴·R                           q·q is off by 3u, R by 1.1u, their product by u; left out are
//                                  f¹⁰/10 = 0.2u·f⁴/4 and f³f'. With the rounding of the sum that
//                                  it enters: 6.4u·f⁴/4 < 2^-79.3|f|, and 2^-90 < 2^-80.6|ln a|
//
// e·(ln 2)_1 is exact; e·(ln 2)_2 rounds and errs by 2^-97 of e·ln 2, and −ln c by u². The sums of
// e·(ln 2)_1, −ln c, f, −q/2, h are exact. What is below them, up to 2^-44.5|ln a| with e·(ln 2)_2,
// is added with less than 12 roundings: 2^-93|ln a|. In all 2^-79.3/0.79 + 2^-80.6 and some 2^-93:
// 2^-78.5|ln a|.
//
//   H + l = log2 |a|, z + z' = y·(H + l)   y·H exactly, and roundings of lows: 12u² = 2^-102
//
// 2^(z + z') is taken as in bulk_wide-inl.hpp, with |z'| ≤ 2.1u|z|. What the logarithm is off by
// moves the power, of T < 2, by 2·(ln 2)·2^-78.4|z| < 2^-77.9|z|. `log_error` is 2^-77.
//
// Exact powers. For a = M·2^j, M odd, and an integer y ≥ 0 the power is an odd multiple of 2^(j·y);
// for M = 1 it is 2^(j·y) for any y that makes j·y an integer. (a, y) may be (√a, 2y) where that
// root is exact, checked by its square: enough roots are drawn to leave no y = n/2^i with an exact
// power of odd M ≥ 3, M^(1/2^i) ≥ 3, i ≤ 5. Where 2^(j·y) ≥ 2^(n − 55) the scaled power is a
// multiple of 2^-55 less than 2^-60 from A + D, so it is A and D rounded to that: data, and the
// midpoints of data, are told exactly.
#if defined(NAPIER_POWER_OF_BASE) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_POWER_OF_BASE
#undef NAPIER_POWER_OF_BASE
#else
#define NAPIER_POWER_OF_BASE
#endif

#include "oracles/fast/calls/bulk_wide-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

inline constexpr double log_rest[] = {
    0x1p-2, -0x1.999999999999ap-3, 0x1.5555555555555p-3, -0x1.2492492492492p-3,
    0x1p-3, -0x1.c71c71c71c71cp-4};
inline constexpr double third_hi = 0x1.5555555555555p-2;
inline constexpr double third_lo = 0x1.5555555555555p-56;
inline constexpr double log2_e_hi = 0x1.71547652b82fep+0;
inline constexpr double log2_e_lo = 0x1.777d0ffda0d24p-56;
inline constexpr double last_place = -55;          ///< of an exact power, as a binade
inline constexpr double to_last_place = 0x1.8p-3;  ///< 1.5·2^(52 − 55): rounds to that place
inline constexpr double most_exponent = 0x1p100;   ///< further ones saturate as it does
inline constexpr int most_roots = 5;

/// A base as its powers need it.
struct PowerBase {
  V log2_high, log2_low;  ///< of |a|
  V exponent, m;          ///< |a| = 2^exponent·m, 1 <= m < 2
  M usable;               ///< not 0, not infinite, a number; else the others are those of 1
  M negative;             ///< and usable
  M nan, one;
};

HWY_INLINE PowerBase power_base(V a) {
  const M nan = hn::IsNaN(a);
  const V size = hn::Abs(a);
  const M usable =
      hn::And(hn::Gt(size, all(0)), hn::Lt(size, all(std::numeric_limits<double>::infinity())));
  const LogParts p = log_parts(hn::IfThenElse(usable, size, all(1)));

  const Pair q = exact_product(p.f, p.f);
  const Pair s = exact_product(q.hi, p.f);
  const Pair h = exact_product(s.hi, all(third_hi));
  const V cube_low = hn::MulAdd(q.lo, p.f, s.lo);
  const V h_low = hn::MulAdd(cube_low, all(third_hi), hn::MulAdd(s.hi, all(third_lo), h.lo));
  const V rest = hn::Mul(hn::Mul(q.hi, q.hi), polynomial(log_rest, p.f));

  const Pair first = ordered_sum(hn::Mul(p.e, all(ln2_head)), p.log_high);
  const Pair second = ordered_sum(first.hi, p.f);
  const Pair third = ordered_sum(second.hi, hn::Mul(q.hi, all(-0.5)));
  const Pair fourth = ordered_sum(third.hi, h.hi);
  const V table_low = hn::Add(first.lo, hn::MulAdd(p.e, all(ln2_rest), p.log_low));
  const V f_low = hn::MulAdd(p.f_low, hn::Sub(q.hi, p.f), p.f_low);
  const V series_low = hn::Add(hn::MulAdd(q.lo, all(-0.5), h_low), f_low);
  const V sums_low = hn::Add(hn::Add(second.lo, third.lo), fourth.lo);
  const V low = hn::Add(table_low, hn::Add(series_low, sums_low));
  const Pair ln = ordered_sum(fourth.hi, hn::Sub(low, rest));

  const Pair product = exact_product(ln.hi, all(log2_e_hi));
  const V product_low =
      hn::MulAdd(ln.hi, all(log2_e_lo), hn::MulAdd(ln.lo, all(log2_e_hi), product.lo));
  const Pair log2 = ordered_sum(product.hi, product_low);
  const M negative = hn::And(usable, hn::Lt(a, all(0)));
  return {log2.hi, log2.lo, p.exponent, p.m, usable, negative, nan, hn::Eq(a, all(1))};
}

HWY_INLINE M is_whole(V x) { return hn::Eq(hn::Round(x), x); }
/// Of numbers: an infinity is whole, and a NaN neither.
HWY_INLINE M has_fraction(V x) { return hn::And(hn::Ne(hn::Round(x), x), hn::Eq(x, x)); }

/// The lanes in which |a|^y is a multiple of 2^(n − 55), for numbers y.
HWY_INLINE M is_on_grid(const PowerBase& base, V y, V n) {
  V m = base.m, e = base.exponent;
  for (int i = 0; i < most_roots; ++i) {
    const M fractional = hn::Not(is_whole(y));
    if (hn::AllFalse(D(), fractional)) break;
    const M odd = hn::Not(is_whole(hn::Mul(e, all(0.5))));
    const V even = hn::Sub(e, hn::IfThenElseZero(odd, all(1)));
    const V radicand = hn::IfThenElse(odd, hn::Add(m, m), m);
    const V root = hn::Sqrt(radicand);
    const Pair square = exact_product(root, root);
    const M rational =
        hn::And(fractional, hn::And(hn::Eq(square.hi, radicand), hn::Eq(square.lo, all(0))));
    m = hn::IfThenElse(rational, root, m);
    e = hn::IfThenElse(rational, hn::Mul(even, all(0.5)), e);
    y = hn::IfThenElse(rational, hn::Add(y, y), y);
  }
  const M power_of_two = hn::Eq(m, all(1));
  const auto bits = hn::BitCast(DU(), m);
  const V without_last = hn::BitCast(D(), hn::And(bits, hn::Sub(bits, hn::Set(DU(), 1))));
  const V last_bit = hn::IfThenElse(power_of_two, all(1), hn::Sub(m, without_last));
  const Pair place = exact_product(hn::Add(e, exponent_of(last_bit)), y);
  const M whole = hn::And(is_whole(place.hi), hn::Eq(place.lo, all(0)));
  const M natural = hn::And(hn::Ge(y, all(0)), is_whole(y));
  return hn::And(hn::And(whole, hn::Or(power_of_two, natural)),
                 hn::Ge(hn::Sub(place.hi, n), all(last_place)));
}

/// Whether exact powers are told as such: it is worth its time only where they matter.
enum class Exactness : bool { ignored, told };

/// Lanes in which |t| is the anchor and an offset, rounded to the last place.
HWY_INLINE void set_exact(Enclosed& t, M exact, V offset) {
  Enclosed point = t;
  point.below = hn::Sub(hn::Add(offset, all(to_last_place)), all(to_last_place));
  point.above = point.below;
  place_exactly(point);
  t.below = hn::IfThenElse(exact, point.below, t.below);
  t.above = hn::IfThenElse(exact, point.above, t.above);
  t.binade = hn::IfThenElse(exact, point.binade, t.binade);
  t.placed = hn::Or(hn::And(exact, point.placed), hn::AndNot(exact, t.placed));
}

/// The lanes in which there is no power. `has_fraction`: of numbers y.
HWY_INLINE M without_power(const PowerBase& base, V y, M has_fraction) {
  const M nan_base = hn::And(base.nan, hn::Ne(y, all(0)));
  const M nan_exponent = hn::AndNot(base.one, hn::IsNaN(y));
  return hn::Or(hn::And(has_fraction, base.negative), hn::Or(nan_base, nan_exponent));
}

template <Exactness exactness>
HWY_INLINE Scaled power_of_base(const BulkFilter::Plan& plan, const PowerBase& base, V y) {
  const M finite = hn::Lt(hn::Abs(y), all(std::numeric_limits<double>::infinity()));
  const V exponent =
      hn::Min(hn::Max(hn::IfThenElse(finite, y, all(1)), all(-most_exponent)), all(most_exponent));
  const Pair product = exact_product(exponent, base.log2_high);
  const V low = hn::MulAdd(exponent, base.log2_low, product.lo);
  const M below = hn::Lt(product.hi, all(plan.least_argument));
  const M above = hn::Gt(product.hi, all(plan.most_argument));
  const M beyond = hn::Or(below, above);
  const V z = hn::Min(hn::Max(product.hi, all(plan.least_argument)), all(plan.most_argument));

  WideReduced p = wide_power_of_two<false>(plan, {z, hn::IfThenZeroElse(beyond, low)}, z);
  p.below = below;
  p.error = hn::MulAdd(hn::Abs(z), all(plan.log_error), p.error);
  const M whole = is_whole(exponent);
  const M has_value = hn::Or(whole, hn::Not(base.negative));
  const M known = hn::And(hn::And(base.usable, finite), has_exact_products(exponent));
  Scaled s = scaled_power(p, hn::And(known, has_value));
  if constexpr (exactness == Exactness::told)
    set_exact(s.t, hn::AndNot(beyond, is_on_grid(base, exponent, p.n)), p.sum.lo);
  s.t.negative = hn::AndNot(is_whole(hn::Mul(exponent, all(0.5))), base.negative);
  s.t.no_value = without_power(base, y, hn::AndNot(whole, finite));
  return s;
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
