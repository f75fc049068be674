// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The arithmetic of set_block.hpp, compiled once for each instruction set. u = 2^-53; every
// operation is rounded to nearest. Gappa checks the series: proofs/set_series.gappa.
//
// A set is A + [l, l + w], A exact in [1, 2), −¾ ≤ l ≤ ½, so that its ends are in [¼, 6]. l is
// known to ± ε ≤ 2^-40, w to ω ≤ 2^-38 of itself. Widths are sums of terms of one sign, so that
// their errors are relative ones.
//
//   P·Q    A·B = p + p′ exactly. l = p′ + (A·m + l·(B + m)), for ends l and m; with
//          |A·m| ≤ 2|m|, |l·(B + m)| ≤ 2.5|l| the five roundings are below u(5|m| + 8|l| + |l'|)
//          for the result l'. What ends are off by: (B + m)ε + (A + l)η + εη, and εη ≤ 2^-38(B +
//          m)ε. w = (A + l)·v + (B + m + v)·w for widths w, v: off by the larger of ω and ψ, by
//          what A + l and B + m are, 4ε and 4η, and by 6u.
//   P/Q    q = A/B rounded, r = A − q·B exactly (a double). With b the upper end of Q,
//          (A + l)/(B + b) = q + (r + l − q·b)/(B + b), q < 2, B + b ≥ ¼:
//          b's own rounding and that of q·b, of two sums, of the divisor and of the quotient come
//          to less than 4u(6|b| + |l| + 5|r + l − q·b|). Inherited: 4ε + 40η', where η' counts what
//          the upper end is off by: η + ψ·v.
//          w = ((A + l)·v + (B + b)·w)/((B + m)(B + b)): besides what a product's is off by what
//          both divisors are, 4η + 4η', and 6u more.
//   P^n    n ≤ 64: the product of those of P, P², P⁴, … that n is the sum of, each product one as
//          above and off by as much. Where P is A exactly, k factors have an |l| of at most ku of
//          their value, and i + j of them are off by what the i and the j are and 11(i + j)u² of
//          it: P^(2^k) by 22·k·2^(k−1)u², and 64 factors by less than 2^13u² = 2^-93.
//   P·a^e  z = e·ln a, |z| ≤ 2^-5, off by z·(error of ln a + 2u) and slack·|ln a|;
//          w = e^z − 1 = z·(1 + z/2 + … + z^8/9!): leaves out z^9/10! < 2^-66, rounds 2.3u.
//          l' = l + (A + l)·w: 7.5u|w| + u|l'|, and 2.5 times what w is off by, (1 + w)ε. The width
//          by what w is off by over 1 + w, and 2u.
//          Beyond, z = k·ln 2 + r, |r| ≤ 0.3467, |k| < 2^11: e^z = 2^k·e^r, and n takes k. k times
//          the head of ln 2 is exact, as its difference from z is; k times the rest is off by
//          2^-85, with what the rest leaves out, and r rounds by u|r|: z's error and 2u. The series
//          up to r^14/15! leaves out r^15/16! < 2^-67, rounds 3.1u|w|; 0.7 < e^r < 1.42, |w| <
//          0.42. A' + r' = A + A·w, exactly but for a rounding of A·w, l' = r' + (l + l·w): 2u|w| +
//          0.75u|w|
//          + 1.1u|l·(1 + w)| + u|l'|, 2.5 times what w is off by, 1.42ε. The width by 1.42 times
//          what w is off by and 2u.
//          Beyond 2^12 of a set that begins at 0, or ends nowhere, the other end is out of sight:
//          its 2^±1100 times e^z.
//   a^h    A and D of bulk_wide-inl.hpp, for fixed bases: its bound has room for |z| < 2^12.
//   Otherwise
//          those of power_of_base-inl.hpp, whose bound grows with |z|.
//   P^y    (A + l)^y = A^y·(1 + d)^y, d = l/A, |d| ≤ 2^-6, off by u and 1.1ε,
//          ln(1 + d) = d·(1 − d/2 + … + d^8/9): leaves out 2^-57, rounds 2.2u, as e = y·ln(1 + d)
//          does once, |e| ≤ 0.3467. w = e^e − 1 as above, 1.2 times as far off: in all by 11u|w|,
//          and by 1.6|y|ε. With A^y = T + D the new l is D + (T + D)·w: 4u|w| + u|l|, 2.1 times
//          what w is off by. The other end is (1 + v/(A + l))^y times that, the width the
//          difference: a ratio off by ω, 1.1ε and 2u, its growth 1.2 times that and by 11u, the
//          power before it by D's error, 16u and 2.3|y|ε. For y < 0 the ends change places.
//   (t/z)  of a true t = (T + D)·2^n beside the z it is near to: (T + D − z)/z is exact but for D's
//          error and 3u of it.
//
// A set may begin at 0, exactly: l is −A then. An upper end is at most A + 4. None of the bounds of
// l needs it to be nearer: a divisor's only makes l smaller.
#if defined(NAPIER_SET_KERNELS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_SET_KERNELS
#undef NAPIER_SET_KERNELS
#else
#define NAPIER_SET_KERNELS
#endif

