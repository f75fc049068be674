// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The kernels of the bulk filter, compiled once for each instruction set; no include guard of the
// usual kind. u = 2^-53 throughout; every operation is rounded to nearest.
//
// A power b^x = 2^(x·L), L = log2 b = H + l + δ with H of 26 bits, |δ| ≤ 2^-79·|L|.
//
//   z = x·H                exact: 24 + 26 bits
//   k = ⌊z⌉, z − k         exact: no bit below z's last
//   g = (z − k) + x·l      one rounding of the sum, |g|·u; that of x·l, and x·δ: 2^-79·|z| each
//
// With |z| < 2^9 the latter two are below 2^-69 (the plan's `slack`, 0 for b = 2), and where k is 0
// below 2^-78·|g|. |g| ≤ 1/2 + 2^-16.
//
//   q = g·P(g) ≈ 2^g − 1   P of degree 10: 2^-54.3 (scripts/bulk_filter.sollya)
//
// Horner's rule in any mix of fused and separate steps takes each coefficient through at most 21
// roundings, so P's is off by 22u·Σ|c||g|^i ≤ 22u·0.829, relative to P ≥ 0.585: 31.2u. The product
// adds u; g's own error enters with the condition of 2^g − 1, at most 1.2: 1.3u; P itself 0.4u.
// 34u < 2^-47, relative to q. The derivative of 2^g is below 1: slack stays slack.
//
//   |t| = A + d    A = 2^k, d = 2^k·q
//   b^x − 1:       k = 0: t = q. k < 0: |t| = 1 − 2^k(1 + q). k > 0: t = (2^k − 1) + 2^k·q,
//                  and 2^k + (2^k·q − 1) from k = 25 on.
//   e^x − 1:       |x| ≤ 2^-4: |t| = |x| ± x²·R(|x|…), R of degree 7: 2^-59.3, and as above below
//                  2^-47 in all.
//
// ln x = e·ln 2 + 2·atanh(s), s = (m − 1)/(m + 1) with m in [√½, √2): m ± 1 are exact, s is off by
// u, its series by 2^-66 and by 18 roundings of terms of one sign; e·H is exact, and |t| ≥ 0.34
// unless e is 0. Each of the three summands is below 2|t| then, and 40u < 2^-47 covers it.
//
// What is compared, w = y − A ∓ limit·ulp, is exact where it decides: data of 24 bits at most
// 20 binades from A, A a power of two or itself a datum, limits of 24 bits up to 2^26. Where A is
// not (a value of its own, d = ±2^-45·A) the subtraction is off by at most 8A·u and the sum by
// 16A·u, which 2^-45 leaves room for beside 2^-47.
#if defined(NAPIER_BULK_KERNELS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_KERNELS
#undef NAPIER_BULK_KERNELS
#else
#define NAPIER_BULK_KERNELS
#endif

#include <hwy/highway.h>

#include <limits>

#include "oracles/fast/bulk_filter.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using DU = hn::RebindToUnsigned<D>;
using DI = hn::RebindToSigned<D>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

HWY_ATTR inline V all(double value) { return hn::Set(D(), value); }
HWY_ATTR inline M none() { return hn::Ne(all(0), all(0)); }

/// 2^k for integers k of a normal 2^k.
HWY_ATTR inline V two_to(V k) {
  const auto biased = hn::Add(hn::BitCast(DI(), hn::Add(k, all(0x1.8p52))),
                              hn::Set(DI(), 1023 - (std::int64_t{0x433} << 52 | 1ll << 51)));
  return hn::BitCast(D(), hn::ShiftLeft<52>(biased));
}

/// c[0] + c[1]·x + …
template <std::size_t N>
HWY_ATTR inline V polynomial(const double (&c)[N], V x) {
  V sum = all(c[N - 1]);
  for (std::size_t i = N - 1; i-- > 0;) sum = hn::MulAdd(sum, x, all(c[i]));
  return sum;
}

