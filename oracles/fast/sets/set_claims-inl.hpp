// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Sets in vectors, the arguments of calls and the claim sets of their results: what
// set_kernels-inl.hpp works with, compiled once for each instruction set. All of it is exact.
//
// Claim sets are defined by lib/target/claim_set.hpp, for limits of any size, in integers: it walks
// from binade to binade until it is in that of an end. Here limits are doubles of less than half a
// binade (SetPlan::of), so that an end is in the result's own binade or next to it, and a mask
// chooses. So these are two ways to one set, and no template over numbers and lanes would have one
// body. tests/oracles/claimed_sets_test.cpp compares them for every result of 16 bits.
#if defined(NAPIER_SET_CLAIMS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_SET_CLAIMS
#undef NAPIER_SET_CLAIMS
#else
#define NAPIER_SET_CLAIMS
#endif

#include <cmath>

#include "oracles/fast/calls/power_of_base-inl.hpp"
#include "oracles/fast/sets/set_block.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

inline constexpr double unit = 0x1p-53;
inline constexpr double largest_error_of_lo = 0x1p-40;
inline constexpr double largest_stretch = 0x1p-38;
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A set of each lane of a vector.
struct Set {
  V anchor, lo, width, error, stretch, n;
};

HWY_INLINE Set load(const SetBlock& block, std::size_t i) {
  const D d;
  return {hn::Load(d, &block.anchor[i]),  hn::Load(d, &block.lo[i]),
          hn::Load(d, &block.width[i]),   hn::Load(d, &block.error[i]),
          hn::Load(d, &block.stretch[i]), hn::Load(d, &block.n[i])};
}

HWY_INLINE M is_unbounded(const Set& set) { return hn::Eq(set.width, all(unbounded)); }
HWY_INLINE M is_at_zero(const Set& set) { return hn::Eq(set.lo, hn::Neg(set.anchor)); }

/// Where a set is not as all of them have to be nothing is known of it.
HWY_INLINE Set checked(Set set) {
  const M off_zero = hn::And(hn::Ge(set.lo, all(-0.75)), hn::Le(set.lo, all(0.5)));
  const M low_fits = hn::Or(off_zero, is_at_zero(set));
  const M high_fits = hn::Or(hn::Le(hn::Add(set.lo, set.width), all(4)), is_unbounded(set));
  const M known = hn::And(hn::Le(set.error, all(largest_error_of_lo)),
                          hn::Le(set.stretch, all(largest_stretch)));
  const M usual = hn::And(hn::And(low_fits, high_fits), known);
  set.anchor = hn::IfThenElse(usual, set.anchor, all(not_known));
  return set;
}

HWY_INLINE void store(const Set& set, SetBlock& block, std::size_t i) {
  const D d;
  hn::Store(checked(set).anchor, d, &block.anchor[i]);
  hn::Store(set.lo, d, &block.lo[i]);
  hn::Store(set.width, d, &block.width[i]);
  hn::Store(set.error, d, &block.error[i]);
  hn::Store(set.stretch, d, &block.stretch[i]);
  hn::Store(set.n, d, &block.n[i]);
}

/// The same set with its anchor, in [½, 4), in [1, 2).
HWY_INLINE Set normalised(const Set& set) {
  const M large = hn::Ge(set.anchor, all(2)), small = hn::Lt(set.anchor, all(1));
  const V scale = hn::IfThenElse(large, all(0.5), hn::IfThenElse(small, all(2), all(1)));
  const V step = hn::IfThenElse(large, all(1), hn::IfThenElse(small, all(-1), all(0)));
  return {hn::Mul(set.anchor, scale),
          hn::Mul(set.lo, scale),
          hn::Mul(set.width, scale),
          hn::Mul(set.error, scale),
          set.stretch,
          hn::Add(set.n, step)};
}

/// Calls use(i) for the first lane of every vector of a block.
template <class Use>
HWY_INLINE void each_vector(Use use) {
  static_assert(block_lanes % 8 == 0);
  for (std::size_t i = 0; i < block_lanes; i += hn::Lanes(D())) use(i);
}

