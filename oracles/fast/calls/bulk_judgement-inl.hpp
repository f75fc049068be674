// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the bulk filter says of calls, given the enclosures of bulk_kernels-inl.hpp; compiled once
// for each instruction set as they are.
//
// What is compared is w = y − A ∓ limit·ulp against an end of d. y − A is exact where it decides:
// data of 24 bits at most 20 binades from A, A a power of two or itself a datum. limit·ulp is
// exact, ulp being a power of two. Their sum is rounded, by u of itself, and is only close to an
// end of d if it is about as large: of the 64u·|d| by which the ends are apart from d no more than
// 34u are used up (bulk_kernels-inl.hpp), so that there is room; and where d is exactly 0 a sum has
// the right sign. Where A is none of these (a value of its own, d = ±2^-45·A) the subtraction is
// off by at most 8A·u and the sum by 16A·u, which 2^-45 leaves room for beside 2^-47.
#if defined(NAPIER_BULK_JUDGEMENT) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_JUDGEMENT
#undef NAPIER_BULK_JUDGEMENT
#else
#define NAPIER_BULK_JUDGEMENT
#endif

#include "oracles/fast/calls/bulk_quick-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

HWY_INLINE V bit_if(M mask, std::uint64_t bit) {
  return hn::IfThenElseZero(mask, hn::BitCast(D(), hn::Set(DU(), bit)));
}

/// Is a result the rounding of t in the plan's mode? Neither where that is not certain.
struct Rounded {
  M right, wrong;
};

/// `away`: rounds_away(); `size`: |y|, w from the anchor; the binade and the ulp of t.
HWY_INLINE Rounded rounding_of(const BulkFilter::Plan& plan, const Enclosed& t, M away, V size, V w,
                               V binade, V least_binade, V ulp) {
  if (plan.rounding == Rounding::nearest) {
    const V half = hn::Mul(all(0.5), ulp);
    const V lower = hn::Sub(w, half), upper = hn::Add(w, half);
    return {hn::And(hn::Lt(lower, t.below), hn::Lt(t.above, upper)),
            hn::Or(hn::Gt(lower, t.above), hn::Lt(upper, t.below))};
  }
  const V lower = hn::Sub(w, ulp), upper = hn::Add(w, ulp);
  const M right_away = hn::And(hn::Ge(w, t.above), hn::Lt(lower, t.below));
  const M wrong_away = hn::Or(hn::Lt(w, t.below), hn::Gt(lower, t.above));
  // Below a power of two the data are half an ulp(t) apart: y has to share t's binade.
  const M same_binade = hn::Or(hn::Ge(size, binade), hn::Le(binade, least_binade));
  const M right_toward = hn::And(hn::And(hn::Le(w, t.below), hn::Gt(upper, t.above)), same_binade);
  const M wrong_toward =
      hn::Or(hn::Or(hn::Gt(w, t.above), hn::Lt(upper, t.below)), hn::Not(same_binade));
  return {hn::Or(hn::And(away, right_away), hn::AndNot(away, right_toward)),
          hn::Or(hn::And(away, wrong_away), hn::AndNot(away, wrong_toward))};
}

/// Where |t| lies among the powers of two: in the anchor's binade P, in 2·P, P/2 or P/4.
struct Place {
  V binade;
  M known;
};
HWY_INLINE Place place_of(const Enclosed& t) {
  const V p = binade_of(t.anchor);
  const V to_p = hn::Sub(p, t.anchor), to_2p = hn::Add(p, to_p);
  const V half = hn::Mul(p, all(0.5)), quarter = hn::Mul(p, all(0.25));
  const V to_half = hn::Sub(half, t.anchor), to_quarter = hn::Sub(quarter, t.anchor);
  const M in_2p = hn::Ge(t.below, to_2p);
  const M in_p = hn::And(hn::Ge(t.below, to_p), hn::Lt(t.above, to_2p));
  const M in_half = hn::And(hn::Ge(t.below, to_half), hn::Lt(t.above, to_p));
  const M in_quarter = hn::And(hn::Ge(t.below, to_quarter), hn::Lt(t.above, to_half));
  V binade = hn::IfThenElse(in_2p, hn::Add(p, p), p);
  binade = hn::IfThenElse(in_half, half, hn::IfThenElse(in_quarter, quarter, binade));
  return {binade, hn::Or(hn::Or(in_2p, in_p), hn::Or(in_half, in_quarter))};
}

