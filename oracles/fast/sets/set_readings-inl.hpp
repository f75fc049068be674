// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// How two sides of a law meet, and what a machine makes of them; compiled once for each instruction
// set. The bounds of sums are derived where they are made, u = 2^-53.
#if defined(NAPIER_SET_READINGS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_SET_READINGS
#undef NAPIER_SET_READINGS
#else
#define NAPIER_SET_READINGS
#endif

#include "oracles/fast/sets/set_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// The binade of a set's upper end, less its n: from -1 to 2.
struct TopBinade {
  V step;
  M certain;
};
HWY_INLINE TopBinade binade_of_top(const Set& set) {
  const V offset = hn::Add(set.lo, set.width);
  const V of_width = hn::Mul(set.width, hn::Add(set.stretch, all(4 * unit)));
  const V margin = hn::Add(of_width, hn::MulAdd(hn::Abs(set.lo), all(4 * unit), set.error));
  TopBinade top{all(-1), hn::Eq(offset, offset)};
  const M exact = hn::Eq(margin, all(0));  // the anchor alone: it may be a power of two
  for (const double power : {0.5, 1.0, 2.0, 4.0}) {
    const V over = hn::Add(hn::Sub(set.anchor, all(power)), offset);
    const M reached = hn::Ge(over, all(0));
    // The sums are rounded too, but not beyond 2u of themselves.
    const M far = hn::Gt(hn::Mul(hn::Abs(over), all(1 - 0x1p-50)), margin);
    top.certain = hn::And(top.certain, hn::Or(exact, far));
    if (power == 0.5)
      top.certain = hn::And(top.certain, reached);
    else
      top.step = hn::Add(top.step, hn::IfThenElseZero(reached, all(1)));
  }
  return top;
}

/// Can others decide how sets lie that are a^x less one to them, too? They have 8p + 64 bits, and
/// move a set by M + N + MN, where N is next to −1 or infinite. Two without an end always meet.
HWY_INLINE M decided_less_one(const Format& format, const Set& left, const Set& right) {
  const M left_open = is_unbounded(left), right_open = is_unbounded(right);
  const V from = hn::IfThenElseZero(right_open, all(format.max_exponent));
  const M kept = hn::Ge(right.n, hn::Sub(from, all(4 * format.precision + 40)));
  const M told = hn::And(kept, hn::Lt(right.n, all(unbounded)));
  return hn::Or(told, hn::And(left_open, right_open));
}

/// … and that of a set of a^x less one, where its upper end M may be next to 0 or to −1.
HWY_INLINE TopBinade binade_of_top_less_one(const Set& set) {
  const M usual = hn::Le(hn::Abs(set.n), all(900));
  const V n = hn::IfThenElse(usual, set.n, hn::Max(hn::Min(set.n, all(900)), all(0)));
  const Pair whole = exact_sum(set.anchor, hn::Neg(two_to(hn::Neg(n))));
  const V rest = hn::Add(whole.lo, hn::Add(set.lo, set.width));
  const Pair sum = exact_sum(whole.hi, rest);
  // Three sums are rounded. Others have a hundred bits, of which those of the width may remain.
  const V of_sums = hn::MulAdd(hn::Add(hn::Abs(set.lo), hn::Abs(rest)), all(4 * unit), set.error);
  const V own = hn::MulAdd(set.width, hn::Add(set.stretch, all(0x1p-44)), of_sums);
  const V error = hn::MulAdd(hn::Abs(sum.hi), all(0x1p-90), own);
  const M negative = hn::Lt(sum.hi, all(0));
  const V offset = hn::IfThenElse(negative, hn::Neg(sum.lo), sum.lo);
  Enclosed t = around(hn::Abs(sum.hi), offset, error, usual);
  place_exactly(t);
  const M far = hn::Gt(t.anchor, hn::Mul(error, all(4)));
  const M high = hn::Gt(set.n, all(900));
  const M placed = hn::And(hn::And(t.placed, far), hn::Or(usual, high));
  return {exponent_of(hn::IfThenElse(placed, t.binade, all(1))), placed};
}