/// A positive double as m·2^n, m in [1, 2).
struct Split {
  V m, n;
};
HWY_INLINE Split split(V x) {
  const DU du;
  const M tiny = hn::Lt(x, all(0x1p-1022));
  const auto bits = hn::BitCast(du, hn::IfThenElse(tiny, hn::Mul(x, all(0x1p54)), x));
  const auto field = hn::And(hn::ShiftRight<52>(bits), hn::Set(du, 0x7ff));
  const V biased = hn::BitCast(D(), hn::Or(field, hn::Set(du, std::uint64_t{0x433} << 52)));
  const V bias = hn::IfThenElse(tiny, all(0x1p52 + 1023 + 54), all(0x1p52 + 1023));
  const auto fraction = hn::And(bits, hn::Set(du, (1ull << 52) - 1));
  return {hn::BitCast(D(), hn::Or(fraction, hn::Set(du, std::uint64_t{1023} << 52))),
          hn::Sub(biased, bias)};
}

/// x to p bits, to nearest, ties to even, as if exponents had no end. 53 leaves it.
HWY_INLINE V rounded_to(V x, int p) {
  if (p == 53) return x;
  const DU du;
  const auto bits = hn::BitCast(du, x);
  const auto one = hn::Set(du, std::uint64_t{1} << (53 - p));
  const auto last = hn::And(bits, one);
  const auto less_than_half = hn::Set(du, (std::uint64_t{1} << (52 - p)) - 1);
  const auto last_bit = hn::IfThenElse(hn::Eq(last, one), hn::Set(du, 1), hn::Zero(du));
  const auto sum = hn::Add(hn::Add(bits, less_than_half), last_bit);
  return hn::BitCast(D(), hn::AndNot(hn::Sub(one, hn::Set(du, 1)), sum));
}

/// The first power of two beyond every number.
HWY_INLINE V beyond(const Format& format) {
  return all(format.max_exponent == 1023 ? unbounded : std::ldexp(1.0, format.max_exponent + 1));
}

/// Infinite where no number of the format is so large.
HWY_INLINE V with_overflow(const Format& format, V x) {
  const M over = hn::Ge(hn::Abs(x), beyond(format));
  return hn::IfThenElse(over, hn::CopySign(all(unbounded), x), x);
}

/// a + b rounded to p bits, for a = fl(a + b). A midpoint may be one only for want of bits: then b
/// says on which side of it the sum lies.
HWY_INLINE V pair_rounded_to(V a, V b, int p) {
  if (p == 53) return a;
  const DU du;
  const D d;
  const auto place = hn::Set(du, std::uint64_t{1} << (53 - p));
  const auto bits = hn::BitCast(du, a);
  const auto dropped = hn::And(bits, hn::Sub(place, hn::Set(du, 1)));
  const auto kept = hn::Sub(bits, dropped);
  const M midpoint = hn::RebindMask(d, hn::Eq(dropped, hn::Set(du, std::uint64_t{1} << (52 - p))));
  const M outward = hn::Eq(hn::CopySign(all(1), a), hn::CopySign(all(1), b));
  const V chosen =
      hn::IfThenElse(outward, hn::BitCast(d, hn::Add(kept, place)), hn::BitCast(d, kept));
  return hn::IfThenElse(hn::And(midpoint, hn::Ne(b, all(0))), chosen, rounded_to(a, p));
}

HWY_INLINE void add_arguments(const Format& format, const double* x, const double* y,
                              ArgumentBlock& sum) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const Pair s = exact_sum(hn::Load(d, x + i), hn::Load(d, y + i));
    // Below the least normal number sums are exact: the format's own grid is no finer.
    const V value = pair_rounded_to(s.hi, s.lo, format.precision);
    const Pair rest = exact_sum(hn::Sub(s.hi, value), s.lo);
    hn::Store(with_overflow(format, value), d, &sum.value[i]);
    hn::Store(rest.hi, d, &sum.remainder[i]);
    hn::Store(hn::Abs(rest.lo), d, &sum.slack[i]);
  });
}

