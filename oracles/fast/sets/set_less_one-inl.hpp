// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Powers that are known by M = a^x − 1: their claim sets, and what a machine makes of M and N. A
// set is one of 1 + M, as every other; compiled once for each instruction set. u = 2^-53.
//
// 1 + M = s + e exactly, s the sum rounded; s is the anchor, and e part of l. |e| ≤ u, so that
// rounding l costs u² where M is small, and M's own ulps are 2u|M|: below |M| = 2^-44 or so less
// and less is certain. Where M is beyond 2^200, e is only known to be less than 2^-200 of it.
#if defined(NAPIER_SET_LESS_ONE) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_SET_LESS_ONE
#undef NAPIER_SET_LESS_ONE
#else
#define NAPIER_SET_LESS_ONE
#endif

#include "oracles/fast/sets/set_machine-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

inline constexpr double least_told = 0x1p-500;  ///< its ulps, scaled, are still normal numbers
inline constexpr double rest_of_large = 0x1p-200;

/// 1 + M as (m + rest)·2^n; 1 where it is not positive.
struct OneMore {
  V m, rest, n;
  M positive;
};
HWY_INLINE OneMore one_more(V y) {
  const Pair sum = exact_sum(all(1), y);
  const M positive = hn::And(hn::Gt(sum.hi, all(0)), hn::Lt(sum.hi, all(unbounded)));
  const Split s = split(hn::IfThenElse(positive, sum.hi, all(1)));
  const V scale = two_to(hn::Max(hn::Neg(s.n), all(-200)));
  return {s.m, hn::IfThenElseZero(positive, hn::Mul(sum.lo, scale)), s.n, positive};
}

/// The claim ends of a signed number: those of its magnitude, mirrored.
HWY_INLINE Ends signed_ends(const SetPlan& plan, const ClaimedNumber& size, M negative) {
  const Ends ends = claimed_ends(plan, size);
  Ends other = ends;
  if (mirrored(plan.rounding) != plan.rounding) {
    SetPlan from_below = plan;
    from_below.rounding = mirrored(plan.rounding);
    other = claimed_ends(from_below, size);
  }
  return {hn::IfThenElse(negative, hn::Neg(other.hi), ends.lo),
          hn::IfThenElse(negative, hn::Neg(other.lo), ends.hi)};
}

HWY_INLINE void claimed_less_one(const SetPlan& plan, const double* results, SetBlock& sets) {
  const D d;
  const V largest =
      hn::Mul(two_to(all(plan.max_exponent)), hn::Sub(all(2), two_to(all(1 - plan.precision))));
  const double off = error_of_ends(plan);
  const double rest_of_infinity = std::max(std::ldexp(1.0, -plan.max_exponent - 1), rest_of_large);
  each_vector([&](std::size_t i) HWY_ATTR {
    const V y = hn::Load(d, results + i), size = hn::Abs(y);
    const M infinite = hn::Eq(y, all(unbounded)), saturated = hn::Eq(y, all(-1));
    const M finite = hn::And(hn::And(hn::Ge(size, all(least_told)), hn::Lt(size, all(unbounded))),
                             hn::Ge(y, all(-1)));
    const Split s = split(hn::IfThenElse(finite, size, all(1)));
    const V n = hn::IfThenElse(infinite, all(plan.max_exponent + 1), s.n);
    const V up = hn::Max(hn::Sub(all(plan.min_exponent), n), all(0));
    const Ends own = signed_ends(
        plan,
        {s.m, n, two_to(hn::Add(up, all(1 - plan.precision))), hn::Gt(n, all(plan.min_exponent)),
         hn::Eq(size, largest), infinite, s.m, all(0)},
        hn::Lt(y, all(0)));
    OneMore t = one_more(y);
    t.n = hn::IfThenElse(infinite, n, t.n);
    t.rest = hn::IfThenElse(infinite, all(rest_of_infinity), t.rest);
    const V scale = two_to(hn::Sub(n, t.n));
    const Ends ends{hn::Mul(own.lo, scale), hn::Mul(own.hi, scale)};

    // Every power is positive: a set that reaches down to 0 begins there. Where there is a rest the
    // sum of three may be rounded to the wrong side.
    const V lo = hn::Add(t.rest, ends.lo), bottom = hn::Add(t.m, lo);
    const M cut = hn::Or(hn::Le(bottom, all(0)), saturated);
    const M rounded = off == 0 ? hn::Ne(t.rest, all(0)) : hn::Eq(bottom, bottom);
    const M doubtful = hn::And(rounded, hn::Lt(hn::Abs(bottom), all(0x1p-40)));
    const V top = hn::IfThenElse(saturated, ends.hi, hn::Add(t.m, hn::Add(t.rest, ends.hi)));
    const V width = hn::IfThenElse(cut, top, hn::Sub(ends.hi, ends.lo));
    const M told = hn::And(hn::Gt(width, all(0)), hn::Or(infinite, hn::Lt(width, all(unbounded))));
    const M known = hn::And(hn::Or(finite, infinite), hn::AndNot(doubtful, told));
    const V of_ends = hn::MulAdd(hn::Abs(ends.lo), all(off), all(rest_of_large));
    const V error = hn::IfThenZeroElse(cut, hn::MulAdd(hn::Abs(lo), all(unit), of_ends));
    Set set{t.m,
            hn::IfThenElse(cut, hn::Neg(t.m), lo),
            width,
            hn::IfThenElse(known, error, all(not_known)),
            all(4 * unit + off),
            t.n};
    if (HWY_UNLIKELY(!hn::AllFalse(d, saturated))) begin_at_zero(set, saturated);
    store(set, sets, i);
  });
}