/// |t| = anchor + d against |y|: how far apart, in which binade, rounded which way.
HWY_INLINE V judged(const BulkFilter::Plan& plan, const Enclosed& t, V y, V limit) {
  const V size = hn::IfThenElse(t.negative, hn::Neg(y), y);
  const V top = all(first_beyond(plan));
  const M infinite = hn::Eq(size, all(std::numeric_limits<double>::infinity()));
  const V comparand = hn::IfThenElse(infinite, top, size);

  const auto [binade, placed] = place_of(t);
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
  const V slack = hn::Mul(limit, ulp);
  M within = hn::And(
      known, hn::And(hn::Le(hn::Sub(w, slack), t.below), hn::Le(t.above, hn::Add(w, slack))));

  const bool nearest = plan.rounding == Rounding::nearest;
  const M away = rounds_away(plan, t.negative);
  const auto [right, wrong] = rounding_of(plan, t, away, comparand, w, binade, least_binade, ulp);

  // Beyond every number an infinity is without an error, and where a mode stops at the largest
  // number that has an error of 1.
  const M beyond = hn::And(hn::And(t.known, placed), hn::Ge(binade, top));
  const M overflows = nearest ? hn::Eq(y, y) : away;
  const V largest = hn::Sub(top, hn::Mul(top, two_to(all(-plan.precision))));
  const M at_inf = hn::And(beyond, infinite);
  const M at_largest = hn::AndNot(overflows, hn::And(beyond, hn::Eq(size, largest)));
  const auto ruled = [&](M usual, M saturated)
                         HWY_ATTR { return hn::Or(hn::AndNot(beyond, usual), saturated); };
  within = ruled(within, hn::Or(hn::And(at_inf, hn::Ge(limit, all(0))),
                                hn::And(at_largest, hn::Ge(limit, all(1)))));
  const M ruled_right =
      ruled(hn::And(right, known), hn::Or(hn::And(at_inf, overflows), at_largest));
  const M ruled_wrong = ruled(hn::And(wrong, known), hn::AndNot(overflows, at_inf));

  V word = bit_if(within, bulk_word::within);
  word = hn::Or(word, bit_if(hn::Or(ruled_right, ruled_wrong), bulk_word::rounding_known));
  word = hn::Or(word, bit_if(ruled_wrong, bulk_word::misrounded));
  return hn::IfThenElse(t.no_value, bit_if(t.no_value, bulk_word::no_value), word);
}

constexpr double farthest_place = 0x1p1000;

/// The results that t is compared with, in the units in which t is enclosed.
struct Scale {
  V size;          ///< |y|, negative where y has not the sign of t
  V place;         ///< where that stands
  V w;             ///< place − anchor
  V least_binade;  ///< 2^emin
  V top;           ///< first_beyond()
  M vast;          ///< the place is nearer to 0 than it should be
};

/// Where a result stands: an infinity at ±2^(emax+1), as if it were the next number; what is
/// beyond 2^1000 there. Errors from there are far above those of any t below 2^(emax+1), and least
/// errors.
struct Standing {
  V place;
  M vast;
};
HWY_INLINE Standing standing_of(V size, V top) {
  const V farthest = hn::Min(top, all(farthest_place));
  const M beyond = hn::Gt(hn::Abs(size), farthest);
  return {hn::IfThenElse(beyond, hn::CopySign(farthest, size), size),
          hn::And(beyond, hn::Ge(top, all(farthest_place)))};
}

template <bool may_be_negative>
HWY_INLINE Scale unscaled(const BulkFilter::Plan& plan, const Enclosed& t, V y) {
  const V size = may_be_negative ? hn::IfThenElse(t.negative, hn::Neg(y), y) : y;
  const V top = all(first_beyond(plan));
  const Standing y_stands = standing_of(size, top);
  return {size, y_stands.place, hn::Sub(y_stands.place, t.anchor), two_to(all(plan.min_exponent)),
          top,  y_stands.vast};
}

