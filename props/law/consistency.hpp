// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "lib/fp/ulp.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "props/claim/real_set.hpp"
#include "props/subject/verdict.hpp"

// What two sets that a law compares say beside whether they meet.
namespace napier {

inline constexpr double beyond_all_figures = std::numeric_limits<double>::infinity();

/// The exponent of ulp(t) for a t in the sets, read off an end that is finite and not zero: the
/// upper one, and of a derivative that is negative the lower one, as of its mirror.
template <class E, Form form>
std::int64_t ulp_of(const RealSet<E, form>& set, const Format& format) {
  const bool is_negative = form == Form::plain && set.has_hi && upper(set.hi) < 0;
  const E& end = set.has_hi && !(is_negative && set.has_lo) ? set.hi : set.lo;
  return is_exactly_zero(end) ? least_ulp_exponent(format) : ulp_exponent(format, binade(end));
}

/// A set that was cut at a^x = 0: its lower end is no limit that a claim sets.
template <class E, Form form>
bool touches_zero(const RealSet<E, form>& set) {
  return detail::at_zero<form>(set.lo);
}

/// How far `low` could still move up to lie above `high`; absent where no claim sets those ends.
template <class E, Form form>
std::optional<E> room(const RealSet<E, form>& high, const RealSet<E, form>& low) {
  if (!high.has_hi || !low.has_lo || touches_zero(low)) return std::nullopt;
  return high.hi - low.lo;
}

/// How far apart the sides could lie unnoticed, and how far apart they do. Where one of them has no
/// end on one side, they can be told apart in the other direction alone.
template <class E, Form form>
Consistent how_consistent(const RealSet<E, form>& left, const RealSet<E, form>& right,
                          const Format& format) {
  if (!left.has_lo || !left.has_hi || !right.has_lo || !right.has_hi) {
    auto least = room(left, right);
    if (!least) least = room(right, left);
    if (!least) return {std::numeric_limits<double>::infinity(), 0};
    const double width = upper(scaled(*least, -ulp_of(right, format)));
    return {width < std::ldexp(1, format.precision - 1) ? std::max(width, 0.0) : beyond_all_figures,
            0};
  }
  const std::int64_t half_ulp = ulp_of(right, format) + 1;
  const E slack = (left.hi - left.lo) + (right.hi - right.lo);
  const double width = upper(scaled(slack, -half_ulp));
  const E off_centre = (left.lo - right.lo) + (left.hi - right.hi);
  const double middle = lower(scaled(off_centre, -half_ulp));
  // From 2^(p−1) ulps on the sets span a whole binade: nothing could have been refuted.
  const double vacuous = std::ldexp(1.0, format.precision - 1);
  const bool sharp = width > 0 && width < vacuous && !touches_zero(left) && !touches_zero(right);
  return {width < vacuous ? width : beyond_all_figures, sharp ? std::abs(middle) / width : 0};
}

template <class E, Form form>
double excess_share(const RealSet<E, form>& left, const RealSet<E, form>& right,
                    const Format& format) {
  if (left.empty || right.empty) return beyond_all_figures;
  return how_consistent(left, right, format).share;
}

/// At least that, however sharp the ends are enclosed and however two quotients are rounded. The
/// filter's own figure says little where the sets are narrow beside the errors of their ends.
template <Form form>
double excess_share(const RealSet<FastEnclosure, form>& left,
                    const RealSet<FastEnclosure, form>& right, const Format&) {
  if (left.empty || right.empty) return beyond_all_figures;
  if (!left.has_lo || !left.has_hi || !right.has_lo || !right.has_hi) return 0;
  if (touches_zero(left) || touches_zero(right)) return 0;
  const std::int64_t unit = std::max(binade(left.hi), binade(right.hi));
  const FastEnclosure slack = scaled((left.hi - left.lo) + (right.hi - right.lo), -unit);
  const FastEnclosure off_centre = scaled((left.lo - right.lo) + (left.hi - right.hi), -unit);
  const double width = lower(slack);
  const double middle = std::max(std::abs(lower(off_centre)), std::abs(upper(off_centre)));
  return width > 0 ? std::nextafter(std::nextafter(middle / width, beyond_all_figures),
                                    beyond_all_figures)
                   : beyond_all_figures;
}

}  // namespace napier