inline constexpr double expansion[] = {
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c598p-3,  0x1.c6b08d704a1acp-5,  0x1.3b2ab6fba1eep-7,
    0x1.5d87fe788044dp-10, 0x1.430913093b25ap-13, 0x1.ffcbfd0179a38p-17, 0x1.62bfd4fa8a8bep-20,
    0x1.b523dc2cbee9fp-24, 0x1.e60561794d6a8p-28, 0x1.eb5b468f208fdp-32};
inline constexpr double near_zero[] = {0x1p-1,
                                       0x1.5555555555555p-3,
                                       0x1.5555555555711p-5,
                                       0x1.111111111305dp-7,
                                       0x1.6c16c157498f2p-10,
                                       0x1.a01a00c4c9477p-13,
                                       0x1.a022ec2133868p-16,
                                       0x1.71fe9dc942523p-19};
inline constexpr double inverse_tanh[] = {0x1p0,
                                          0x1.5555555555555p-2,
                                          0x1.9999999999d0dp-3,
                                          0x1.2492492439dc8p-3,
                                          0x1.c71c724b00919p-4,
                                          0x1.745ce1e47a61cp-4,
                                          0x1.3b202095e9283p-4,
                                          0x1.0f678a891a1d4p-4,
                                          0x1.0f0becd29c0a3p-4};
inline constexpr double ln2_high = 0x1.62e43p-1;
inline constexpr double ln2_low = -0x1.05c610ca86c39p-29;

inline constexpr double error_of_a_rounded_anchor = 0x1p-45;
inline constexpr double least_positive = 0x1p-1000;  ///< stands for an open end at 0

/// |t| lies strictly between anchor + below and anchor + above, or is anchor + below = … + above.
struct Enclosed {
  V anchor, below, above;
  M known;     ///< the lanes of which anything is said
  M negative;  ///< t < 0
  M rounded;   ///< the anchor is no datum and no power of two
  M no_value;  ///< t is NaN
};

HWY_ATTR inline Enclosed around(V anchor, V d, V error, M known) {
  return {anchor, hn::Sub(d, error), hn::Add(d, error), known, none(), none(), none()};
}

/// 2^(x·L) as 2^k·(1 + q).
struct Reduced {
  V scale, q;
  M same_binade;   ///< k = 0
  M below, above;  ///< certainly less than a quarter of the least subnormal, beyond every number
};

HWY_ATTR inline Reduced reduced(const BulkFilter::Plan& plan, V x) {
  const V least = all(plan.min_exponent - plan.precision - 2);
  const V most = all(plan.max_exponent + 3);
  const V z = hn::Mul(x, all(plan.log2_base_high));
  const M below = hn::Lt(z, least), above = hn::Gt(z, most);
  const V bounded = hn::Min(hn::Max(z, least), most);
  const V k = hn::Round(bounded);
  const V g = hn::MulAdd(x, all(plan.log2_base_low), hn::Sub(bounded, k));
  // Beyond the ends k alone says enough; a quarter is as good a g as any.
  const V safe = hn::IfThenElse(hn::Or(below, above), all(0.25), g);
  return {two_to(k), hn::Mul(safe, polynomial(expansion, safe)), hn::Eq(k, all(0)), below, above};
}

HWY_ATTR inline Enclosed power(const BulkFilter::Plan& plan, V x) {
  const Reduced r = reduced(plan, x);
  const V slack = hn::IfThenElse(r.same_binade, all(0), all(plan.slack));
  const V error = hn::MulAdd(hn::Abs(r.q), all(plan.largest_error), slack);
  Enclosed t = around(r.scale, hn::Mul(r.scale, r.q), hn::Mul(r.scale, error), hn::Eq(x, x));
  t.anchor = hn::IfThenElse(r.below, all(0), t.anchor);
  t.below = hn::IfThenElse(r.below, all(least_positive), t.below);
  t.above = hn::IfThenElse(r.below, r.scale, t.above);
  return t;
}

