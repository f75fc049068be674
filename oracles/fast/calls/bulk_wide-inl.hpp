// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The enclosures of the bulk filter for binary64, compiled once for each instruction set as those
// of bulk_kernels-inl.hpp. u = 2^-53; every operation is rounded to nearest; products are made
// exact with a fused multiply-add or by Dekker's splitting. A bound holds for either. Gappa checks
// the cores: proofs/wide_*.gappa.
//
// |t|·2^-n = A + D ± error, where A is the sum rounded to nearest, so that near a fixed value
// (e^x next to 1) A is that value and D the signed difference, known relatively.
//
// A power b^x = 2^(x·L), L = log2 b = H + l + δ, |l| ≤ u|H|, |δ| ≤ 2^-106·|L|.
//
//   z + z' = x·H exactly; z' += x·l    |z'| ≤ 3u|z|, two roundings of it
//   k = ⌊256z⌉, g = z − k/256          exact; |g| ≤ 2^-9
//   g + g' = (z − k/256) + z'          exact: z' is below twice the last place of z
//   r + r' = (g + g')·(ln 2)           r = g·(ln 2)_hi rounded; r' to three roundings of 3u|r|
//
// What r + r' is off by: 2^-98·|z| and some u²|z|, |z| < 2^10.1: below 2^-87 in all; where k is 0,
// and z about g, below 2^-97·|r|. |r| ≤ 2^-9.5.
//
//   q = r' + r·(r' + r·B(r))           e^(r + r') = 1 + r + q; B = 1/2 + r/6 + … + r⁴/720
//
// B leaves out r⁵/5040 and what follows: with its rounded coefficients it is off by less than
// 2^-58, as proofs/wide_power.gappa finds, and it rounds once at its full size: 1.1u. With the two
// steps' that is 3.3u·|q|, and 5.3u without fusing, but for 2^-98·|r| where r' and r²·B cancel;
// left out are r'·r²/2 and r'·r³/6: below 2^-80, and where k is 0 below 2u·r·|q|.
//
//   T + T' = 2^(j/256), j = k mod 256  |T'| ≤ u, T' to u² (1 and 0 for j = 0)
//   p + p' = T·r exactly
//   t = 2^⌊k/256⌋·(T + p + c), c = T·q + (T'·r + (p' + T'))
//
// T·q carries twice q's error; T'·q, left out, is u|q|; c's last rounding u|c|, |c| ≤ 2|q| + 2u;
// that of the product without fusing 2u|q|; the sums before round what is below 2.1u: 2^-104.
// Adding c to what T + p leaves of itself rounds u·(2|q| + 3u). Together 20u|q| + 2^-86, and for
// k = 0, where T' and p' are 0, 20u|q| + 2^-96|r|. `largest_error` is 32u, `slack` 2^-85.
//
// D is a rounded sum, and later ones of it round too: 2^-50·|D| covers them.
//
// b^x − 1: 2^⌊k/256⌋·(A + D) − 1 by exact sums but for one rounding of the new D. Where k is 0
//          t = r + q, and for e r is x and r' is 0.
// ln x:    x = 2^e·m, c ≈ 1/m of 11 bits, f + f' = m·c − 1 exactly, |f| ≤ 2^-9;
//          ln x = e·ln 2 − ln c + f + f' + h, h = −f²·(1/2 − f/3 + … − f⁵/7)
//          h is off by 2^-55.9 and 5u relatively. f' is one bit, of 2^-63, if |f| ≥ 2^-10, when
//          f'·f, left out, is below 2^-72, 4u|h|. e·(ln 2)_1 is exact, the sums of it, −ln c and f
//          are, and what is below them is at most 2^-32 beside h: 12u|h| + 2^-83, and where both e
//          and ln c are 0, c is 1 or ½, f' is 0 and 8u|h| is enough. `largest_error` serves.
#if defined(NAPIER_BULK_WIDE) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_WIDE
#undef NAPIER_BULK_WIDE
#else
#define NAPIER_BULK_WIDE
#endif