/// Two sets in the units of the second, whose lower ends are `low` apart.
struct Sides {
  V low, left_width, right_width;
  V error;    ///< of `low`
  V stretch;  ///< relative error of the widths, with room for sums of them
  M near;     ///< a few dozen binades apart at most
  M both_from_zero;
};
HWY_INLINE Sides sides_of(const Set& left, const Set& right) {
  const V apart = hn::Sub(left.n, right.n);
  const M near = hn::Le(hn::Abs(apart), all(60));
  const V scale = two_to(hn::IfThenElse(near, apart, all(0)));
  const V left_lo = hn::Mul(left.lo, scale);
  const Pair gap = exact_sum(hn::Mul(left.anchor, scale), hn::Neg(right.anchor));
  const M both_from_zero = hn::And(is_at_zero(left), is_at_zero(right));
  const V low = hn::IfThenZeroElse(both_from_zero,
                                   hn::Add(gap.hi, hn::Add(gap.lo, hn::Sub(left_lo, right.lo))));
  // Three sums, each at most all three terms: 4u of them.
  const V size = hn::Add(hn::Abs(gap.hi), hn::Add(hn::Abs(left_lo), hn::Abs(right.lo)));
  const V inherited = hn::MulAdd(left.error, scale, right.error);
  const V error = hn::IfThenZeroElse(
      both_from_zero, hn::MulAdd(size, all(5 * unit), hn::Mul(inherited, all(1.01))));
  const V stretch = hn::Add(hn::Max(left.stretch, right.stretch), all(8 * unit));
  return {low, hn::Mul(left.width, scale), right.width, error, stretch, near, both_from_zero};
}

/// Two sets of which one has no end, or both.
struct OpenSides {
  M meet;         ///< they certainly share a point
  M say_nothing;  ///< … and whatever the numbers were, they would
  V room, error;  ///< else: how far the one without an end is from lying above the other
  M second;       ///< which is the second
  M placed;       ///< else the second is where numbers have the largest ulps, and the room is known
};
HWY_INLINE OpenSides open_sides(const Format& format, const Set& left, const Set& right,
                                const Sides& sides) {
  const V left_error = hn::MulAdd(sides.left_width, sides.stretch, sides.error);
  const V right_error = hn::MulAdd(sides.right_width, sides.stretch, sides.error);
  // A lower end is below 2½, and an upper one above ¼ unless the set begins at 0.
  const V apart = hn::Sub(left.n, right.n);
  const M reaches_right =
      hn::Or(hn::And(sides.near, hn::Gt(hn::Add(sides.low, sides.left_width), left_error)),
             hn::AndNot(is_at_zero(left), hn::And(hn::Ge(apart, all(4)), hn::IsFinite(apart))));
  const M reaches_left =
      hn::Or(hn::And(sides.near, hn::Gt(hn::Sub(sides.right_width, sides.low), right_error)),
             hn::AndNot(is_at_zero(right), hn::And(hn::Le(apart, all(-4)), hn::IsFinite(apart))));
  const M left_open = is_unbounded(left), right_open = is_unbounded(right);
  const M known = hn::And(hn::Eq(left.anchor, left.anchor), hn::Eq(right.anchor, right.anchor));
  const M everything =
      hn::Or(hn::And(left_open, is_at_zero(left)), hn::And(right_open, is_at_zero(right)));
  const M nothing = hn::Or(everything, hn::And(left_open, right_open));
  const M right_alone = hn::AndNot(left_open, right_open);
  const M left_alone = hn::AndNot(right_open, left_open);
  const M meets = hn::Or(
      nothing, hn::Or(hn::And(right_alone, reaches_right), hn::And(left_alone, reaches_left)));
  // An upper end of at least 2^(emax + 3) that is twice the lower one is 2^(p+1) ulps above it.
  const V vast = all(format.max_exponent + 5);
  const M far_above =
      hn::Or(hn::And(right_alone, hn::And(hn::Ge(left.n, vast), hn::Ge(apart, all(5)))),
             hn::And(left_alone, hn::And(hn::Ge(right.n, vast), hn::Le(apart, all(-5)))));
  // From half of 2^(emax + 1) on the second has the largest ulps.
  const M placed = hn::And(hn::And(hn::Eq(right.n, all(format.max_exponent + 1)), sides.near),
                           hn::Ge(hn::Add(right.anchor, right.lo), all(0.51)));
  const V width = hn::IfThenElse(right_alone, sides.left_width, sides.right_width);
  const V near_room =
      hn::IfThenElse(right_alone, hn::Add(sides.low, width), hn::Sub(width, sides.low));
  // Of a second set far above the first the first's 2^-58 is all that is left out.
  const M much_below = hn::And(left_alone, hn::And(hn::Le(apart, all(-61)), hn::IsFinite(apart)));
  const V top = hn::Add(right.anchor, hn::Add(right.lo, right.width));
  const V room = hn::IfThenElse(much_below, top, near_room);
  const V rounded = hn::MulAdd(hn::Add(width, hn::Abs(room)), sides.stretch, sides.error);
  const V error = hn::Add(rounded, hn::IfThenElseZero(much_below, all(0x1p-48)));
  return {hn::And(known, meets),
          hn::Or(nothing, far_above),
          room,
          error,
          hn::And(left_alone, hn::Or(much_below, sides.near)),
          placed};
}

