// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/aim.hpp"

#include <algorithm>
#include <cmath>

#include "lib/target/composition.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/hard/first_below.hpp"

namespace napier {
namespace {

/// So many consecutive arguments, as a power of two, are as good as a line: the second derivative
/// hardly moves t over them.
int log2_reach(const Format& format) {
  constexpr int longest = 13, bent = 8;
  return std::clamp(format.precision / 2 - bent, 0, longest);
}

Float& moving(Point& point) { return point.args[point.count - 1]; }
const Float& moving(const Point& point) { return point.args[point.count - 1]; }

std::optional<FastEnclosure> value_at(const Function& function, const Point& point) {
  const Call call{point.args[0], point.count == 2 ? point.args[1] : Float{}};
  const auto t = portable_value(function, call);
  return t && t->is_known() && !t->is_huge() && !is_exactly_zero(*t) ? t : std::nullopt;
}

/// Part of an enclosure in units of ulp(t).
double units(double part, const FastEnclosure& of, std::int64_t ulp) {
  return std::ldexp(part, static_cast<int>(of.exponent - ulp));
}

/// A number modulo 1 in units of 2^-64.
std::uint64_t on_circle(double x) {
  const double fraction = x - std::floor(x);
  return fraction < 1 ? static_cast<std::uint64_t>(std::ldexp(fraction, 64)) : 0;
}

/// t/ulp(t) modulo 1.
std::uint64_t place_of(const FastEnclosure& t, const Format& format) {
  const std::int64_t ulp = ulp_exponent(format, binade(t));
  return on_circle(units(t.hi, t, ulp)) + on_circle(units(t.lo, t, ulp));
}

}  // namespace

AimedStretch::AimedStretch(const Function& function, const Point& from, const Aim& aim, bool above)
    : from_(from) {
  const Format& format = *moving(from_).format;
  const std::uint64_t reach = std::uint64_t(1) << log2_reach(format);
  Point end = from;
  moving(end).bits += reach;
  if (!is_finite(moving(end))) return;
  const auto t = value_at(function, from);
  const auto t_end = value_at(function, end);
  if (!t || !t_end) return;
  const std::int64_t ulp = ulp_exponent(format, binade(*t));
  const double high = units(t->hi, *t, ulp), low = units(t->lo, *t, ulp);
  const double rise =
      (units(t_end->hi, *t_end, ulp) - high) + (units(t_end->lo, *t_end, ulp) - low);
  count_ = reach;
  start_ = on_circle(high) + on_circle(low) - on_circle(above ? aim.least.value : -aim.most.value);
  step_ = on_circle(std::ldexp(rise, -log2_reach(format)));
  bound_ = std::max<std::uint64_t>(on_circle(aim.most.value - aim.least.value), 1);
}

Point AimedStretch::next() {
  if (place_ >= count_) return from_;
  place_ += first_below(start_ + place_ * step_, step_, bound_, count_ - place_);
  if (place_ >= count_) return from_;
  Point point = from_;
  moving(point).bits += place_++;
  return point;
}

bool can_be_aimed_at(const Function& function) { return !is_composed(function); }

namespace {
bool is_within(const Aim& aim, bool above, std::uint64_t place) {
  const std::uint64_t from = on_circle(above ? aim.least.value : -aim.most.value);
  return place - from <= on_circle(aim.most.value - aim.least.value);
}

/// How far apart two places are, in ulps.
double distance(std::uint64_t a, std::uint64_t b) {
  const auto way = static_cast<std::int64_t>(a - b);
  return std::abs(std::ldexp(static_cast<double>(way), -64));
}
}  // namespace

bool shows(const Function& function, const Point& point, const Aim& aim, bool above) {
  const auto t = value_at(function, point);
  return t && is_within(aim, above, place_of(*t, *point.args[0].format));
}

bool is_above(const Function& function, const Point& point, Ulp error) {
  const auto t = value_at(function, point);
  if (!t) return true;
  const std::uint64_t place = place_of(*t, *point.args[0].format);
  return distance(place, on_circle(error.value)) < distance(place, on_circle(-error.value));
}

namespace {

constexpr int digits_of_a_place = 20;  // after the point, in ulps: of a choice, no judgement

/// The point so many encodings farther from zero, if it is in the same binade.
std::optional<Point> in_binade(Point point, std::int64_t away) {
  Float& x = moving(point);
  const Float from = x;
  if (!is_finite(x) || is_zero(x)) return std::nullopt;
  x.bits += static_cast<Bits>(static_cast<SignedBits>(away));
  const int fraction = x.format->precision - 1;
  if (!is_finite(x) || x.bits >> fraction != from.bits >> fraction) return std::nullopt;
  return point;
}

/// A number modulo 1 in units of 2^-128, cut to them.
Bits on_fine_circle(double x) {
  int exponent = 0;
  const auto digits = static_cast<std::int64_t>(std::ldexp(std::frexp(x, &exponent), 53));
  const int up = exponent - 53 + 128;
  if (up >= 128) return 0;
  return up >= 0 ? static_cast<Bits>(digits) << up
                 : static_cast<Bits>(static_cast<SignedBits>(digits) >> std::min(-up, 127));
}

/// t in ulps, in two parts whose difference from the next node's is nearly exact.
struct Parts {
  double high, low;
};
Parts operator-(Parts a, Parts b) { return {a.high - b.high, a.low - b.low}; }

Bits divided(Parts difference, int log2) {
  return on_fine_circle(std::ldexp(difference.high, -log2)) +
         on_fine_circle(std::ldexp(difference.low, -log2));
}

}  // namespace

std::optional<CubicView> CubicView::of(const Function& function, const Point& start,
                                       int log2_length) {
  const Format& format = *moving(start).format;
  const std::int64_t length = std::int64_t(1) << log2_length;
  CubicView view;
  view.log2_length_ = log2_length;
  std::array<Parts, 4> nodes;
  std::optional<std::int64_t> ulp;
  const auto value = [&](std::int64_t away) -> std::optional<FastEnclosure> {
    const auto point = in_binade(start, away);
    const auto t = point ? value_at(function, *point) : std::nullopt;
    if (!t) return std::nullopt;
    const std::int64_t here = ulp_exponent(format, binade(*t));
    return here == ulp.value_or(here) ? (ulp = here, t) : std::nullopt;
  };
  for (std::int64_t i = 0; i < 4; ++i) {
    const auto t = value((i - 1) * length);
    if (!t) return std::nullopt;
    nodes[static_cast<std::size_t>(i)] = {units(t->hi, *t, *ulp), units(t->lo, *t, *ulp)};
  }
  for (std::size_t order = 0; order < 4; ++order) {
    // n-th differences over n! lengths^n; of the third, which is small, a double holds enough.
    const Parts first = nodes[0];
    view.coefficients_[order] =
        order == 3 ? on_fine_circle(std::ldexp((first.high + first.low) / 3, -3 * log2_length - 1))
                   : divided(first, static_cast<int>(order) * log2_length + (order == 2 ? 1 : 0));
    for (std::size_t i = 0; i + 1 < 4; ++i) nodes[i] = nodes[i + 1] - nodes[i];
  }
  for (const std::int64_t away : {-length / 2, 3 * length / 2}) {
    const auto t = value(away);
    if (!t) return std::nullopt;
    const auto way = static_cast<std::int64_t>(place_of(*t, format) - view.place(away));
    if (std::abs(way) >> (64 - digits_of_a_place) != 0) return std::nullopt;
  }
  return view;
}

std::uint64_t CubicView::place(std::int64_t away) const {
  const SignedBits length = SignedBits(1) << log2_length_, u = away + length;
  const SignedBits second = u * (u - length), third = second * (u - 2 * length);
  const Bits sum = coefficients_[0] + coefficients_[1] * static_cast<Bits>(u) +
                   coefficients_[2] * static_cast<Bits>(second) +
                   coefficients_[3] * static_cast<Bits>(third);
  return static_cast<std::uint64_t>(sum >> 64);
}

bool CubicView::shows(std::int64_t away, const Aim& aim, bool above) const {
  return is_within(aim, above, place(away));
}

}  // namespace napier