#include "oracles/fast/calls/bulk_kernels-inl.hpp"
#include "oracles/fast/scalar/tables.hpp"

// Where MulAdd is known to round once. Elsewhere it may or may not.
#undef NAPIER_BULK_FUSED
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2 && !defined(HWY_DISABLE_BMI2_FMA)
#define NAPIER_BULK_FUSED 1
#elif HWY_ARCH_ARM_A64 && HWY_TARGET != HWY_EMU128 && HWY_TARGET != HWY_SCALAR
#define NAPIER_BULK_FUSED 1
#else
#define NAPIER_BULK_FUSED 0
#endif

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

struct Pair {
  V hi, lo;
};

HWY_INLINE Pair exact_product(V a, V b) {
  const V product = hn::Mul(a, b);
#if NAPIER_BULK_FUSED
  return {product, hn::MulSub(a, b, product)};
#else
  const auto halves = [](V v) HWY_ATTR {
    const V c = hn::Mul(all(0x1.0000002p27), v);
    const V high = hn::Sub(c, hn::Sub(c, v));
    return Pair{high, hn::Sub(v, high)};
  };
  const Pair x = halves(a), y = halves(b);
  const V first = hn::Sub(hn::Mul(x.hi, y.hi), product);
  const V second = hn::Add(first, hn::Mul(x.hi, y.lo));
  const V third = hn::Add(second, hn::Mul(x.lo, y.hi));
  return {product, hn::Add(third, hn::Mul(x.lo, y.lo))};
#endif
}

HWY_INLINE Pair exact_sum(V a, V b) {
  const V sum = hn::Add(a, b);
  const V b_seen = hn::Sub(sum, a);
  const V a_seen = hn::Sub(sum, b_seen);
  return {sum, hn::Add(hn::Sub(a, a_seen), hn::Sub(b, b_seen))};
}

/// … where a is 0 or not of a smaller binade than b.
HWY_INLINE Pair ordered_sum(V a, V b) {
  const V sum = hn::Add(a, b);
  return {sum, hn::Sub(b, hn::Sub(sum, a))};
}

inline constexpr double second_kind[] = {0x1p-1, 0x1.5555555555555p-3, 0x1.5555555555555p-5,
                                         0x1.1111111111111p-7, 0x1.6c16c16c16c17p-10};
inline constexpr double log_tail[] = {-0x1p-1,
                                      0x1.5555555555555p-2,
                                      -0x1p-2,
                                      0x1.999999999999ap-3,
                                      -0x1.5555555555555p-3,
                                      0x1.2492492492492p-3};
inline constexpr double ln2_head = 0x1.62e42fefa38p-1;  ///< of 42 bits
inline constexpr double ln2_rest = 0x1.ef35793c7673p-45;
inline constexpr double ln2_hi = 0x1.62e42fefa39efp-1;
inline constexpr double ln2_lo = 0x1.abc9e3b39803fp-56;
inline constexpr double later_sums = 0x1p-50;     ///< relative to D
inline constexpr double error_at_zero = 0x1p-96;  ///< of r where k is 0, relatively
inline constexpr double error_of_log_sums = 0x1p-82;
inline constexpr double least_product = 0x1p-800;  ///< arguments whose products are exact
inline constexpr double least_square = 0x1p-450;   ///< arguments whose squares are normal

/// The binade of a positive normal number, as a number.
HWY_INLINE V exponent_of(V x) {
  const auto field = hn::And(hn::ShiftRight<52>(hn::BitCast(DU(), x)), hn::Set(DU(), 0x7ff));
  const auto shifted = hn::BitCast(D(), hn::Or(field, hn::Set(DU(), std::uint64_t{0x433} << 52)));
  return hn::Sub(shifted, all(0x1p52 + 1023));
}

/// |t|·2^-n as an enclosure, the anchor being the rounded sum.
struct Scaled {
  Enclosed t;
  V n;
};