HWY_ATTR inline Enclosed power_minus_one(const BulkFilter::Plan& plan, V x) {
  const Reduced r = reduced(plan, x);
  const V slack = all(plan.slack);
  const V error = hn::Mul(r.scale, hn::MulAdd(hn::Abs(r.q), all(plan.largest_error), slack));
  const M vast = hn::Gt(r.scale, all(0x1p24));  // where 2^k − 1 has too many bits
  const V up = hn::Sub(hn::Mul(r.scale, r.q), hn::IfThenElseZero(vast, all(1)));
  const V down = hn::Neg(hn::MulAdd(r.scale, r.q, r.scale));
  const M shrinks = hn::Lt(r.scale, all(1));
  const V d = hn::IfThenElse(shrinks, down, up);
  const V grown = hn::IfThenElse(vast, r.scale, hn::Sub(r.scale, all(1)));
  Enclosed t = around(hn::IfThenElse(shrinks, all(1), grown), d,
                      hn::MulAdd(hn::Abs(d), all(0x1p-52), error), hn::Eq(x, x));
  t.below = hn::IfThenElse(r.below, hn::Neg(hn::Mul(all(2), r.scale)), t.below);
  t.above = hn::IfThenElse(r.below, all(-least_positive), t.above);
  t.negative = hn::Lt(x, all(0));
  // k = 0: q itself, or next to 0 the argument for e.
  const V size = hn::Abs(x);
  const M anchored = hn::And(hn::Le(size, all(0x1p-4)), plan.natural ? hn::Eq(x, x) : none());
  const V square = hn::Mul(hn::Mul(x, x), polynomial(near_zero, x));
  const V offset = hn::CopySign(square, x);
  const V offset_error = hn::Mul(square, all(plan.largest_error));
  const V value = hn::Abs(r.q);
  const V value_error = hn::Mul(value, all(error_of_a_rounded_anchor));
  t.rounded = hn::AndNot(anchored, r.same_binade);
  t.anchor = hn::IfThenElse(t.rounded, value, hn::IfThenElse(anchored, size, t.anchor));
  t.below = hn::IfThenElse(t.rounded, hn::Neg(value_error),
                           hn::IfThenElse(anchored, hn::Sub(offset, offset_error), t.below));
  t.above = hn::IfThenElse(t.rounded, value_error,
                           hn::IfThenElse(anchored, hn::Add(offset, offset_error), t.above));
  t.known = hn::And(t.known, hn::Ne(x, all(0)));
  return t;
}

HWY_ATTR inline Enclosed logarithm(V x) {
  const DU du;
  // m = x/2^e in [√½, √2): what the upper bits exceed those of √½ by counts binades.
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;
  const auto offset = hn::Sub(hn::BitCast(du, x), hn::Set(du, root_half));
  const auto binades = hn::ShiftRight<52>(hn::BitCast(DI(), offset));
  const V e = hn::ConvertTo(D(), binades);
  const V m = hn::BitCast(
      D(), hn::Add(hn::And(offset, hn::Set(du, (1ull << 52) - 1)), hn::Set(du, root_half)));
  const V s = hn::Div(hn::Sub(m, all(1)), hn::Add(m, all(1)));
  const V log_m = hn::Mul(hn::Mul(all(2), s), polynomial(inverse_tanh, hn::Mul(s, s)));
  const V t = hn::MulAdd(e, all(ln2_high), hn::MulAdd(e, all(ln2_low), log_m));
  const V size = hn::Abs(t);
  const V error = hn::Mul(size, all(error_of_a_rounded_anchor));
  const M finite = hn::Lt(x, all(std::numeric_limits<double>::infinity()));
  Enclosed enclosed =
      around(size, all(0), error, hn::And(hn::And(hn::Gt(x, all(0)), finite), hn::Ne(x, all(1))));
  enclosed.negative = hn::Lt(t, all(0));
  enclosed.rounded = hn::Eq(t, t);
  enclosed.no_value = hn::Lt(x, all(0));
  return enclosed;
}

HWY_ATTR inline V bit_if(M mask, std::uint64_t bit) {
  return hn::IfThenElseZero(mask, hn::BitCast(D(), hn::Set(DU(), bit)));
}