/// How far apart two sets are that certainly share no point, as a part of their widths: at least
/// that far. NaN where that is not certain, as where one begins at 0 or has no end.
///
/// Near each other, the gap between them is off by `error`, their middles by twice that, and the
/// widths by `stretch` of themselves. Else the greater, of 2^n, is above 2^n/4, the other below
/// 6·2^(n − 60), and their middles are less than 7·2^n apart, twice that from end to end.
HWY_INLINE V share_apart(const Set& left, const Set& right, const Sides& sides) {
  const V width = hn::Add(sides.left_width, sides.right_width);
  const V error = hn::MulAdd(width, sides.stretch, sides.error);
  const M gap = hn::Or(hn::Lt(hn::Add(sides.low, sides.left_width), hn::Neg(error)),
                       hn::Lt(hn::Sub(sides.right_width, sides.low), hn::Neg(error)));
  const V middle =
      hn::Abs(hn::Add(hn::Add(sides.low, sides.low), hn::Sub(sides.left_width, sides.right_width)));
  const V least_width = hn::NegMulAdd(width, hn::Mul(sides.stretch, all(2)), width);
  const V near_share = hn::Div(hn::MulAdd(error, all(2.01), middle), least_width);
  const V far_width = hn::IfThenElse(hn::Gt(left.n, right.n), left.width, right.width);
  const V far_share = hn::Div(all(15), far_width);
  const M one_end = hn::Or(hn::Or(is_at_zero(left), is_at_zero(right)),
                           hn::Or(is_unbounded(left), is_unbounded(right)));
  const M bounded = hn::AndNot(one_end, hn::IsFinite(hn::Sub(left.n, right.n)));
  const M known = hn::And(
      bounded, hn::And(hn::Eq(left.anchor, left.anchor), hn::Eq(right.anchor, right.anchor)));
  const M certain = hn::And(known, hn::Or(hn::Not(sides.near), gap));
  const V share = hn::IfThenElse(sides.near, near_share, far_share);
  return hn::IfThenElse(certain, hn::Mul(share, all(1 + 0x1p-40)), all(not_known));
}

/// Two sets of which the second begins at 0, where they end far from each other.
struct FromZero {
  V doubt;   ///< relative, of their widths, where the lesser one stands for any that is as narrow
  M inside;  ///< the first lies within the second
  M beyond;  ///< the second reaches beyond the largest ulps, is a binade of them wide, and meets
};
template <bool less_one>
HWY_INLINE FromZero brought_near(const Format& format, Set& left, Set& right) {
  const M bounded = hn::Not(hn::Or(is_unbounded(left), is_unbounded(right)));
  const M second = hn::And(bounded, is_at_zero(right)), both = hn::And(second, is_at_zero(left));
  if (HWY_LIKELY(hn::AllFalse(D(), second))) return {all(0), none(), none()};
  // Whatever is narrower than 4 of 2^60 is not seen. Of the second the ulp has to be known: that
  // of all subnormal numbers, or, less one, what it is already.
  const V below_left = hn::Sub(left.n, all(60)), below_right = hn::Sub(right.n, all(60));
  const M placed = less_one ? both : hn::Le(below_left, all(format.min_exponent() - 3));
  const M right_far = hn::And(hn::And(both, hn::Lt(right.n, below_left)), placed);
  const M left_far = hn::And(second, hn::Lt(left.n, below_right));
  const M vast =
      hn::And(hn::Ge(right.n, all(format.max_exponent + 24)), hn::Ge(right.width, all(0x1p-20)));
  left.n = hn::IfThenElse(left_far, below_right, left.n);
  right.n = hn::IfThenElse(right_far, below_left, right.n);
  const V wide = hn::IfThenElse(right_far, left.width, right.width);
  return {hn::IfThenElseZero(hn::Or(left_far, right_far), hn::Div(all(0x1p-57), wide)), left_far,
          hn::And(both, vast)};
}