/// Divided by 2^n. Powers of two that are far from |t|'s binade are moved to where they still are.
/// Where a subnormal is not like its anchor w is a rounded difference: t takes what it leaves.
template <bool may_be_negative>
HWY_INLINE Scale scaled(const BulkFilter::Plan& plan, Enclosed& t, V n, V y) {
  const V oriented_y = may_be_negative ? hn::IfThenElse(t.negative, hn::Neg(y), y) : y;
  const V some = hn::Floor(hn::Mul(n, all(0.5)));
  const V size = hn::Mul(hn::Mul(oriented_y, two_to(hn::Neg(some))), two_to(hn::Sub(some, n)));
  const V top = two_to(hn::Min(hn::Sub(all(plan.max_exponent + 1), n), all(1000)));
  const Standing y_stands = standing_of(size, top);
  const Pair w = exact_sum(y_stands.place, hn::Neg(t.anchor));
  t.below = hn::Sub(t.below, w.lo);
  t.above = hn::Sub(t.above, w.lo);
  return {size, y_stands.place,
          w.hi, two_to(hn::Max(hn::Sub(all(plan.min_exponent), n), all(-1000))),
          top,  y_stands.vast};
}

/// The farthest result from a rounded anchor that passes() looks at, in ulps: there |w| <= A, where
/// the rounding errors are those of the note above. w is exact for every other anchor so near.
constexpr double farthest = 16;
/// … in binary64, where w is exact: what limits and edges in ulps round there is 2^-27 ulp.
constexpr double farthest_wide = 0x1p26;

HWY_INLINE V ulp_of(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y) {
  return hn::Mul(hn::Max(t.binade, y.least_binade), two_to(all(1 - plan.precision)));
}

/// On which side of an edge, in ulps, the error lies; of cases that passing() finds in order.
struct Side {
  M known, beyond;
};
HWY_INLINE Side side_of(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y,
                        double edge) {
  const V slack = hn::Mul(all(edge), ulp_of(plan, t, y));
  const V lower = hn::Sub(y.w, slack), upper = hn::Add(y.w, slack);
  const M beyond = hn::Or(hn::Gt(lower, t.above), hn::Lt(upper, t.below));
  return {hn::Or(beyond, hn::And(hn::Le(lower, t.below), hn::Le(t.above, upper))), beyond};
}

/// The same, where what is in order is certainly within the farthest.
HWY_INLINE Side side_of_near(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y,
                             double edge, double most) {
  const V anything = all(0);
  if (edge >= most) return {hn::Eq(anything, anything), none()};
  return side_of(plan, t, y, edge);
}

/// An error above 1 ulp, however large, to 2^-20 of itself, beside |t|'s ulp. No mode rounds t to
/// such a result.
///
/// An end of t is subtracted from w with an error of u of the difference, and w itself may be off
/// by u: it is at most the error and |d|. |d| is below 2^25 ulp in formats of up to 24 bits, next
/// to a scale 2^k of which t is at least 0.29, and far below that in binary64, where A is |t|
/// rounded. So all is off by less than 2^-27 ulp and 2u of the error.
///
/// An infinity is as far off as the place where it stands, |t| being below 2^(emax+1). Of a result
/// beyond 2^1000 (in units of 2^n in binary64) the place gives a least error and there is no
/// largest. A NaN where t is a number is off by more than anything.
///
/// Next to a result that is vast beside |t| all t of a binade have errors that are as good as one:
/// they are at most what is told exactly, that of 0, or, with other signs, the next double.
struct FarError {
  V least, most, ulp;
  M known;
};
HWY_INLINE V most_beside(const Enclosed& t, const Scale& y) {
  const V reach = hn::Abs(y.place);
  const V next = hn::BitCast(D(), hn::Add(hn::BitCast(DU(), reach), hn::Set(DU(), 1)));
  const M farther = hn::Gt(y.w, t.above),
          is_vast = hn::Gt(reach, hn::Mul(hn::Add(t.anchor, t.above), all(0x1p60)));
  return hn::IfThenElse(farther, reach, hn::IfThenElse(is_vast, next, all(BulkLimit::infinite)));
}
HWY_INLINE FarError far_error(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y) {
  const V one = hn::Sub(y.w, t.below), other = hn::Sub(y.w, t.above);
  const M one_side = hn::Or(hn::Gt(other, all(0)), hn::Lt(one, all(0)));
  const V least = hn::Mul(hn::Min(hn::Abs(one), hn::Abs(other)), all(1 - 0x1p-20));
  const V most =
      hn::Min(hn::Mul(hn::Max(hn::Abs(one), hn::Abs(other)), all(1 + 0x1p-20)), most_beside(t, y));
  const V ulp = ulp_of(plan, t, y), infinite = all(BulkLimit::infinite);
  const M usual = hn::And(hn::And(t.known, t.placed), hn::Lt(t.binade, y.top));
  const M far = hn::And(hn::And(usual, one_side), hn::Gt(least, ulp));
  const M nowhere = hn::And(hn::IsNaN(y.size), hn::AndNot(t.no_value, t.known));
  return {hn::IfThenElse(nowhere, infinite, least),
          hn::IfThenElse(hn::Or(nowhere, y.vast), infinite, most), ulp, hn::Or(far, nowhere)};
}