/// Where |t| lies among the powers of two, by the exact distances of the anchor from them.
HWY_INLINE void place_exactly(Enclosed& t) {
  const V binade = binade_of(t.anchor);
  const V to_this = hn::Sub(binade, t.anchor);
  const V to_next = hn::Add(binade, to_this);
  const M here = hn::And(hn::Ge(t.below, to_this), hn::Lt(t.above, to_next));
  const M lower = hn::And(hn::Eq(to_this, all(0)), hn::Lt(t.above, all(0)));
  t.binade = hn::IfThenElse(lower, hn::Mul(binade, all(0.5)), binade);
  t.placed = hn::Or(here, lower);
}

/// |t| = anchor + offset ± error, and what later sums add.
HWY_INLINE Enclosed enclosed_around(V anchor, V offset, V error, M known) {
  return around(anchor, offset, hn::MulAdd(hn::Abs(offset), all(later_sums), error), known);
}

/// 2^(x·L)·2^-n = sum.hi + sum.lo ± error.
struct WideReduced {
  Pair sum;
  V error, n;
  V r, q;          ///< sum − 1 where k is 0
  M near_zero;     ///< k = 0
  M below, above;  ///< x is beyond the ends, and its power by far
};

/// 2^(z.hi + z.lo), for z.lo of at most 3u of z.hi.
template <bool natural>
HWY_INLINE WideReduced wide_power_of_two(const BulkFilter::Plan& plan, Pair z, V x) {
  WideReduced result;
  const V k = hn::Round(hn::Mul(z.hi, all(256)));
  const Pair g = ordered_sum(hn::Sub(z.hi, hn::Mul(k, all(0x1p-8))), z.lo);
  const Pair r = exact_product(g.hi, all(ln2_hi));
  V r_low = hn::MulAdd(g.lo, all(ln2_hi), hn::MulAdd(g.hi, all(ln2_lo), r.lo));
  V r_high = r.hi;
  result.near_zero = hn::Eq(k, all(0));
  if constexpr (natural) {
    r_high = hn::IfThenElse(result.near_zero, x, r_high);
    r_low = hn::IfThenZeroElse(result.near_zero, r_low);
  }
  const V q = hn::MulAdd(r_high, hn::MulAdd(r_high, polynomial(second_kind, r_high), r_low), r_low);

  const auto whole = hn::BitCast(DI(), hn::Add(k, all(0x1.8p52)));
  const auto place = hn::ShiftLeft<1>(hn::And(whole, hn::Set(DI(), 255)));
  const double* const table = &fast::power_table[0].hi;
  const V t_high = hn::GatherIndex(D(), table, place);
  const V t_low = hn::GatherIndex(D(), table + 1, place);
  const Pair p = exact_product(t_high, r_high);
  const V c = hn::MulAdd(t_high, q, hn::MulAdd(t_low, r_high, hn::Add(p.lo, t_low)));
  const Pair head = ordered_sum(t_high, p.hi);
  result.sum = ordered_sum(head.hi, hn::Add(head.lo, c));

  const V other = hn::IfThenElse(result.near_zero, hn::Mul(hn::Abs(r_high), all(error_at_zero)),
                                 all(plan.slack));
  result.error = hn::MulAdd(hn::Abs(q), all(plan.largest_error), other);
  result.n = hn::Floor(hn::Mul(k, all(0x1p-8)));
  result.r = r_high;
  result.q = q;
  return result;
}

template <bool natural>
HWY_INLINE WideReduced wide_reduced(const BulkFilter::Plan& plan, V x, double least, double most) {
  const M below = hn::Lt(x, all(least)), above = hn::Gt(x, all(most));
  x = hn::Min(hn::Max(x, all(least)), all(most));
  const Pair z = exact_product(x, all(plan.log2_base_high));
  const V z_low = hn::MulAdd(x, all(plan.log2_base_low), z.lo);
  WideReduced result = wide_power_of_two<natural>(plan, {z.hi, z_low}, x);
  result.below = below;
  result.above = above;
  return result;
}