#include "oracles/fast/sets/set_claims-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

inline constexpr double small_move = 0x1p-5;
inline constexpr double largest_move = 0.3467;  ///< just above half of ln 2
inline constexpr double small_growth[] = {0x1p0,
                                          0x1p-1,
                                          0x1.5555555555555p-3,
                                          0x1.5555555555555p-5,
                                          0x1.1111111111111p-7,
                                          0x1.6c16c16c16c17p-10,
                                          0x1.a01a01a01a01ap-13,
                                          0x1.a01a01a01a01ap-16,
                                          0x1.71de3a556c734p-19};
inline constexpr double most_reduced = 0x1p10;
inline constexpr double far_move = 0x1p12;
inline constexpr double growth_of_exponential[] = {0x1p0,
                                                   0x1p-1,
                                                   0x1.5555555555555p-3,
                                                   0x1.5555555555555p-5,
                                                   0x1.1111111111111p-7,
                                                   0x1.6c16c16c16c17p-10,
                                                   0x1.a01a01a01a01ap-13,
                                                   0x1.a01a01a01a01ap-16,
                                                   0x1.71de3a556c734p-19,
                                                   0x1.27e4fb7789f5cp-22,
                                                   0x1.ae64567f544e4p-26,
                                                   0x1.1eed8eff8d898p-29,
                                                   0x1.6124613a86d09p-33,
                                                   0x1.93974a8c07c9dp-37,
                                                   0x1.ae7f3e733b81fp-41};

HWY_INLINE bool all_small(V z) { return hn::AllTrue(D(), hn::Le(hn::Abs(z), all(small_move))); }
/// e^z − 1 for |z| up to largest_move.
HWY_INLINE V growth_by(V z) {
  if (HWY_LIKELY(all_small(z))) return hn::Mul(z, polynomial(small_growth, z));
  return hn::Mul(z, polynomial(growth_of_exponential, z));
}

/// The set times 1 + growth, which is off by so much.
HWY_INLINE void grow(Set& set, V growth, V growth_error) {
  const V lo = hn::MulAdd(hn::Add(set.anchor, set.lo), growth, set.lo);
  const V own = hn::MulAdd(hn::Abs(growth), all(8 * unit), hn::Mul(hn::Abs(lo), all(2 * unit)));
  set.lo = lo;
  set.width =
      hn::IfThenElse(is_unbounded(set), set.width, hn::MulAdd(set.width, growth, set.width));
  set.error = hn::MulAdd(set.error, all(1.45), hn::MulAdd(growth_error, all(2.6), own));
  set.stretch = hn::Add(set.stretch, hn::MulAdd(growth_error, all(1.45), all(3 * unit)));
}

/// e·ln a, and what it is off by.
struct Move {
  V z, error;
};