/// 1 + M as a set of one point.
HWY_INLINE void points_of_one_more(const double* results, SetBlock& points) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const OneMore t = one_more(hn::Load(d, results + i));
    const V error = hn::IfThenElse(t.positive, all(rest_of_large), all(not_known));
    store({t.m, t.rest, all(0), error, all(0), t.n}, points, i);
  });
}

/// A sum, or a difference, rounded as the format does. Doubles have more than twice the bits of
/// every narrower format, and two more: rounding twice is rounding once.
HWY_INLINE V machine_sum(const Format& format, V a, V b) {
  return rounded_to(hn::Add(a, b), format.precision);
}
/// … a product: of few enough bits to be exact before it is rounded.
HWY_INLINE V machine_product(const Format& format, V a, V b) {
  const V exact = hn::Mul(a, b);
  if (format.precision == 53) return exact;
  const M small = hn::Lt(hn::Abs(exact), all(std::ldexp(1.0, format.min_exponent())));
  const V grid = all(std::ldexp(1.5, 52 + format.least_exponent()));
  return hn::IfThenElse(small, hn::Sub(hn::Add(exact, grid), grid),
                        rounded_to(exact, format.precision));
}

/// A result of two, where every step to it stayed within the numbers: absent if one did not.
HWY_INLINE V machine_result_of(V p, V q, M inside, V result) {
  const M told = hn::And(hn::IsFinite(p), hn::IsFinite(q));
  const M absent = hn::Or(hn::Or(hn::IsNaN(p), hn::IsNaN(q)), hn::AndNot(inside, told));
  return hn::IfThenElse(absent, all(not_known), hn::IfThenElse(told, result, all(unbounded)));
}
HWY_INLINE M is_number(const Format& format, V x) { return hn::Lt(hn::Abs(x), beyond(format)); }

/// M + N + MN.
HWY_INLINE void machine_multiply_less_one(const Format& format, const double* p, const double* q,
                                          double* product) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, p + i), b = hn::Load(d, q + i);
    const V sum = machine_sum(format, a, b), both = machine_product(format, a, b);
    const V all_three = machine_sum(format, sum, both);
    const M inside = hn::And(hn::And(is_number(format, sum), is_number(format, both)),
                             is_number(format, all_three));
    hn::Store(machine_result_of(a, b, inside, all_three), d, product + i);
  });
}

/// (M − N)/(1 + N).
HWY_INLINE void machine_divide_less_one(const Format& format, const double* p, const double* q,
                                        double* quotient) {
  const D d;
  const V least = all(format.precision == 53 ? 0 : std::ldexp(1.0, format.min_exponent()));
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, p + i), b = hn::Load(d, q + i);
    const V rise = machine_sum(format, a, hn::Neg(b)), whole = machine_sum(format, b, all(1));
    const V exact = hn::Div(rise, whole), value = rounded_to(exact, format.precision);
    const M inside = hn::And(hn::And(is_number(format, rise), is_number(format, whole)),
                             hn::And(is_number(format, value), hn::Ne(whole, all(0))));
    const M subnormal = hn::And(hn::Lt(hn::Abs(exact), least), hn::Ne(exact, all(0)));
    const V told = hn::IfThenElse(subnormal, all(unbounded), value);
    hn::Store(machine_result_of(a, b, inside, told), d, quotient + i);
  });
}

