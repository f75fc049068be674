// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// How far results are from what t rounds to, where their errors leave that in doubt; compiled once
// for each instruction set.
#if defined(NAPIER_BULK_DOUBT) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_DOUBT
#undef NAPIER_BULK_DOUBT
#else
#define NAPIER_BULK_DOUBT
#endif

#include "oracles/fast/calls/bulk_judgement-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// Is the result in another binade than t, or less than so many ulps below the next power of two?
/// Subnormal numbers, of both signs, share the lattice of the least binade.
HWY_INLINE M is_near_binades_end(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y,
                                 double ulps) {
  const V binade = hn::Max(t.binade, y.least_binade);
  const V last = hn::NegMulAdd(all(ulps), ulp_of(plan, t, y), hn::Add(binade, binade));
  const M below = hn::And(hn::Gt(t.binade, y.least_binade), hn::Lt(y.size, binade));
  return hn::Or(below, hn::Not(hn::Le(y.size, last)));
}

/// Is the result at most so many ulps(r) from r, to which t rounds, or more? Neither where r is not
/// certain; of results that are at most 2^22 ulps from t. To nearest r is told where it is a power
/// of two P, in a directed mode where t is less than an ulp from P: it is P or the next datum.
///
/// P is an end of t's binade, the nearer one. s = y − P is exact, y being between P/2 and 2P, and a
/// multiple of half an ulp(t), as s ± ½ ulp is. t − P = s − (w − d). To nearest it is below ½ ulp
/// if d is between w − (s ± ½ ulp), of which the sum rounds by u of |d| at most and w by what
/// far_error says: less than 2^-26 ulp together, far less than the 2^-20 that is taken off half an
/// ulp. In a directed mode c = s − w is A − P up to as much, which leaves room, too; where it is 0,
/// and A no value of its own, A is P, and d itself says on which side of P t lies.
///
/// Beyond P and below it r has the ulp of t, and P, where it ends t's binade, twice that.
struct FromRounding {
  M within, beyond;
};
/// A datum as an offset from P, where it is certain.
struct RoundedBeside {
  V offset;
  M known;
};
HWY_INLINE RoundedBeside rounded_beside(const BulkFilter::Plan& plan, const Enclosed& t, V w, V s,
                                        V ulp) {
  if (plan.rounding == Rounding::nearest) {
    const V half = hn::Mul(all(0.5 - 0x1p-20), ulp);
    return {all(0), hn::And(hn::Lt(hn::Sub(w, hn::Add(s, half)), t.below),
                            hn::Lt(t.above, hn::Sub(w, hn::Sub(s, half))))};
  }
  const V c = hn::Sub(s, w), room = hn::Mul(all(0x1p-20), ulp);
  const V off = hn::IfThenElse(hn::Or(t.rounded, hn::Ne(c, all(0))), room, all(0));
  const V lo = hn::Sub(hn::Add(c, t.below), off), hi = hn::Add(hn::Add(c, t.above), off);
  const M above = hn::And(hn::Gt(lo, all(0)), hn::Lt(hi, ulp));
  const M below = hn::And(hn::Lt(hi, all(0)), hn::Gt(lo, hn::Neg(ulp)));
  const M away = rounds_away(plan, t.negative);
  const V next = hn::IfThenElse(above, ulp, hn::Neg(ulp));
  const M is_next = hn::Or(hn::And(away, above), hn::AndNot(away, below));
  return {hn::IfThenElseZero(is_next, next), hn::Or(above, below)};
}
HWY_INLINE FromRounding beside_power(const BulkFilter::Plan& plan, const Enclosed& t,
                                     const Scale& y, double ulps) {
  const V binade = hn::Max(t.binade, y.least_binade), ulp = ulp_of(plan, t, y);
  const V middle = hn::Sub(hn::Mul(binade, all(1.5)), t.anchor);
  const V power = hn::IfThenElse(hn::Gt(t.below, middle), hn::Add(binade, binade), binade);
  const V s = hn::Sub(y.size, power);
  const RoundedBeside r = rounded_beside(plan, t, y.w, s, ulp);
  const M known = hn::And(hn::And(t.known, t.placed), hn::And(r.known, hn::Lt(power, y.top)));
  const V ulp_of_power = hn::Mul(power, two_to(all(1 - plan.precision)));
  const V reach = hn::Mul(all(ulps), hn::IfThenElse(hn::Eq(r.offset, all(0)), ulp_of_power, ulp));
  const M within = hn::Le(hn::Abs(hn::Sub(s, r.offset)), reach);
  return {hn::And(known, within), hn::AndNot(within, known)};
}

/// Does the result lie to that side of t to which the mode rounds t, or to the other? Of results an
/// ulp off or more; of a point, which may be a datum, nothing is told.
HWY_INLINE FromRounding by_side(const BulkFilter::Plan& plan, const Enclosed& t, const Scale& y) {
  const M farther = hn::Gt(y.w, t.above), away = rounds_away(plan, t.negative);
  const M same = hn::Or(hn::And(away, farther), hn::Not(hn::Or(away, farther)));
  const M is_no_point = hn::Lt(t.below, t.above);
  return {hn::And(is_no_point, same), hn::AndNot(same, is_no_point)};
}

/// Cases about which the errors above some edges leave doubt, and what is told of others by the
/// datum to which t rounds: see BulkFilter::Doubt.
struct Doubtful {
  M open, kept, broken;
};
/// `certain`: on which side of both edges of what is inside the errors lie.
template <class Cases, class IsBeyond>
HWY_INLINE Doubtful in_doubt(const Cases& cases, const BulkFilter::Doubt& doubt, std::size_t edges,
                             M certain, IsBeyond is_beyond) {
  if (doubt.above >= edges) return {none(), none(), none()};
  const M above = is_beyond(doubt.above);
  const M between = doubt.at_most < edges ? hn::AndNot(is_beyond(doubt.at_most), above) : above;
  const M open = hn::And(between, cases.is_near_binades_end(doubt.ulps));
  Doubtful told{open, none(), none()};
  if (!doubt.tells_more() || doubt.inside_broken >= edges) return told;
  if (doubt.by_side) {
    const M inside = hn::AndNot(is_beyond(doubt.inside_broken), is_beyond(doubt.inside_kept));
    const M in_question = hn::And(certain, hn::AndNot(open, inside));
    const FromRounding by_side = cases.by_side();
    told.kept = hn::And(in_question, by_side.within);
    told.broken = hn::And(in_question, by_side.beyond);
  }
  const bool by_power = doubt.of_power != 0 && !hn::AllFalse(D(), open);
  if (!by_power) return told;
  const FromRounding of_power = cases.beside_power(doubt.of_power);
  const M kept = hn::And(open, of_power.within), broken = hn::And(open, of_power.beyond);
  return {hn::AndNot(hn::Or(kept, broken), open), hn::Or(told.kept, kept),
          hn::Or(told.broken, broken)};
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