/// Moves a set by any z, or says that it is not known where to.
HWY_INLINE void move_far(Set& set, const Move& by) {
  const M open = hn::Or(is_unbounded(set), is_at_zero(set)), zero = is_at_zero(set);
  const M far = hn::And(open, hn::Ge(hn::Sub(hn::Abs(by.z), by.error), all(far_move)));
  const M near = hn::Le(hn::Abs(by.z), all(most_reduced));
  const V z = hn::IfThenElse(near, by.z, all(0));
  const V k = hn::Round(hn::Mul(z, all(1 / ln2_hi)));
  const V r = hn::Sub(hn::Sub(z, hn::Mul(k, all(ln2_head))), hn::Mul(k, all(ln2_rest)));
  const V growth = growth_by(r);
  const V of_z = hn::Add(by.error, all(2 * unit));
  const V growth_error = hn::MulAdd(hn::Abs(growth), all(4 * unit), hn::Mul(of_z, all(1.45)));

  const Pair moved = ordered_sum(set.anchor, hn::Mul(set.anchor, growth));
  const V grown = hn::MulAdd(set.lo, growth, set.lo);
  const V lo = hn::IfThenElse(zero, hn::Neg(moved.hi), hn::Add(moved.lo, grown));
  const V own = hn::MulAdd(hn::Abs(growth), all(4 * unit),
                           hn::Mul(hn::Add(hn::Abs(grown), hn::Abs(lo)), all(2 * unit)));
  const V error = hn::MulAdd(set.error, all(1.45), hn::MulAdd(growth_error, all(2.6), own));
  const V width =
      hn::IfThenElse(is_unbounded(set), set.width, hn::MulAdd(set.width, growth, set.width));
  const V stretch = hn::Add(set.stretch, hn::MulAdd(growth_error, all(1.45), all(3 * unit)));
  set = normalised({moved.hi, lo, width, hn::IfThenElse(near, error, all(not_known)), stretch,
                    hn::Add(set.n, k)});
  set.error = hn::IfThenZeroElse(far, set.error);
  set.stretch = hn::IfThenZeroElse(far, set.stretch);
  set.n = hn::IfThenElse(far, hn::CopySign(all(unbounded), by.z), set.n);
}

HWY_INLINE void correct(SetBlock& sets, const ArgumentBlock& by, const LogBlock& log_base) {
  const D d;
  const V relative = all(log_base.error + 2 * unit);
  each_vector([&](std::size_t i) HWY_ATTR {
    Set set = load(sets, i);
    const V log_a = hn::Load(d, &log_base.value[i]);
    const V z = hn::Mul(hn::Load(d, &by.remainder[i]), log_a);
    const V of_slack = hn::Mul(hn::Load(d, &by.slack[i]), hn::Abs(log_a));
    const V z_error = hn::MulAdd(hn::Abs(z), relative, of_slack);
    if (HWY_LIKELY(all_small(z))) {
      const V growth = hn::Mul(z, polynomial(small_growth, z));
      grow(set, growth, hn::MulAdd(hn::Abs(growth), all(3 * unit), hn::Mul(z_error, all(1.05))));
    } else {
      move_far(set, {z, z_error});
    }
    store(set, sets, i);
  });
}

HWY_INLINE void exact_points(const double* numbers, SetBlock& points) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V x = hn::Load(d, numbers + i);
    const M positive = hn::And(hn::Gt(x, all(0)), hn::Lt(x, all(unbounded)));
    const Split s = split(hn::IfThenElse(positive, x, all(1)));
    const V error = hn::IfThenElse(positive, all(0), all(not_known));
    store({s.m, all(0), all(0), error, all(0), s.n}, points, i);
  });
}

HWY_INLINE Set point_of(const Scaled& s, M known) {
  const V middle = hn::Mul(hn::Add(s.t.below, s.t.above), all(0.5));
  const V half = hn::Mul(hn::Sub(s.t.above, s.t.below), all(0.5 + 0x1p-40));
  const V error = hn::MulAdd(hn::Abs(middle), all(2 * unit), half);
  const V told = hn::IfThenElse(hn::And(s.t.known, known), error, all(not_known));
  return normalised({s.t.anchor, middle, all(0), told, all(0), s.n});
}