HWY_INLINE void multiply_arguments(const Format& format, const double* x, const double* y,
                                   ArgumentBlock& product) {
  const D d;
  const int p = format.precision;
  // Adding it rounds to the grid of subnormal numbers.
  const V grid = all(p == 53 ? 0 : std::ldexp(1.5, 52 + format.least_exponent()));
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, x + i), b = hn::Load(d, y + i);
    const Pair exact = exact_product(a, b);
    const M small = hn::Lt(hn::Abs(exact.hi), all(std::ldexp(1.0, format.min_exponent())));
    V value = rounded_to(exact.hi, p);
    if (p != 53) value = hn::IfThenElse(small, hn::Sub(hn::Add(exact.hi, grid), grid), value);
    const Pair rest = exact_sum(hn::Sub(exact.hi, value), exact.lo);
    const V size = hn::Max(hn::Abs(a), hn::Abs(b));
    const M fits =
        hn::And(hn::Ge(hn::Abs(exact.hi), all(least_product)), hn::Le(size, all(0x1p990)));
    hn::Store(with_overflow(format, value), d, &product.value[i]);
    hn::Store(hn::IfThenElse(fits, rest.hi, all(not_known)), d, &product.remainder[i]);
    hn::Store(hn::Abs(rest.lo), d, &product.slack[i]);
  });
}

HWY_INLINE void logarithms(const double* a, double* logs) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V x = hn::Load(d, a + i);
    const Enclosed t = logarithm(x);
    const M known = hn::And(t.known, hn::Ge(x, all(0x1p-1022)));
    const V value = hn::IfThenElse(t.negative, hn::Neg(t.anchor), t.anchor);
    hn::Store(hn::IfThenElse(known, value, all(not_known)), d, logs + i);
  });
}

/// Offsets of the ends of a claim set from its number.
struct Ends {
  V lo, hi;
};

/// A result as m·2^n, with ulps of its own binade in units of 2^n.
struct ClaimedNumber {
  V m, n, ulp;
  M has_binade_below;  ///< of numbers twice as dense
  M largest, infinite;
  V size;  ///< m, but of 0 it is 0
  V x;     ///< the argument, where a limit grows with it
};

/// lib/target/claim_set.cpp, its within_ulp(): hi from the largest e with m + K·q(e) ≥ 2^e, lo from
/// the least with m − K·q(e) < 2^(e+1). With |K·ulp| ≤ ½ that e is m's own or its neighbour.
///
/// A limit that grows is rounded, as the ends of a bound are: where it is left open which e that
/// is, or whether all beyond are meant, nothing is known.
HWY_INLINE Ends within_limit(const SetPlan& plan, const ClaimedNumber& y) {
  const V growing = hn::MulAdd(hn::Abs(y.x), all(plan.limit_per_x), all(plan.limit));
  const V limit = plan.limit_per_x == 0 ? all(plan.limit) : growing;
  const V reach = hn::Mul(limit, y.ulp), farther = hn::Add(reach, reach);
  const V up_to_normal = hn::Max(hn::Sub(all(plan.min_exponent), y.n), all(0));
  const V top = two_to(hn::Add(up_to_normal, all(1)));
  const M reaches_next =
      hn::And(hn::Ge(farther, hn::Sub(top, y.m)), hn::Lt(y.n, all(plan.max_exponent)));
  const V nearer = hn::Mul(reach, all(0.5)), down_to_binade = hn::Sub(all(1), y.m);
  const M reaches_below = hn::And(y.has_binade_below, hn::Lt(hn::Neg(nearer), down_to_binade));
  const V own =
      hn::IfThenElse(y.has_binade_below, hn::Max(hn::Neg(reach), down_to_binade), hn::Neg(reach));
  const V below = hn::Max(hn::Neg(nearer), hn::Sub(all(0.5), y.m));
  const bool stops = plan.rounding == Rounding::down || plan.rounding == Rounding::zero;
  const M stopped = hn::And(y.largest, hn::Ge(limit, all(1)));
  const M all_beyond = stops ? hn::Or(stopped, y.infinite) : y.infinite;
  const V hi =
      hn::IfThenElse(all_beyond, all(unbounded), hn::IfThenElse(reaches_next, farther, reach));
  const Ends ends{hn::IfThenElse(reaches_below, below, own), hi};
  if (plan.limit_per_x == 0) return ends;
  const auto is_close = [](V a, V b) HWY_ATTR {
    return hn::Le(hn::Abs(hn::Sub(a, b)), hn::Mul(hn::Abs(a), all(0x1p-44)));
  };
  const M open = hn::Or(
      hn::Or(is_close(farther, hn::Sub(top, y.m)), is_close(nearer, hn::Neg(down_to_binade))),
      hn::Or(is_close(limit, all(1)), hn::Ge(limit, all(std::ldexp(1.0, plan.precision - 3)))));
  return {ends.lo, hn::IfThenElse(open, all(not_known), ends.hi)};
}