/// … as an enclosure.
HWY_INLINE Scaled scaled_power(const WideReduced& p, M known) {
  Enclosed t = enclosed_around(p.sum.hi, p.sum.lo, p.error, known);
  // Below a quarter of the least subnormal, at n of 6 less than its exponent.
  t.anchor = hn::IfThenZeroElse(p.below, t.anchor);
  t.below = hn::IfThenElse(p.below, all(least_positive), t.below);
  t.above = hn::IfThenElse(p.below, all(4), t.above);
  place_exactly(t);
  t.binade = hn::IfThenElse(p.below, all(1), t.binade);
  t.placed = hn::Or(t.placed, p.below);
  return {t, p.n};
}

/// t·2^-n = sum.hi + sum.lo ± error, with its sign.
struct WideSum {
  Pair sum;
  V error, n;
  M known;
  M below;  ///< the argument is beyond its lower end, and stands for all of those
};

/// Arguments of which products with a logarithm are exact.
HWY_INLINE M has_exact_products(V x) {
  return hn::Or(hn::Ge(hn::Abs(x), all(least_product)), hn::Eq(x, all(0)));
}

HWY_INLINE WideReduced wide_power(const BulkFilter::Plan& plan, V x) {
  return wide_reduced<false>(plan, x, plan.least_argument, plan.most_argument);
}

/// Arguments below stand for all further ones: |t| is between 1 − 2^-100 and 1 there.
constexpr double far_below = -100;

HWY_INLINE double least_minus_one_argument(const BulkFilter::Plan& plan) {
  return far_below / plan.log2_base_high;
}

HWY_INLINE WideSum wide_power_minus_one(const BulkFilter::Plan& plan, V x) {
  const double least = least_minus_one_argument(plan);
  const WideReduced p = plan.natural ? wide_reduced<true>(plan, x, least, plan.most_argument)
                                     : wide_reduced<false>(plan, x, least, plan.most_argument);
  const V n = hn::Max(p.n, all(0));
  const V scale = two_to(hn::Sub(p.n, n));
  const V one = two_to(hn::Max(hn::Neg(n), all(-1000)));  // 2^-n; beyond only its sign matters
  const Pair less_one = exact_sum(hn::Mul(p.sum.hi, scale), hn::Neg(one));
  const V offset = hn::MulAdd(p.sum.lo, scale, less_one.lo);
  const Pair sum = ordered_sum(less_one.hi, offset);
  const V error = hn::MulAdd(p.error, scale, hn::Mul(hn::Abs(offset), all(later_sums)));

  const Pair small = ordered_sum(p.r, p.q);
  const V base_error = plan.natural ? all(0) : hn::Mul(hn::Abs(p.r), all(error_at_zero));
  const V small_error = hn::MulAdd(hn::Abs(p.q), all(plan.largest_error), base_error);

  return {{hn::IfThenElse(p.near_zero, small.hi, sum.hi),
           hn::IfThenElse(p.near_zero, small.lo, sum.lo)},
          hn::IfThenElse(p.near_zero, small_error, error),
          n,
          hn::Ge(hn::Abs(x), all(least_square)),
          p.below};
}

/// x = 2^exponent·m = 2^e·(1 + f + f_low)/c, where −ln c = log_high + log_low.
struct LogParts {
  V exponent, m;
  V e, f, f_low;
  V log_high, log_low;
};

/// Of positive numbers.
HWY_INLINE LogParts log_parts(V x) {
  const DU du;
  const M tiny = hn::Lt(x, all(0x1p-1022));
  const V scaled = hn::IfThenElse(tiny, hn::Mul(x, all(0x1p54)), x);
  const auto bits = hn::BitCast(du, scaled);
  const V exponent = hn::Sub(exponent_of(scaled), hn::IfThenElseZero(tiny, all(54)));
  const V m = hn::BitCast(D(), hn::Or(hn::And(bits, hn::Set(du, (1ull << 52) - 1)),
                                      hn::Set(du, std::uint64_t{1023} << 52)));
  const M carried = hn::Ge(m, all(1 + fast::log_carry / 512.0));
  const V e = hn::Add(exponent, hn::IfThenElseZero(carried, all(1)));
  const auto cell = hn::And(hn::ShiftRight<43>(bits), hn::Set(du, 511));
  const auto place = hn::BitCast(DI(), hn::Add(hn::ShiftLeft<1>(cell), cell));
  static_assert(sizeof(fast::LogEntry) == 3 * sizeof(double));
  const double* const table = &fast::log_table[0].reciprocal;
  const V reciprocal = hn::GatherIndex(D(), table, place);
  const V log_high = hn::GatherIndex(D(), table + 1, place);
  const V log_low = hn::GatherIndex(D(), table + 2, place);

  const Pair product = exact_product(m, reciprocal);
  const auto [f, f_low] = ordered_sum(hn::Sub(product.hi, all(1)), product.lo);
  return {exponent, m, e, f, f_low, log_high, log_low};
}