HWY_INLINE void power_points(const BulkFilter::Plan& plan, const double* exponents,
                             SetBlock& points) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V x = hn::Load(d, exponents + i);
    const M inside =
        hn::And(hn::Ge(x, all(plan.least_argument)), hn::Le(x, all(plan.most_argument)));
    store(point_of(wide_enclosed<BulkFilter::Kind::power>(plan, x), inside), points, i);
  });
}

HWY_INLINE Set power_point(const BulkFilter::Plan& plan, V a, V x) {
  const PowerBase base = power_base(a);
  const V size = hn::Abs(hn::Mul(x, base.log2_high));
  const M inside = hn::And(hn::Gt(a, all(0)), hn::Le(size, all(plan.most_argument)));
  return point_of(power_of_base<Exactness::ignored>(plan, base, x), inside);
}

HWY_INLINE void power_points_of_bases(const BulkFilter::Plan& plan, const double* bases,
                                      const double* exponents, SetBlock& points) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    store(power_point(plan, hn::Load(d, bases + i), hn::Load(d, exponents + i)), points, i);
  });
}

/// |ln a| of positive numbers but 1, by bulk_wide-inl.hpp: scaled by a power of two, exactly.
HWY_INLINE void log_points(const BulkFilter::Plan& plan, const double* numbers, SetBlock& points) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, numbers + i);
    const M usual =
        hn::And(hn::And(hn::Gt(a, all(0)), hn::Lt(a, all(unbounded))), hn::Ne(a, all(1)));
    const WideSum t = wide_logarithm(plan, hn::IfThenElse(usual, a, all(2)));
    const Split s = split(hn::Abs(t.sum.hi));
    const V scale = two_to(hn::Neg(s.n));
    const V lo = hn::IfThenElse(hn::Lt(t.sum.hi, all(0)), hn::Neg(t.sum.lo), t.sum.lo);
    const V error = hn::IfThenElse(hn::And(usual, t.known), t.error, all(not_known));
    store({s.m, hn::Mul(lo, scale), all(0), hn::Mul(error, scale), all(0), s.n}, points, i);
  });
}

inline constexpr double log_of_one_plus[] = {1,
                                             -0x1p-1,
                                             0x1.5555555555555p-2,
                                             -0x1p-2,
                                             0x1.999999999999ap-3,
                                             -0x1.5555555555555p-3,
                                             0x1.2492492492492p-3,
                                             -0x1p-3,
                                             0x1.c71c71c71c71cp-4};
inline constexpr double largest_ratio = 0x1p-6;

/// (1 + d)^y − 1; NaN where it is too far from 0.
HWY_INLINE V power_growth(V d, V y) {
  const V e = hn::Mul(y, hn::Mul(d, polynomial(log_of_one_plus, d)));
  const M small =
      hn::And(hn::Le(hn::Abs(d), all(largest_ratio)), hn::Le(hn::Abs(e), all(largest_move)));
  const V growth = growth_by(e);
  return hn::IfThenElse(small, growth, all(not_known));
}

HWY_INLINE void raise(const BulkFilter::Plan& plan, const SetBlock& sets, const double* anchors,
                      const double* exponents, SetBlock& powers) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const Set set = load(sets, i);
    const V y = hn::Load(d, exponents + i), size = hn::Abs(y);
    const Set point = power_point(plan, hn::Load(d, anchors + i), y);
    const V bottom = hn::Add(set.anchor, set.lo);
    const V to_low = power_growth(hn::Div(set.lo, set.anchor), y);
    const V to_high = power_growth(hn::Div(set.width, bottom), y);

    const V whole = hn::Add(point.anchor, point.lo);
    const V low = hn::MulAdd(whole, to_low, point.lo);
    const V move = hn::Mul(hn::MulAdd(whole, to_low, whole), to_high);
    const V lo = hn::Add(low, hn::Min(move, all(0))), width = hn::Abs(move);
    const V inherited = hn::Mul(hn::Mul(size, set.error), all(3.5));
    const V of_low = hn::MulAdd(hn::Abs(to_low), all(32 * unit),
                                hn::Mul(hn::Add(hn::Abs(low), hn::Abs(lo)), all(2 * unit)));
    const V of_powers = hn::Add(hn::Add(point.error, set.error), inherited);
    const V stretch =
        hn::MulAdd(of_powers, all(2.1), hn::MulAdd(set.stretch, all(1.25), all(48 * unit)));
    const V of_ends = hn::Add(hn::MulAdd(point.error, all(1.45), inherited), of_low);
    const V error = hn::MulAdd(hn::Max(hn::Neg(move), all(0)), stretch, of_ends);
    const M known = hn::Eq(point.anchor, point.anchor);
    store({point.anchor, lo, width, hn::IfThenElse(known, error, all(not_known)), stretch, point.n},
          powers, i);
  });
}

