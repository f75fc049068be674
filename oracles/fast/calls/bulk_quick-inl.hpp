// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The first question that the bulk filter asks of a vector of cases, in a third to three quarters
// of the time of those of bulk_judgement-inl.hpp: is the result near a plain double that is near
// |t|, or in binary64 near a sum of two? Compiled once for each instruction set as they are. u =
// 2^-53; the enclosures are those of bulk_kernels-inl.hpp and bulk_wide-inl.hpp, and what is said
// of a case is proven.
//
// Formats of up to 24 bits: s, a double, is off |t| by less than 2^-45 |t|.
//
//   b^x      2^k + 2^k·q, |q| <= 0.415: q is off by 2^-47 |q| and the slack of 2^-68, the sum and
//   the
//            product by u of at most √2·2^k each: 2^-48 of t in all.
//   b^x − 1  (2^k − 1) + 2^k·q. k = 0: q itself. Else |t| is at least 0.29·2^k, and 0.29 for k < 0;
//            q's error is at most 1.43·2^-47 of that, the three roundings' at most 10u: below
//            2^-45.
//   ln x     as it stands there, 2^-47.
//
// B = the binade of s is that of |t| if s is farther than 2^-45 from its ends, relatively: 2^8
// units of 2^-52·B, for s < 2B. ulp = 2^(1−p)·max(B, 2^emin), 2B <= ulp·2^p: s is off by at most
// 2^(p−45) ulp. e = y − s rounds by u of itself, of 16 ulp at most where it counts. The margin is
// 2^(p−44) ulp: the double of all that, with room for what its sums with e round.
//
// binary64: t·2^-n = H + D ± error as in bulk_wide-inl.hpp, where H is their sum rounded.
//
//   b^x      |q| <= r²/2·(1 + r) < 2^-19.9 for |r| <= 2^-9.5: 2^-67.8. 0.998 < H < 1.998.
//   b^x − 1  2^-67.8 where k is not 0, and |t|·2^-n >= 1 − 2^(-1/512) > 2^-9.6: 2^-5.8 ulp. Else
//            |q| <= 2^-10.4·|r|: 2^-58.4·|t|, 2^-5.3 ulp, and less by as much as |x| is smaller.
//   ln x     |h| <= 2^-18.99: 2^-66.9 with the 2^-82, where |t| >= 2^-10: 2^-4.9 ulp. Else c is 1
//            or ½ and |f| <= 2^-9: 2^-57.9·|t|, 2^-4.9 ulp, and less the nearer x is to 1.
//
// So B is the binade of H; or the one below, if H is a power of two and D leads towards 0: there D
// has to be at least the error, so that its sign is certain. B is none of subnormal numbers:
// n > emin for a power, |t| >= 2^-451 for one less 1, |t| >= 2^-53 for a logarithm.
//
// Where it counts y·2^-n is at most 2^20 ulp from H and y·2^-n − H exact; D is subtracted with an
// error of u of the difference e. The margin is the error and 8u·|e|: room for that, and for what
// the margin and sums with it round (proofs/wide_quick.gappa). Of the error that takes 4u, and each
// part of it is above what is derived by at least a quarter.
//
// y·2^-n is made by the exponent field alone, of normal numbers. What else y is comes out with the
// other sign than t, or at least 2 where |H| < 1.998, or, of a power, at most 1/2: no result in
// order. n is 0 for a logarithm, and for b^x − 1 of negative x.
//
// Beyond the ends of the arguments powers are beyond every number, or b^x is below a quarter of the
// least, and b^x − 1 is above −1 by less than 2^-99, 2^-46 ulp.
#if defined(NAPIER_BULK_QUICK) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_QUICK
#undef NAPIER_BULK_QUICK
#else
#define NAPIER_BULK_QUICK
#endif

#include <algorithm>
#include <bit>

#include "oracles/fast/calls/bulk_wide-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// What is found out of results within some ulps of t.
struct Passing {
  M in_order;  ///< within the limit, and rounded as is known
  M wrong;     ///< … the wrong way
};

/// Does the mode round t away from 0? To nearest it is not asked.
HWY_INLINE M rounds_away(const BulkFilter::Plan& plan, M negative) {
  if (plan.rounding == Rounding::up) return hn::Not(negative);
  return plan.rounding == Rounding::down ? negative : none();
}

/// The first power of two beyond every number of the format; infinity where that is no double.
HWY_INLINE double first_beyond(const BulkFilter::Plan& plan) {
  constexpr int bias = 1023, fraction_bits = 52;  // of a double
  const auto field = static_cast<std::uint64_t>(std::min(plan.max_exponent, bias) + 1 + bias);
  return std::bit_cast<double>(field << fraction_bits);
}

/// A result beside |t|, both on t's side of 0.
struct Beside {
  V above;  ///< by how much it is above |t|, but for the margin
  V margin;
  V ulp;          ///< of t
  M known;        ///< all that is so
  M same_binade;  ///< it is not below t's binade, or that is one of subnormal numbers
  M away;         ///< the mode rounds t away from 0
};

