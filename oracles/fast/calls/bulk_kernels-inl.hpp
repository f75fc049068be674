// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The enclosures of the bulk filter, compiled once for each instruction set; no include guard of
// the usual kind. u = 2^-53 throughout; every operation is rounded to nearest. Gappa checks the
// cores: proofs/narrow_*.gappa.
//
// A power b^x = 2^(x·L), L = log2 b = H + l + δ with H of 26 bits, |δ| ≤ 2^-79·|L|.
//
//   z = x·H                exact: 24 + 26 bits
//   k = ⌊z⌉, z − k         exact: no bit below z's last
//   g = (z − k) + x·l      one rounding of the sum, |g|·u; |l| ≤ 2^-25·|H|, so that of x·l is below
//                          2^-78·|z|, and x·δ below 2^-79·|z|
//
// With |z| < 2^9 the latter two are below 2^-68 (the plan's `slack`, 0 for b = 2), and where k is 0
// below 2^-77·|g|. |g| ≤ 1/2 + 2^-16.
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
#if defined(NAPIER_BULK_KERNELS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_KERNELS
#undef NAPIER_BULK_KERNELS
#else
#define NAPIER_BULK_KERNELS
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "oracles/fast/calls/bulk_filter.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using DU = hn::RebindToUnsigned<D>;
using DI = hn::RebindToSigned<D>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

HWY_INLINE V all(double value) { return hn::Set(D(), value); }
HWY_INLINE M none() { return hn::Ne(all(0), all(0)); }

/// 2^k for integers k of a normal 2^k.
HWY_INLINE V two_to(V k) {
  const auto biased = hn::Add(hn::BitCast(DI(), hn::Add(k, all(0x1.8p52))),
                              hn::Set(DI(), 1023 - (std::int64_t{0x433} << 52 | 1ll << 51)));
  return hn::BitCast(D(), hn::ShiftLeft<52>(biased));
}

/// c[0] + c[1]·x + …
template <std::size_t N>
HWY_INLINE V polynomial(const double (&c)[N], V x) {
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
  V binade;    ///< the 2^e with 2^e <= |t| < 2^(e+1); below that of the least normal any smaller
  M placed;    ///< … is known
};

/// The largest power of two that is not above a positive value.
HWY_INLINE V binade_of(V value) {
  return hn::BitCast(D(),
                     hn::And(hn::BitCast(DU(), value), hn::Set(DU(), std::uint64_t{0x7ff} << 52)));
}

/// Places a value that is not next to a power of two for long: |t| is formed, with two roundings.
HWY_INLINE void place(Enclosed& t) {
  const V lo = hn::Mul(hn::Add(t.anchor, t.below), all(1 - 0x1p-50));
  const V hi = hn::Mul(hn::Add(t.anchor, t.above), all(1 + 0x1p-50));
  t.binade = binade_of(lo);
  t.placed = hn::Eq(t.binade, binade_of(hi));
}

HWY_INLINE Enclosed around(V anchor, V d, V error, M known) {
  return {anchor, hn::Sub(d, error), hn::Add(d, error), known, none(), none(), none(), all(0),
          none()};
}

/// 2^(x·L) as 2^k·(1 + q).
struct Reduced {
  V scale, q;
  M same_binade;   ///< k = 0
  M below, above;  ///< certainly less than a quarter of the least subnormal, beyond every number
};

HWY_INLINE Reduced reduced(const BulkFilter::Plan& plan, V x) {
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

HWY_INLINE Enclosed power(const BulkFilter::Plan& plan, V x) {
  const Reduced r = reduced(plan, x);
  const V slack = hn::IfThenElse(r.same_binade, all(0), all(plan.slack));
  const V error = hn::MulAdd(hn::Abs(r.q), all(plan.largest_error), slack);
  Enclosed t = around(r.scale, hn::Mul(r.scale, r.q), hn::Mul(r.scale, error), hn::Eq(x, x));
  t.anchor = hn::IfThenElse(r.below, all(0), t.anchor);
  t.below = hn::IfThenElse(r.below, all(least_positive), t.below);
  t.above = hn::IfThenElse(r.below, r.scale, t.above);
  // The sign of q tells, and |q| <= √2 − 1 but for what g may be off.
  const M less = hn::Lt(r.q, all(0));
  t.binade = hn::IfThenElse(less, hn::Mul(r.scale, all(0.5)), r.scale);
  t.placed = hn::Or(r.below, hn::Ge(hn::Abs(r.q), error));
  return t;
}

HWY_INLINE Enclosed power_minus_one(const BulkFilter::Plan& plan, V x) {
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
  place(t);
  // 1 − 2^k(1 + q) is above 0.29, and next to 1 for long.
  const M above_half = hn::And(shrinks, hn::Ge(t.below, all(-0.5)));
  const M below_half = hn::And(shrinks, hn::Le(t.above, all(-0.5)));
  t.binade = hn::IfThenElse(above_half, all(0.5), hn::IfThenElse(below_half, all(0.25), t.binade));
  t.placed = hn::Or(hn::Or(above_half, below_half), hn::AndNot(shrinks, t.placed));
  return t;
}

/// ln x of a positive normal x.
HWY_INLINE V log_of(V x) {
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
  return hn::MulAdd(e, all(ln2_high), hn::MulAdd(e, all(ln2_low), log_m));
}

HWY_INLINE Enclosed logarithm(V x) {
  const V t = log_of(x);
  const V size = hn::Abs(t);
  const V error = hn::Mul(size, all(error_of_a_rounded_anchor));
  const M finite = hn::Lt(x, all(std::numeric_limits<double>::infinity()));
  Enclosed enclosed =
      around(size, all(0), error, hn::And(hn::And(hn::Gt(x, all(0)), finite), hn::Ne(x, all(1))));
  enclosed.negative = hn::Lt(t, all(0));
  enclosed.rounded = hn::Eq(t, t);
  enclosed.no_value = hn::Lt(x, all(0));
  place(enclosed);
  return enclosed;
}

/// Of finite arguments; an infinite one has a value of its own, and a NaN none.
template <BulkFilter::Kind kind>
HWY_INLINE Enclosed enclosed(const BulkFilter::Plan& plan, V x) {
  Enclosed t;
  if constexpr (kind == BulkFilter::Kind::power) t = power(plan, x);
  if constexpr (kind == BulkFilter::Kind::power_minus_one) t = power_minus_one(plan, x);
  if constexpr (kind == BulkFilter::Kind::logarithm) t = logarithm(x);
  const M finite = hn::Lt(hn::Abs(x), all(std::numeric_limits<double>::infinity()));
  t.known = hn::And(t.known, finite);
  t.no_value = hn::Or(t.no_value, hn::IsNaN(x));
  return t;
}

/// Calls something with the plan's kind as a constant.
template <class Use>
HWY_INLINE void with_kind(BulkFilter::Kind kind, Use use) {
  using Kind = BulkFilter::Kind;
  switch (kind) {
    case Kind::power:
      return use(std::integral_constant<Kind, Kind::power>());
    case Kind::power_minus_one:
      return use(std::integral_constant<Kind, Kind::power_minus_one>());
    case Kind::logarithm:
      return use(std::integral_constant<Kind, Kind::logarithm>());
  }
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