HWY_INLINE void correct_power(const BulkFilter::Plan& plan, SetBlock& outer, const SetBlock& inner,
                              const double* bases, const double* exponents, const double* factors) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const Set z = load(inner, i);
    const Set t = power_point(plan, hn::Load(d, bases + i), hn::Load(d, exponents + i));
    const V y = hn::Load(d, factors + i);
    // t − z as an offset from z's anchor. A z next to a power of two may be of another binade.
    const V apart = hn::Sub(t.n, z.n);
    const M same = hn::Le(hn::Abs(apart), all(1));
    const V scale = two_to(hn::IfThenElse(same, apart, all(0)));
    const V gap = hn::Sub(hn::Mul(t.anchor, scale), z.anchor);
    const V offset = hn::MulAdd(t.lo, scale, gap);
    // With room for what others lose in t/z and its logarithm, which y magnifies: see meet().
    const V of_t = hn::MulAdd(t.error, scale, all(0x1p-96));
    const V error = hn::MulAdd(hn::Abs(offset), all(3 * unit), of_t);
    const V wide = hn::Mul(z.width, all(1 - 0x1p-40));
    const M inside = hn::And(hn::Gt(hn::Sub(offset, z.lo), error),
                             hn::Gt(hn::Sub(hn::Add(z.lo, wide), offset), error));
    const V ratio = hn::Div(offset, z.anchor);
    const V growth = power_growth(ratio, y);
    const V growth_error =
        hn::MulAdd(hn::Abs(growth), all(12 * unit), hn::Mul(hn::Mul(hn::Abs(y), error), all(1.5)));
    // Of a z that is 0 or infinite there is no outer power.
    const M usual = hn::Not(hn::Or(is_unbounded(z), is_at_zero(z)));
    const M known = hn::And(hn::And(same, inside), hn::And(usual, hn::Eq(z.error, all(0))));
    Set set = load(outer, i);
    grow(set, growth, hn::IfThenElse(known, growth_error, all(not_known)));
    store(set, outer, i);
  });
}

HWY_INLINE Set product(const Set& p, const Set& q) {
  const Pair exact = exact_product(p.anchor, q.anchor);
  const V q_low = hn::Add(q.anchor, q.lo), p_low = hn::Add(p.anchor, p.lo);
  const V first = hn::Mul(p.anchor, q.lo), second = hn::Mul(p.lo, q_low);
  const M zero = hn::Or(is_at_zero(p), is_at_zero(q));
  const V lo = hn::IfThenElse(zero, hn::Neg(exact.hi), hn::Add(exact.lo, hn::Add(first, second)));
  const V bounded = hn::MulAdd(p_low, q.width, hn::Mul(hn::Add(q_low, q.width), p.width));
  const M open = hn::Or(is_unbounded(p), is_unbounded(q));
  const V width = hn::IfThenElse(open, all(unbounded), bounded);
  const V size = hn::Add(hn::Abs(p.lo), hn::Abs(q.lo));
  const V of_ends = hn::MulAdd(q_low, p.error, hn::Mul(p_low, q.error));
  const V inherited = hn::Mul(of_ends, all(1 + 0x1p-37));
  const V error =
      hn::MulAdd(hn::Abs(lo), all(2 * unit), hn::MulAdd(size, all(9 * unit), inherited));
  const V stretch = hn::MulAdd(hn::Add(p.error, q.error), all(4.2),
                               hn::Add(hn::Max(p.stretch, q.stretch), all(7 * unit)));
  return normalised({exact.hi, lo, width, error, stretch, hn::Add(p.n, q.n)});
}