/// What is asked of them. The limits of the cases, in ulps, are at most `most`. `in_binade`: what
/// is not rounded right has to be none below t's binade.
class Limits {
 public:
  HWY_INLINE Limits(double most, bool in_binade, Rounding rounding)
      : nearest_(rounding == Rounding::nearest), in_binade_(in_binade), most_(most) {}

  HWY_INLINE Passing passing(const Beside& y, V limit) const {
    const V size = hn::Abs(y.above), farthest = hn::Add(size, y.margin);
    const V slack = hn::Mul(hn::Min(limit, all(most_)), y.ulp);
    const M within = hn::And(y.known, hn::Le(farthest, slack));
    const M may_be_wrong = in_binade_ ? hn::And(within, y.same_binade) : within;
    if (nearest_) {
      const V half = hn::Mul(all(0.5), y.ulp);
      const M right = hn::Le(farthest, half), off = hn::Ge(hn::Sub(size, y.margin), half);
      const M wrong = hn::And(may_be_wrong, off);
      return {hn::Or(hn::And(within, right), wrong), wrong};
    }
    const V beyond = hn::IfThenElse(y.away, y.above, hn::Neg(y.above));
    const V least = hn::Sub(beyond, y.margin), most = hn::Add(beyond, y.margin);
    const M fits = hn::Or(y.away, y.same_binade);
    const M right = hn::And(hn::Ge(least, all(0)), hn::Le(most, y.ulp));
    const M off = hn::Or(hn::Le(most, all(0)), hn::Ge(least, y.ulp));
    const M wrong = hn::And(may_be_wrong, hn::Or(off, hn::Not(fits)));
    return {hn::Or(hn::And(within, hn::And(right, fits)), wrong), wrong};
  }

 private:
  bool nearest_, in_binade_;
  double most_;
};

/// |t| up to its sign by one double, where that is known.
struct Rough {
  V s;
  M known;
};

template <BulkFilter::Kind kind>
HWY_INLINE Rough rough(const BulkFilter::Plan& plan, V x) {
  if constexpr (kind == BulkFilter::Kind::logarithm) {
    const M finite = hn::Lt(x, all(std::numeric_limits<double>::infinity()));
    return {log_of(x), hn::And(hn::Gt(x, all(0)), finite)};
  } else {
    const V z = hn::Mul(x, all(plan.log2_base_high));
    const V k = hn::Round(z);
    const V g = hn::MulAdd(x, all(plan.log2_base_low), hn::Sub(z, k));
    const V scale = two_to(k), q = hn::Mul(g, polynomial(expansion, g));
    const V start = kind == BulkFilter::Kind::power ? scale : hn::Sub(scale, all(1));
    const M inside = hn::And(hn::Ge(z, all(plan.min_exponent - plan.precision - 2)),
                             hn::Le(z, all(plan.max_exponent + 3)));
    return {hn::MulAdd(scale, q, start), inside};
  }
}

/// The quick question in narrow formats.
template <BulkFilter::Kind kind>
class QuickNarrow {
 public:
  HWY_INLINE QuickNarrow(const BulkFilter::Plan& plan, const BulkFilter::Wanted& wanted)
      : plan_(plan),
        limits_(std::min(wanted.first_edge(), 16.0), wanted.right_is_enough, plan.rounding),
        margin_(std::ldexp(1.0, plan.precision - 44)),
        least_binade_(std::ldexp(1.0, plan.min_exponent)),
        ulp_of_one_(std::ldexp(1.0, 1 - plan.precision)) {}

  HWY_INLINE Passing passing(V x, V y, V limit) const {
    const Rough t = rough<kind>(plan_, x);
    const V sign = hn::And(t.s, all(-0.0));
    const V s = signs ? hn::Abs(t.s) : t.s, size = signs ? hn::Xor(y, sign) : y;
    const V binade = binade_of(s), least = all(least_binade_);
    const M known =
        hn::And(hn::And(t.known, inside_binade(s)), hn::Lt(s, all(first_beyond(plan_))));
    const V ulp = hn::Mul(hn::Max(binade, least), all(ulp_of_one_));
    return limits_.passing({hn::Sub(size, s), hn::Mul(all(margin_), ulp), ulp, known,
                            hn::Or(hn::Ge(size, binade), hn::Le(binade, least)),
                            rounds_away(plan_, signs ? hn::Lt(t.s, all(0)) : none())},
                           limit);
  }
  /// Not asked: there most results are the same for long, which is seen sooner.
  HWY_INLINE M saturated(V, V, V) const { return none(); }

 private:
  static constexpr bool signs = kind != BulkFilter::Kind::power;

  /// Farther than 2^8 units in the last place from either end of its binade.
  static HWY_INLINE M inside_binade(V s) {
    constexpr std::uint64_t field = (1ull << 52) - 1, edge = 1 << 8;
    const auto moved = hn::Add(hn::BitCast(DU(), s), hn::Set(DU(), edge));
    const auto place = hn::BitCast(DI(), hn::And(moved, hn::Set(DU(), field)));
    return hn::RebindMask(D(), hn::Gt(place, hn::Set(DI(), 2 * edge - 1)));
  }