/// … its correctly_rounded().
HWY_INLINE Ends rounded_ends(const SetPlan& plan, const ClaimedNumber& y, V down) {
  const V half = hn::Mul(y.ulp, all(0.5));
  if (plan.rounding == Rounding::nearest)
    return {hn::Mul(down, all(-0.5)), hn::IfThenElse(y.infinite, all(unbounded), half)};
  if (plan.rounding == Rounding::up)
    return {hn::Neg(down), hn::IfThenElse(y.infinite, all(unbounded), all(0))};
  // Never an infinity: nothing rounds to it.
  const V up = hn::IfThenElse(y.largest, all(unbounded), y.ulp);
  return {all(0), hn::IfThenElse(y.infinite, all(not_known), up)};
}

/// … its faithful().
HWY_INLINE Ends faithful_ends(const ClaimedNumber& y, V down) {
  return {hn::Neg(down), hn::IfThenElse(hn::Or(y.largest, y.infinite), all(unbounded), y.ulp)};
}

HWY_INLINE Ends both(const Ends& a, const Ends& b) {
  const V hi =
      hn::IfThenElse(hn::Or(hn::IsNaN(a.hi), hn::IsNaN(b.hi)), all(not_known), hn::Min(a.hi, b.hi));
  return {hn::Max(a.lo, b.lo), hi};
}

/// How far beyond a datum lie the numbers that round to it, as parts of the way to the next one.
struct RoundsFrom {
  double above, below;
};
HWY_INLINE RoundsFrom rounds_from(Rounding rounding) {
  if (rounding == Rounding::nearest) return {0.5, 0.5};
  return rounding == Rounding::up ? RoundsFrom{0, 1} : RoundsFrom{1, 0};
}