HWY_INLINE void multiply(const SetBlock& ps, const SetBlock& qs, SetBlock& products) {
  each_vector([&](std::size_t i)
                  HWY_ATTR { store(product(load(ps, i), load(qs, i)), products, i); });
}

HWY_INLINE Set if_then_else(M chosen, const Set& a, const Set& b) {
  return {hn::IfThenElse(chosen, a.anchor, b.anchor),   hn::IfThenElse(chosen, a.lo, b.lo),
          hn::IfThenElse(chosen, a.width, b.width),     hn::IfThenElse(chosen, a.error, b.error),
          hn::IfThenElse(chosen, a.stretch, b.stretch), hn::IfThenElse(chosen, a.n, b.n)};
}

/// Where a repeated product has so many factors.
HWY_INLINE M is_count(V n) {
  return hn::And(hn::Eq(hn::Floor(n), n), hn::And(hn::Ge(n, all(1)), hn::Le(n, all(most_factors))));
}

HWY_INLINE void repeat_product(const SetBlock& factors, const double* counts, SetBlock& products) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V count = hn::Load(d, counts + i);
    const M known = is_count(count);
    V left = hn::IfThenElse(known, count, all(1));
    Set square = load(factors, i);
    Set result{all(1), all(0), all(0), all(0), all(0), all(0)};
    for (;;) {
      const V half = hn::Floor(hn::Mul(left, all(0.5)));
      const M odd = hn::Ne(hn::Add(half, half), left);
      result = if_then_else(odd, checked(product(result, square)), result);
      left = half;
      if (hn::AllTrue(d, hn::Eq(left, all(0)))) break;
      square = checked(product(square, square));
    }
    result.error = hn::IfThenElse(known, result.error, all(not_known));
    store(result, products, i);
  });
}

HWY_INLINE void divide(const SetBlock& ps, const SetBlock& qs, SetBlock& quotients) {
  each_vector([&](std::size_t i) HWY_ATTR {
    const Set p = load(ps, i), q = load(qs, i);
    const V ratio = hn::Div(p.anchor, q.anchor);
    const Pair back = exact_product(ratio, q.anchor);
    const V rest = hn::Sub(hn::Sub(p.anchor, back.hi), back.lo);
    const M q_open = is_unbounded(q);
    const V q_width = hn::IfThenElse(q_open, all(0), q.width);
    const V q_top = hn::Add(q.lo, q_width);
    const V high = hn::Add(q.anchor, q_top), low = hn::Add(q.anchor, q.lo);
    const V above = hn::Add(rest, hn::Sub(p.lo, hn::Mul(ratio, q_top)));
    const M zero = hn::Or(q_open, is_at_zero(p));
    const V lo = hn::IfThenElse(zero, hn::Neg(ratio), hn::Div(above, high));
    const V p_low = hn::Add(p.anchor, p.lo);
    const V between =
        hn::Div(hn::MulAdd(p_low, q.width, hn::Mul(high, p.width)), hn::Mul(low, high));
    const V from_zero = hn::Div(hn::Add(p_low, p.width), low);
    const M endless = hn::Or(is_unbounded(p), is_at_zero(q));
    const V width =
        hn::IfThenElse(endless, all(unbounded), hn::IfThenElse(zero, from_zero, between));
    const V size = hn::Add(hn::Add(hn::Abs(q_top), hn::Abs(p.lo)), hn::Abs(above));
    const V of_q = hn::MulAdd(q_width, q.stretch, q.error);
    const V inherited = hn::MulAdd(of_q, all(44), hn::Mul(p.error, all(4.2)));
    const V error = hn::MulAdd(size, all(32 * unit), inherited);
    const V divisors = hn::Add(hn::Add(q.error, q.error), of_q);
    const V stretch = hn::MulAdd(hn::Add(p.error, divisors), all(4.2),
                                 hn::Add(hn::Max(p.stretch, q.stretch), all(14 * unit)));
    store(normalised({ratio, lo, width, error, stretch, hn::Sub(p.n, q.n)}), quotients, i);
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