/// |t| = anchor + d against |y|: how far apart, in which binade, rounded which way.
HWY_ATTR inline V judged(const BulkFilter::Plan& plan, const Enclosed& t, V y, double limit,
                         double limit_below) {
  const V size = hn::IfThenElse(t.negative, hn::Neg(y), y);
  const V top = all(0x1p0 * (plan.max_exponent == 15 ? 0x1p16 : 0x1p128));
  const M infinite = hn::Eq(size, all(std::numeric_limits<double>::infinity()));
  const V comparand = hn::IfThenElse(infinite, top, size);

  // The binade of t: 2·P, P, P/2 or P/4, where P is the anchor's.
  const V p = hn::BitCast(
      D(), hn::And(hn::BitCast(DU(), t.anchor), hn::Set(DU(), std::uint64_t{0x7ff} << 52)));
  const V to_p = hn::Sub(p, t.anchor), to_2p = hn::Add(p, to_p);
  const V half = hn::Mul(p, all(0.5)), quarter = hn::Mul(p, all(0.25));
  const V to_half = hn::Sub(half, t.anchor), to_quarter = hn::Sub(quarter, t.anchor);
  const M in_2p = hn::Ge(t.below, to_2p);
  const M in_p = hn::And(hn::Ge(t.below, to_p), hn::Lt(t.above, to_2p));
  const M in_half = hn::And(hn::Ge(t.below, to_half), hn::Lt(t.above, to_p));
  const M in_quarter = hn::And(hn::Ge(t.below, to_quarter), hn::Lt(t.above, to_half));
  V binade = hn::IfThenElse(in_2p, hn::Add(p, p), p);
  binade = hn::IfThenElse(in_half, half, hn::IfThenElse(in_quarter, quarter, binade));
  const M placed = hn::Or(hn::Or(in_2p, in_p), hn::Or(in_half, in_quarter));
  const V least_binade = two_to(all(plan.min_exponent));
  const V ulp = hn::Mul(hn::Max(binade, least_binade), two_to(all(1 - plan.precision)));

  // Where w and its sums are exact, or their roundings are allowed for.
  const V far = hn::Mul(t.anchor, all(0x1p20));
  const M near =
      hn::Or(hn::Eq(comparand, all(0)), hn::Ge(comparand, hn::Mul(t.anchor, all(0x1p-20))));
  const M not_far = hn::Or(hn::Le(comparand, far), hn::Eq(t.anchor, all(0)));
  const M like_anchor = hn::And(hn::Le(comparand, hn::Mul(t.anchor, all(8))),
                                hn::Le(ulp, hn::Mul(t.anchor, all(64))));
  const M exact = hn::And(hn::And(near, not_far), hn::Or(hn::Not(t.rounded), like_anchor));
  const M known = hn::And(hn::And(t.known, placed), hn::And(exact, hn::Ge(comparand, all(0))));

  const V w = hn::Sub(comparand, t.anchor);
  const auto is_within = [&](double ulps) HWY_ATTR {
    const V slack = hn::Mul(all(ulps), ulp);
    return hn::And(hn::Le(hn::Sub(w, slack), t.below), hn::Le(t.above, hn::Add(w, slack)));
  };
  M within = hn::And(known, is_within(limit));
  M well_within = hn::And(known, is_within(limit_below));

  M right, wrong;
  const bool nearest = plan.rounding == Rounding::nearest;
  const bool up = plan.rounding == Rounding::up, zero = plan.rounding == Rounding::zero;
  // Away from 0: upwards for a positive t.
  const M away = zero || nearest ? none() : up ? hn::Not(t.negative) : t.negative;
  if (nearest) {
    const V slack = hn::Mul(all(0.5), ulp);
    const V lower = hn::Sub(w, slack), upper = hn::Add(w, slack);
    right = hn::And(hn::Lt(lower, t.below), hn::Lt(t.above, upper));
    wrong = hn::Or(hn::Gt(lower, t.above), hn::Lt(upper, t.below));
  } else {
    const V lower = hn::Sub(w, ulp), upper = hn::Add(w, ulp);
    const M right_away = hn::And(hn::Ge(w, t.above), hn::Lt(lower, t.below));
    const M wrong_away = hn::Or(hn::Lt(w, t.below), hn::Gt(lower, t.above));
    // Below a power of two the data are half an ulp(t) apart: y has to share t's binade.
    const M same_binade = hn::Or(hn::Ge(comparand, binade), hn::Le(binade, least_binade));
    const M right_toward =
        hn::And(hn::And(hn::Le(w, t.below), hn::Gt(upper, t.above)), same_binade);
    const M wrong_toward =
        hn::Or(hn::Or(hn::Gt(w, t.above), hn::Lt(upper, t.below)), hn::Not(same_binade));
    right = hn::Or(hn::And(away, right_away), hn::AndNot(away, right_toward));
    wrong = hn::Or(hn::And(away, wrong_away), hn::AndNot(away, wrong_toward));
  }
  right = hn::And(right, known);
  wrong = hn::And(wrong, known);

  // Beyond every number an infinity is without an error, and where a mode stops at the largest
  // number that has an error of 1.
  const M beyond = hn::And(hn::And(t.known, placed), hn::Ge(binade, top));
  const M overflows = nearest ? hn::Eq(y, y) : away;
  const V largest = hn::Sub(top, hn::Mul(top, two_to(all(-plan.precision))));
  const M at_inf = hn::And(beyond, infinite);
  const M at_largest = hn::AndNot(overflows, hn::And(beyond, hn::Eq(size, largest)));
  const auto one_is_within = [&](double ulps) HWY_ATTR { return ulps >= 1 ? at_largest : none(); };
  const auto ruled = [&](M usual, M saturated)
                         HWY_ATTR { return hn::Or(hn::AndNot(beyond, usual), saturated); };
  within = ruled(within, hn::Or(at_inf, one_is_within(limit)));
  well_within = ruled(well_within, hn::Or(at_inf, one_is_within(limit_below)));
  right = ruled(right, hn::Or(hn::And(at_inf, overflows), at_largest));
  wrong = ruled(wrong, hn::AndNot(overflows, at_inf));

  V word = hn::Or(bit_if(within, bulk_word::within), bit_if(well_within, bulk_word::well_within));
  word = hn::Or(word, bit_if(hn::Or(right, wrong), bulk_word::rounding_known));
  word = hn::Or(word, bit_if(wrong, bulk_word::misrounded));
  return hn::IfThenElse(t.no_value, bit_if(t.no_value, bulk_word::no_value), word);
}