/// … its within_rounded_ulp(): with q = ulp and d = m − 1, the data r from which y is at most
/// K ulp(r) go up to m + ⌊K⌋q, or beyond the next power of two t, where they are 2q apart and
/// K ulp(r) is 2Kq, to t + 2q⌊(2Kq − (t − m))/2q⌋; and down to m − ⌊K⌋q, or below 1, where they are
/// q/2 apart, to 1 − (q/2)⌊K − 2d/q⌋. A part of the distance to the next of them still rounds to
/// the last: half of it, or in a directed mode all or nothing. An infinity is the datum
/// 2^(emax + 1), to which all beyond round; where nothing does they round to the largest number,
/// and of an infinity that is not within K of that nothing is told. Rounded to zero, data that are
/// not above 0 are reached from below.
HWY_INLINE Ends within_rounded_limit(const SetPlan& plan, const ClaimedNumber& y) {
  const RoundsFrom part = rounds_from(plan.rounding);
  const bool stops = plan.rounding == Rounding::down || plan.rounding == Rounding::zero;
  const V q = y.ulp, k = all(plan.limit), whole = hn::Floor(k), half = hn::Mul(q, all(0.5));
  const V up_to_normal = hn::Max(hn::Sub(all(plan.min_exponent), y.n), all(0));
  const V to_top = hn::Sub(two_to(hn::Add(up_to_normal, all(1))), y.m);
  const V inside = hn::Mul(whole, q), twice = hn::Add(q, q);
  const V last = hn::Floor(hn::Div(hn::Sub(hn::Mul(k, twice), to_top), twice));
  const V beyond = hn::MulAdd(hn::Add(last, all(part.above)), twice, to_top);
  const M last_binade = hn::Ge(y.n, all(plan.max_exponent));
  const M reaches_next = hn::AndNot(last_binade, hn::Ge(hn::Mul(k, twice), to_top));
  const V reach = stops ? hn::Add(inside, q) : hn::Mul(k, q);
  const M to_infinity = hn::Or(y.infinite, hn::And(last_binade, hn::Ge(reach, to_top)));
  const V up = hn::IfThenElse(reaches_next, beyond, hn::MulAdd(all(part.above), q, inside));
  const V all_beyond =
      hn::IfThenElse(stops && plan.limit < 1 ? y.infinite : none(), all(not_known), all(unbounded));
  const V d = hn::Sub(y.m, all(1)), steps = hn::Sub(k, hn::Div(hn::Add(d, d), q));
  const V below = hn::MulAdd(hn::Add(hn::Max(hn::Floor(steps), all(0)), all(part.below)), half, d);
  const M reaches_below = hn::And(y.has_binade_below, hn::Le(d, inside));
  V down = hn::MulAdd(all(part.below), q, inside);
  if (plan.rounding == Rounding::zero)
    down = hn::Add(down, hn::IfThenElseZero(hn::Le(y.m, inside), q));
  return {hn::Neg(hn::IfThenElse(reaches_below, below, down)),
          hn::IfThenElse(to_infinity, all_beyond, up)};
}

/// lib/target/error_bound.cpp, for sums without ulps, which know no binades. Both ends are off by
/// less than 2^-47 of their distance from y: six roundings, and what those others are rounded up.
HWY_INLINE Ends within_sums(const SetPlan& plan, const ClaimedNumber& y) {
  const bool stops = plan.rounding == Rounding::down || plan.rounding == Rounding::zero;
  const M near = hn::Le(hn::Abs(y.n), all(1000));
  const V scale = two_to(hn::IfThenElse(near, hn::Neg(y.n), all(0)));
  V down = all(0), up = all(0);
  bool scales = false;
  for (std::size_t i = 0; i < plan.sum_count; ++i) {
    const SetPlan::Sum& sum = plan.sums[i];
    scales |= sum.absolute != 0;
    const V absolute = hn::Mul(all(sum.absolute), scale);
    const V reach = hn::MulAdd(all(sum.relative), y.size, absolute);
    // Beyond 0 the numbers t are of the other sign.
    const V rest = hn::Sub(absolute, y.size);
    const V across = hn::MulAdd(rest, all(sum.grow), y.size);
    const V to_lo = hn::IfThenElse(hn::Gt(rest, all(0)), across, hn::Mul(reach, all(sum.shrink)));
    const M all_beyond = stops && sum.holds_all_beyond ? hn::Or(y.largest, y.infinite) : y.infinite;
    const V to_hi = hn::IfThenElse(all_beyond, all(unbounded), hn::Mul(reach, all(sum.grow)));
    down = hn::Max(down, to_lo);
    up = hn::Max(up, to_hi);
  }
  return {hn::Neg(down), scales ? hn::IfThenElse(near, up, all(not_known)) : up};
}
/// What the ends of a set are off by, relatively.
HWY_INLINE double error_of_ends(const SetPlan& plan) { return plan.of_bounds ? 0x1p-46 : 0; }