/// (A + D)·2^n − 1 as a pair in units of 2^n, and what is left out.
struct LessOne {
  V hi, lo, error;
};
HWY_INLINE LessOne less_one(const Set& point, V n) {
  const Pair whole = exact_sum(point.anchor, hn::Neg(two_to(hn::Max(hn::Neg(n), all(-1000)))));
  const V rest = hn::Add(whole.lo, point.lo);
  const Pair sum = exact_sum(whole.hi, rest);
  return {sum.hi, sum.lo, hn::MulAdd(hn::Abs(rest), all(2 * unit), point.error)};
}

HWY_INLINE void machine_points_less_one(const Format& format, const SetBlock& points,
                                        double* data) {
  const D d;
  const int p = format.precision;
  each_vector([&](std::size_t i) HWY_ATTR {
    const Set point = load(points, i);
    // A power that is smaller still is as little beside 1.
    const V n = hn::Min(hn::Max(point.n, all(-900)), all(format.max_exponent));
    const LessOne t = less_one(point, n);
    const V off = hn::MulAdd(hn::Add(hn::Abs(t.lo), t.error), all(1 + 0x1p-20), all(0));
    const V size = hn::Abs(t.hi), margin = hn::MulAdd(size, all(2 * unit), off);
    const V low = rounded_to(hn::Sub(size, margin), p), high = rounded_to(hn::Add(size, margin), p);
    M certain = hn::Eq(low, high);
    if (p == 53) {  // half the distance to the next number, on the denser side
      const V binade = binade_of(size);
      const V reach =
          hn::Mul(binade, hn::IfThenElse(hn::Eq(size, binade), all(0x1p-54), all(unit)));
      certain = hn::Lt(off, reach);
    }
    const V value = hn::Mul(hn::CopySign(p == 53 ? size : low, t.hi), two_to(n));
    const V least = all(std::ldexp(1.0, format.min_exponent()));
    const M normal = hn::And(hn::Ge(hn::Abs(value), least), is_number(format, value));
    const V told = hn::IfThenElse(hn::And(certain, normal), value, all(unbounded));
    const M over = hn::Gt(point.n, all(format.max_exponent));
    hn::Store(hn::IfThenElse(over, all(not_known), told), d, data + i);
  });
}

/// machine_apart() for t = a^x − 1, x being off by some 2^-p of itself.
///
/// With z = x·ln a, t changes by at most (1 + |z|)·δ of itself for a change of x by δ of itself;
/// from the least normal result on x is off by less than 2^(2−p).
HWY_INLINE void machine_apart_less_one(const Format& format, const BulkFilter::Plan& plan,
                                       const double* left, const double* right,
                                       const double* exponents, double* ulps) {
  const D d;
  const double of_x = std::ldexp(1.0, 2 - format.precision);
  each_vector([&](std::size_t i) HWY_ATTR {
    const V x = hn::Load(d, exponents + i);
    const Scaled t = wide_enclosed<BulkFilter::Kind::power_minus_one>(plan, x);
    const V z = hn::Mul(hn::Abs(x), all(plan.log2_base_high));
    const V change = hn::MulAdd(z, all(of_x), all(of_x));
    const M slight = hn::Le(change, all(0.25));
    const V size = hn::Mul(hn::Add(t.t.anchor, t.t.below), all(1 - 0x1p-50));
    const V least = hn::Mul(size, hn::Sub(all(1), hn::IfThenElseZero(slight, change)));
    const V drop = hn::IfThenZeroElse(slight, hn::Ceil(hn::Mul(change, all(1.5))));
    const M usual = hn::And(t.t.known, hn::Ge(least, all(0x1p-1000)));
    const V of_least = hn::Sub(exponent_of(hn::IfThenElse(usual, least, all(1))), drop);
    const V low = hn::IfThenElse(usual, hn::Add(of_least, t.n), all(not_known));
    const V l = hn::Load(d, left + i), r = hn::Load(d, right + i);
    hn::Store(apart_in_ulps(format, l, r, low), d, ulps + i);
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