/// Of finite arguments; an infinite one has a value of its own, and a NaN none.
HWY_ATTR inline Enclosed enclosed(const BulkFilter::Plan& plan, V x) {
  Enclosed t = plan.kind == BulkFilter::Kind::power       ? power(plan, x)
               : plan.kind == BulkFilter::Kind::logarithm ? logarithm(x)
                                                          : power_minus_one(plan, x);
  const M finite = hn::Lt(hn::Abs(x), all(std::numeric_limits<double>::infinity()));
  t.known = hn::And(t.known, finite);
  t.no_value = hn::Or(t.no_value, hn::Ne(x, x));
  return t;
}

HWY_ATTR inline void look(const BulkFilter::Plan& plan, const double* x, const double* y,
                          double limit, double limit_below, std::uint64_t* words,
                          std::size_t count) {
  const D d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Enclosed t = enclosed(plan, hn::LoadU(d, x + i));
    const V word = judged(plan, t, hn::LoadU(d, y + i), limit, limit_below);
    hn::StoreU(hn::BitCast(DU(), word), DU(), words + i);
  }
}

HWY_ATTR inline void enclose(const BulkFilter::Plan& plan, const double* x, double* anchor,
                             double* below, double* above, std::size_t count) {
  const D d;
  const V nan = all(std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Enclosed t = enclosed(plan, hn::LoadU(d, x + i));
    hn::StoreU(hn::IfThenElse(t.known, t.anchor, nan), d, anchor + i);
    hn::StoreU(t.below, d, below + i);
    hn::StoreU(t.above, d, above + i);
  }
}

HWY_ATTR inline std::size_t lanes() { return hn::Lanes(D()); }
inline const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