  const BulkFilter::Plan& plan_;
  Limits limits_;
  double margin_, least_binade_, ulp_of_one_;  ///< the margin in ulps
};

/// … in binary64.
template <BulkFilter::Kind kind>
class QuickWide {
 public:
  HWY_INLINE QuickWide(const BulkFilter::Plan& plan, const BulkFilter::Wanted& wanted)
      : plan_(plan),
        most_(wanted.first_edge()),
        limits_(std::min(most_, 0x1p20), wanted.right_is_enough, plan.rounding) {
    const bool nearest = plan.rounding == Rounding::nearest, up = plan.rounding == Rounding::up;
    if (nearest || up)
      beyond_ = {std::numeric_limits<double>::infinity(), 0};
    else
      beyond_ = {std::numeric_limits<double>::max(), 1};
    if (kind == BulkFilter::Kind::power_minus_one) {
      least_ = least_minus_one_argument(plan);
      if (nearest || plan.rounding == Rounding::down)
        below_ = {-1, 0x1p-46};
      else
        below_ = {-1 + 0x1p-53, 1};
    } else {
      least_ = plan.least_argument;
      if (up)
        below_ = {std::numeric_limits<double>::denorm_min(), 1};
      else
        below_ = {0, 0.25};
    }
  }

  HWY_INLINE Passing passing(V x, V y, V limit) const {
    const WideSum t = sum_of(x);
    const V high = t.sum.hi, low = t.sum.lo;
    const auto n = hn::BitCast(DU(), hn::Add(t.n, all(0x1.8p52)));
    const V scaled =
        is_scaled ? hn::BitCast(D(), hn::Sub(hn::BitCast(DU(), y), hn::ShiftLeft<52>(n))) : y;
    const V above = hn::Sub(hn::Sub(scaled, high), low);
    const V margin = hn::MulAdd(hn::Abs(above), all(later_sums), t.error);

    // A unit in the last place of H nearer to 0 if D leads there: a power of two leaves its binade.
    const auto bits = hn::BitCast(DU(), high);
    const auto towards_zero = hn::ShiftRight<63>(hn::BitCast(DU(), hn::Xor(high, low)));
    const V binade = binade_of(hn::BitCast(D(), hn::Sub(bits, towards_zero)));
    const auto without_fraction = hn::And(bits, hn::Set(DU(), std::uint64_t{0xfff} << 52));
    const M placed =
        hn::Or(hn::Ne(high, hn::BitCast(D(), without_fraction)), hn::Ge(hn::Abs(low), t.error));

    const V sign = hn::And(high, all(-0.0));
    return limits_.passing(
        {signs ? hn::Xor(above, sign) : above, margin, hn::Mul(binade, all(0x1p-52)),
         hn::And(t.known, placed), hn::Ge(signs ? hn::Abs(scaled) : scaled, binade),
         rounds_away(plan_, signs ? hn::Lt(high, all(0)) : none())},
        limit);
  }

  /// The right results beyond the ends of the arguments, and the infinite logarithms.
  HWY_INLINE M saturated(V x, V y, V limit) const {
    if constexpr (kind == BulkFilter::Kind::logarithm)
      return hn::And(is_infinite_logarithm(x, y), hn::Ge(limit, all(0)));
    const auto is = [&](const Right& right) HWY_ATTR {
      const M within = hn::Ge(hn::Min(limit, all(most_)), all(right.error));
      return hn::And(hn::Eq(y, all(right.result)), within);
    };
    const M above = hn::And(hn::Gt(x, all(plan_.most_argument)), is(beyond_));
    const M below = hn::And(hn::Lt(x, all(least_)), is(below_));
    const M finite = hn::Lt(hn::Abs(x), all(std::numeric_limits<double>::infinity()));
    return hn::And(finite, hn::Or(above, below));
  }

 private:
  static constexpr bool signs = kind != BulkFilter::Kind::power;
  static constexpr bool is_scaled = kind != BulkFilter::Kind::logarithm;

  HWY_INLINE WideSum sum_of(V x) const {
    if constexpr (kind == BulkFilter::Kind::power) {
      const WideReduced p = wide_power(plan_, x);
      const M normal =
          hn::And(hn::Gt(p.n, all(plan_.min_exponent)), hn::Le(p.n, all(plan_.max_exponent)));
      return {p.sum, p.error, p.n, hn::And(normal, hn::Ge(hn::Abs(x), all(least_product))),
              p.below};
    } else if constexpr (kind == BulkFilter::Kind::power_minus_one) {
      WideSum t = wide_power_minus_one(plan_, x);
      t.known = hn::And(t.known, hn::AndNot(t.below, hn::Le(t.n, all(plan_.max_exponent))));
      return t;
    } else {
      WideSum t = wide_logarithm(plan_, x);
      t.known = hn::And(t.known, hn::Lt(x, all(std::numeric_limits<double>::infinity())));
      return t;
    }
  }

  struct Right {
    double result, error;  ///< off by at most so many ulps
  };
  const BulkFilter::Plan& plan_;
  double most_, least_;
  Limits limits_;
  Right beyond_, below_;
};

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