HWY_INLINE WideSum wide_logarithm(const BulkFilter::Plan& plan, V x) {
  const auto [exponent, m, e, f, f_low, log_high, log_low] = log_parts(x);
  const V h = hn::Mul(f, hn::Mul(f, polynomial(log_tail, f)));
  const Pair first = exact_sum(hn::Mul(e, all(ln2_head)), log_high);
  const Pair second = exact_sum(first.hi, f);
  const V rest =
      hn::Add(hn::Add(first.lo, hn::Add(second.lo, f_low)), hn::MulAdd(e, all(ln2_rest), log_low));
  const M near_one = hn::And(hn::Eq(e, all(0)), hn::Eq(log_high, all(0)));
  const V error = hn::MulAdd(hn::Abs(h), all(plan.largest_error),
                             hn::IfThenZeroElse(near_one, all(error_of_log_sums)));
  return {ordered_sum(second.hi, hn::Add(rest, h)), error, all(0),
          hn::And(hn::Gt(x, all(0)), hn::Ne(x, all(1))), none()};
}

/// Whether y is ln x, which is infinite.
HWY_INLINE M is_infinite_logarithm(V x, V y) {
  const V infinite = all(std::numeric_limits<double>::infinity());
  return hn::Or(hn::And(hn::Eq(x, infinite), hn::Eq(y, infinite)),
                hn::And(hn::Eq(x, all(0)), hn::Eq(y, hn::Neg(infinite))));
}

/// A sum that may be negative, as an enclosure.
HWY_INLINE Scaled scaled_sum(const WideSum& s) {
  const M negative = hn::Lt(s.sum.hi, all(0));
  const V offset = hn::IfThenElse(negative, hn::Neg(s.sum.lo), s.sum.lo);
  Enclosed t = enclosed_around(hn::Abs(s.sum.hi), offset, s.error, s.known);
  // Of an argument far below.
  t.anchor = hn::IfThenElse(s.below, all(1), t.anchor);
  t.below = hn::IfThenElse(s.below, all(-0x1p-99), t.below);
  t.above = hn::IfThenElse(s.below, all(-least_positive), t.above);
  t.negative = negative;
  place_exactly(t);
  return {t, s.n};
}

/// Of finite arguments, as enclosed().
template <BulkFilter::Kind kind>
HWY_INLINE Scaled wide_enclosed(const BulkFilter::Plan& plan, V x) {
  const M finite = hn::Lt(hn::Abs(x), all(std::numeric_limits<double>::infinity()));
  const V argument = hn::IfThenElse(finite, x, all(1));
  Scaled s;
  if constexpr (kind == BulkFilter::Kind::power)
    s = scaled_power(wide_power(plan, argument), has_exact_products(argument));
  if constexpr (kind == BulkFilter::Kind::power_minus_one)
    s = scaled_sum(wide_power_minus_one(plan, argument));
  if constexpr (kind == BulkFilter::Kind::logarithm) {
    s = scaled_sum(wide_logarithm(plan, argument));
    s.t.no_value = hn::Lt(argument, all(0));
  }
  s.t.known = hn::And(s.t.known, finite);
  s.t.no_value = hn::Or(s.t.no_value, hn::IsNaN(x));
  return s;
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