HWY_INLINE Ends claimed_ends(const SetPlan& plan, const ClaimedNumber& y) {
  Ends ends{all(-unbounded), all(unbounded)};
  if (plan.limit != unbounded)
    ends = plan.from_rounded ? within_rounded_limit(plan, y) : within_limit(plan, y);
  const M dense_below = hn::And(y.has_binade_below, hn::Eq(y.m, all(1)));
  const V down = hn::IfThenElse(dense_below, hn::Mul(y.ulp, all(0.5)), y.ulp);
  if (plan.correctly_rounded) ends = both(ends, rounded_ends(plan, y, down));
  if (plan.faithful) ends = both(ends, faithful_ends(y, down));
  if (plan.sum_count != 0) ends = both(ends, within_sums(plan, y));
  if (plan.early_overflow == 0) return ends;
  // The ulps below 2^(emax+1) are half of those of the binade that it begins.
  const V early = hn::Mul(all(-0.5 * plan.early_overflow), y.ulp);
  ends.lo = hn::IfThenElse(y.infinite, hn::Min(ends.lo, early), ends.lo);
  return ends;
}

/// Sets of 0, up to a width, as sets around an anchor that serves as a divisor: their upper end.
HWY_INLINE void begin_at_zero(Set& set, M zero) {
  const Split top = split(hn::IfThenElse(zero, set.width, all(1)));
  set.anchor = hn::IfThenElse(zero, top.m, set.anchor);
  set.lo = hn::IfThenElse(zero, hn::Neg(top.m), set.lo);
  set.width = hn::IfThenElse(zero, top.m, set.width);
  set.n = hn::Add(set.n, hn::IfThenElseZero(zero, top.n));
}

/// Is it left open by that whether the end is 0?
HWY_INLINE M next_to_zero(V anchor, V lo) {
  return hn::Lt(hn::Abs(hn::Add(anchor, lo)), all(0x1p-40));
}

HWY_INLINE void claimed(const SetPlan& plan, const double* arguments, const double* results,
                        SetBlock& sets) {
  const D d;
  const double off = error_of_ends(plan);
  const V largest =
      hn::Mul(two_to(all(plan.max_exponent)), hn::Sub(all(2), two_to(all(1 - plan.precision))));
  each_vector([&](std::size_t i) HWY_ATTR {
    const V y = hn::Load(d, results + i);
    const M infinite = hn::Eq(y, all(unbounded)), zero = hn::Eq(y, all(0));
    const M finite = hn::And(hn::Gt(y, all(0)), hn::Lt(y, all(unbounded)));
    const Split s = split(hn::IfThenElse(finite, y, all(1)));
    // An infinity stands for the first power of two beyond all numbers. 0 is seen from the least.
    const V other_n = hn::IfThenElse(zero, all(plan.min_exponent - plan.precision + 1),
                                     all(plan.max_exponent + 1));
    const V n = hn::IfThenElse(finite, s.n, other_n);
    const V up = hn::Max(hn::Sub(all(plan.min_exponent), n), all(0));
    Ends ends = claimed_ends(plan, {s.m, n, two_to(hn::Add(up, all(1 - plan.precision))),
                                    hn::Gt(n, all(plan.min_exponent)), hn::Eq(y, largest), infinite,
                                    hn::IfThenZeroElse(zero, s.m), hn::Load(d, arguments + i)});
    // Every power is positive. What is known of a 0 is how far up it reaches.
    const M at_zero = hn::Or(zero, hn::Le(ends.lo, hn::Neg(s.m)));
    const M doubtful = off == 0 ? hn::Ne(y, y) : next_to_zero(s.m, ends.lo);
    const V error = hn::IfThenZeroElse(at_zero, hn::Mul(hn::Abs(ends.lo), all(off)));
    ends.lo = hn::IfThenElse(zero, all(0), hn::Max(ends.lo, hn::Neg(s.m)));
    const V width = hn::Sub(ends.hi, ends.lo);
    const M told = hn::AndNot(hn::And(zero, hn::Eq(width, all(unbounded))), hn::Gt(width, all(0)));
    const M known = hn::And(hn::Or(hn::Or(finite, infinite), zero), hn::AndNot(doubtful, told));
    Set set{s.m, ends.lo, width, hn::IfThenElse(known, error, all(not_known)), all(unit + off), n};
    if (HWY_UNLIKELY(!hn::AllFalse(d, zero))) begin_at_zero(set, zero);
    store(set, sets, i);
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
