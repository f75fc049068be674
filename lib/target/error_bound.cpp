// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/error_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/fp/ulp.hpp"
#include "lib/target/claim_set.hpp"

namespace napier {
namespace {

constexpr int distance_bits = 62;

Dyadic times(const Dyadic& a, const Dyadic& b) { return multiply_up(a, b, distance_bits); }
Dyadic plus(const Dyadic& a, const Dyadic& b) { return add_up(a, b, distance_bits); }
/// a − b, rounded down.
Dyadic less(const Dyadic& a, const Dyadic& b) { return -plus(-a, b); }

/// One sum at one argument, in one format.
class Solved {
 public:
  Solved(const ErrorSum& sum, Float x, const Format& format)
      : own_(format),
        of_ulps_(sum.ulp_format(format)),
        ulps_(sum.ulps_at(x)),
        r_(sum.relative.limit),
        a_(sum.absolute.limit) {
    const Dyadic one = Dyadic::of_integer(1);
    const Dyadic rest = less(one, r_);
    const Dyadic of_ulps = ulps_.scaled(1 - of_ulps_.precision);
    says_nothing_ = sum.says_nothing_at(x) || rest.sign() <= 0 ||
                    (!ulps_.is_zero() && compare(plus(of_ulps, r_), one.scaled(-1)) >= 0);
    if (says_nothing_) return;
    grow_ = reciprocal_up(rest);
    shrink_ = reciprocal_up(less(one, -r_));
  }

  bool says_nothing() const { return says_nothing_; }

  /// May a result that stands for all beyond it do so, an ulp from them?
  bool holds_all_beyond() const {
    if (!r_.is_zero()) return true;  // of numbers that are large enough
    const Dyadic ulp = Dyadic::power_of_two(ulp_exponent(own_, own_.max_exponent));
    return compare(slack(own_.max_exponent), ulp) >= 0;
  }

  /// See above(v), for a v ≥ −A(emin).
  Dyadic above(const Dyadic& v) const {
    if (ulps_.is_zero()) return end_above(v, of_ulps_.min_exponent());
    const Dyadic reached = plus(v, a_);
    std::int64_t e = reached.sign() > 0 ? binade_of(reached) + 1 : of_ulps_.min_exponent();
    e = std::min<std::int64_t>(e, of_ulps_.max_exponent);
    while (e > of_ulps_.min_exponent() && compare(end_above(v, e), Dyadic::power_of_two(e)) < 0)
      --e;
    return end_above(v, e);
  }

  /// The lower end of a y ≥ 0.
  Dyadic below(const Dyadic& y) const {
    const std::int64_t least = of_ulps_.min_exponent();
    if (compare(y, slack(least)) < 0) return -above(-y);
    if (ulps_.is_zero()) return end_below(y, least);
    const Dyadic reached = times(less(y, a_), shrink_);
    std::int64_t e = reached.sign() > 0 ? binade_of(reached) + 1 : least;  // or one below
    while (e > least && compare(end_below(y, e - 1), Dyadic::power_of_two(e)) < 0) --e;
    const Dyadic end = end_below(y, e);
    const Dyadic bottom = Dyadic::power_of_two(e);
    return e > least && compare(end, bottom) < 0 ? bottom : end;
  }

 private:
  /// A(e).
  Dyadic slack(std::int64_t e) const { return plus(a_, ulps_.scaled(ulp_exponent(of_ulps_, e))); }
  std::int64_t binade_of(const Dyadic& x) const {
    return std::max<std::int64_t>(x.binade(), of_ulps_.min_exponent());
  }
  int end_bits() const { return std::min(120, own_.precision + 50); }

  Dyadic end_above(const Dyadic& v, std::int64_t e) const {
    if (v.sign() < 0) return times(plus(slack(e), v), grow_);
    return add_up(v, times(plus(slack(e), times(r_, v)), grow_), end_bits());
  }
  Dyadic end_below(const Dyadic& y, std::int64_t e) const {
    return -add_up(-y, times(plus(slack(e), times(r_, y)), shrink_), end_bits());
  }

  const Format& own_;
  const Format& of_ulps_;  ///< whose ulps are counted
  Dyadic ulps_, r_, a_;
  Dyadic grow_, shrink_;  ///< 1/(1 − r) and 1/(1 + r)
  bool says_nothing_ = false;
};

/// For a y ≥ 0; `stops` where the largest finite number stands for all beyond it.
ClaimSet sum_set(Float y, const Solved& sum, bool stops) {
  if (sum.says_nothing()) return {};
  const Format& f = *y.format;
  const Dyadic value = is_infinite(y) ? Dyadic::power_of_two(f.max_exponent + 1) : exact_value(y);
  ClaimSet set;
  set.lo = sum.below(value);
  const bool all_beyond = is_infinite(y) || (stops && y == max_finite(f) && sum.holds_all_beyond());
  if (!all_beyond) set.hi = sum.above(value);
  return set;
}

bool is_less(const std::optional<Dyadic>& a, const std::optional<Dyadic>& b) {
  return a && b && compare(*a, *b) < 0;
}

}  // namespace

Amount::Amount(const Decimal& stated) : exact(stated), limit(just_above(stated)) {
  const double near = to_double(limit);
  low = high = near;
  if (stated.is_dyadic() && compare(Dyadic::of(near), stated.numerator) == 0) return;
  // Half a step of the conversion, and what the limit is above the number: for a tiny one more.
  const double less = stated.fives > most_fives ? near * (1 - 0x1p-44) : near;
  low = std::nextafter(std::nextafter(less, 0), 0);
  high = std::nextafter(near, std::numeric_limits<double>::infinity());
}

Dyadic ErrorSum::ulps_at(Float x) const {
  if (ulps_per_x.is_zero() || x.format == nullptr || !is_finite(x)) return ulps.limit;
  return plus(ulps.limit, times(ulps_per_x.limit, magnitude(exact_value(x))));
}

bool ErrorSum::says_nothing_at(Float x) const {
  return !ulps_per_x.is_zero() && x.format != nullptr && is_infinite(x);
}

ClaimSet error_bound_set(Float y, const ErrorBound& bound, Float x, Rounding rounding) {
  const bool negative = is_negative(y);
  const Rounding seen = negative ? mirrored(rounding) : rounding;
  const bool stops = seen == Rounding::down || seen == Rounding::zero;
  std::optional<ClaimSet> hull;
  for (const ErrorSum& sum : bound.any) {
    const ClaimSet set = sum_set(absolute(y), Solved(sum, x, *y.format), stops);
    if (!hull) {
      hull = set;
      continue;
    }
    if (!set.lo || is_less(set.lo, hull->lo)) hull->lo = set.lo;
    if (!set.hi || is_less(hull->hi, set.hi)) hull->hi = set.hi;
  }
  if (!hull || !negative) return hull.value_or(ClaimSet{});
  const auto flip = [](const std::optional<Dyadic>& end) {
    return end ? std::optional(-*end) : std::nullopt;
  };
  return {false, flip(hull->hi), flip(hull->lo)};
}

}  // namespace napier