/// See law_judge.cpp, its how_consistent().
template <bool less_one>
HWY_INLINE void meet_in(const Format& format, const SetBlock& lefts, const SetBlock& rights,
                        MeetingBlock& met) {
  const D d;
  const V vacuous = two_to(all(format.precision - 1));
  each_vector([&](std::size_t i) HWY_ATTR {
    Set left = load(lefts, i), right = load(rights, i);
    if constexpr (less_one)
      right.anchor =
          hn::IfThenElse(decided_less_one(format, left, right), right.anchor, all(not_known));
    const TopBinade top = less_one ? binade_of_top_less_one(right) : binade_of_top(right);
    const V top_n = right.n;
    hn::Store(share_apart(left, right, sides_of(left, right)), d, &met.share_apart[i]);
    const FromZero from_zero = brought_near<less_one>(format, left, right);
    const Sides sides = sides_of(left, right);
    const V width = hn::Add(sides.left_width, sides.right_width);
    const V error = hn::MulAdd(width, sides.stretch, sides.error);
    const M overlap = hn::And(hn::Gt(hn::Add(sides.low, sides.left_width), error),
                              hn::Gt(hn::Sub(sides.right_width, sides.low), error));
    const M meets = hn::Or(hn::Or(sides.both_from_zero, from_zero.inside), overlap);

    const V to_normal = hn::Sub(all(format.min_exponent()), right.n);
    const V to_largest = hn::Sub(all(format.max_exponent), right.n);
    const V step = hn::Add(top.step, hn::Sub(top_n, right.n));
    const V binade = hn::Min(hn::Max(step, to_normal), to_largest);
    const V two_ulps = two_to(hn::Add(binade, all(2 - format.precision)));
    const M placed = less_one ? top.certain : hn::Or(top.certain, hn::Ge(to_normal, all(3)));
    const V radius = hn::Div(width, two_ulps);
    // Others take it outwards from ends that are enclosed with a hundred bits. Each is off by less
    // than 2^-94 of itself, which is below 2^53 ulps, as those of a product of most_factors are; or
    // it is a power of a large exponent, and off by a sixteenth of what it is here. Where powers
    // less one cancel it is large beside an ulp, but below 2^53 widths: off by 2^-41 of these.
    const V of_ends = hn::Div(hn::Mul(sides.error, all(0.25)), two_ulps);
    const V relative = hn::MulAdd(sides.stretch, all(3), hn::Add(from_zero.doubt, all(0x1p-38)));
    const V off = hn::MulAdd(radius, relative, hn::Add(of_ends, all(0x1p-39)));
    const V least = hn::Sub(radius, off), most = hn::Add(radius, off);
    const M finite = hn::Lt(most, vacuous), says_nothing = hn::Ge(least, vacuous);
    const M told = hn::Or(finite, says_nothing);

    const V middle = hn::Abs(
        hn::Add(hn::Add(sides.low, sides.low), hn::Sub(sides.left_width, sides.right_width)));
    const V share = hn::Div(hn::MulAdd(error, all(2.01), middle), width);
    const M sharp = hn::AndNot(hn::Or(is_at_zero(left), is_at_zero(right)), finite);

    const M bounded = hn::Not(hn::Or(is_unbounded(left), is_unbounded(right)));
    const M certain = hn::And(hn::And(hn::And(sides.near, meets), bounded),
                              hn::And(hn::And(placed, told), hn::Gt(width, all(0))));
    const OpenSides ends = open_sides(format, left, right, sides);
    const M open = hn::Or(hn::And(ends.meet, ends.say_nothing), from_zero.beyond);
    const V part = hn::IfThenElseZero(sharp, hn::Mul(share, all(1 + 0x1p-40)));
    // The largest ulps are those of 2^emax.
    const V ulp =
        hn::IfThenElse(ends.second, hn::Mul(two_ulps, all(0.5)), two_to(all(-format.precision)));
    const V one_way = hn::Div(ends.room, ulp);
    const V one_way_off =
        hn::Add(hn::Div(ends.error, ulp), hn::MulAdd(one_way, all(0x1p-38), all(0x1p-39)));
    const V least_one_way = hn::Sub(one_way, one_way_off),
            most_one_way = hn::Add(one_way, one_way_off);
    const M ends_placed =
        hn::Or(hn::And(ends.second, placed), hn::AndNot(ends.second, ends.placed));
    const M few = hn::Lt(most_one_way, vacuous), many = hn::Ge(least_one_way, vacuous);
    const M by_one_way = hn::AndNot(hn::Or(bounded, open),
                                    hn::And(hn::And(ends.meet, ends_placed), hn::Or(few, many)));
    const auto seen = [&](V resolution, V of_one_way) HWY_ATTR {
      const V closed = hn::IfThenElse(finite, resolution, all(unbounded));
      const V one_sided = hn::IfThenElse(few, of_one_way, all(unbounded));
      return hn::IfThenElse(
          open, all(unbounded),
          hn::IfThenElse(by_one_way, one_sided, hn::IfThenElse(certain, closed, all(not_known))));
    };
    hn::Store(seen(least, least_one_way), d, &met.least_resolution[i]);
    hn::Store(seen(most, most_one_way), d, &met.most_resolution[i]);
    hn::Store(hn::IfThenElse(bounded, part, all(0)), d, &met.share[i]);
  });
}

HWY_INLINE void meet(const Format& format, const SetBlock& lefts, const SetBlock& rights,
                     MeetingBlock& met) {
  meet_in<false>(format, lefts, rights, met);
}
HWY_INLINE void meet_less_one(const Format& format, const SetBlock& lefts, const SetBlock& rights,
                              MeetingBlock& met) {
  meet_in<true>(format, lefts, rights, met);
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