/// Results 0: of a |t| that is certainly below the least normal number, or may be not far above it.
struct Flushed {
  M below, open;
};
HWY_INLINE Flushed flushed(const Enclosed& t, const Scale& y) {
  const M zero = hn::Eq(y.size, all(0)), placed = hn::And(t.known, t.placed);
  const M below = hn::And(placed, hn::Lt(t.binade, y.least_binade));
  const M far_above = hn::And(placed, hn::Gt(t.binade, y.least_binade));
  return {hn::And(zero, below), hn::AndNot(hn::Or(below, far_above), zero)};
}

/// With the sign of t.
HWY_INLINE V signed_binade(const Enclosed& t) {
  return hn::IfThenElse(t.negative, hn::Neg(t.binade), t.binade);
}

HWY_INLINE M in_one_binade(const Scaled& a, const Scaled& b) {
  return hn::And(hn::Eq(a.n, b.n), hn::Eq(signed_binade(a.t), signed_binade(b.t)));
}

/// Is the result certainly farther from 0 than t, or nearer to it?
struct Beyond {
  M farther, nearer;
  M nowhere;  ///< it is a NaN
};
HWY_INLINE Beyond beyond(const Enclosed& t, const Scale& y) {
  return {hn::Gt(y.w, t.above), hn::Lt(y.w, t.below), hn::IsNaN(y.size)};
}

template <bool has_rounded_anchors>
HWY_INLINE Passing passing(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y,
                           V limit) {
  const V ulp = ulp_of(plan, t, y);
  // Beyond every number other rules hold: see saturated().
  M known =
      hn::And(hn::And(t.known, t.placed), hn::And(hn::Ge(y.size, all(0)), hn::Lt(t.binade, y.top)));
  if constexpr (has_rounded_anchors)
    known =
        hn::And(known, hn::Or(hn::Not(t.rounded), hn::Le(hn::Mul(ulp, all(farthest)), t.anchor)));

  const V slack = hn::Mul(limit, ulp);
  const M within =
      hn::And(hn::Le(hn::Sub(y.w, slack), t.below), hn::Le(t.above, hn::Add(y.w, slack)));
  const M away = rounds_away(plan, t.negative);
  const auto [right, wrong] =
      rounding_of(plan, t, away, y.size, y.w, t.binade, y.least_binade, ulp);
  const M decided = hn::And(hn::And(known, within), hn::Or(right, wrong));
  return {decided, hn::And(decided, wrong)};
}
HWY_INLINE M in_right_order(const Passing& p) { return hn::AndNot(p.wrong, p.in_order); }

/// Beyond every number, what the mode returns there: an infinity, without an error, or the largest
/// number, with an error of 1; or an infinity where the mode stops before it, without an error too.
HWY_INLINE Passing saturated(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y,
                             V limit) {
  const M beyond = hn::And(hn::And(t.known, t.placed), hn::Ge(t.binade, y.top));
  const bool nearest = plan.rounding == Rounding::nearest;
  const M overflows = nearest ? hn::Eq(y.top, y.top) : rounds_away(plan, t.negative);
  const V largest = hn::Sub(y.top, hn::Mul(y.top, two_to(all(-plan.precision))));
  const M at_inf =
      hn::And(hn::Eq(y.size, all(std::numeric_limits<double>::infinity())), hn::Ge(limit, all(0)));
  const M at_largest = hn::And(hn::Eq(y.size, largest), hn::Ge(limit, all(1)));
  const M wrong = hn::And(beyond, hn::AndNot(overflows, at_inf));
  return {hn::Or(hn::And(beyond, hn::Or(at_inf, hn::AndNot(overflows, at_largest))), wrong), wrong};
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
