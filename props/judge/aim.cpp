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

bool shows(const Function& function, const Point& point, const Aim& aim, bool above) {
  const auto t = value_at(function, point);
  if (!t) return false;
  const std::uint64_t from = on_circle(above ? aim.least.value : -aim.most.value);
  return place_of(*t, *point.args[0].format) - from <= on_circle(aim.most.value - aim.least.value);
}

bool is_above(const Function& function, const Point& point, Ulp error) {
  const auto t = value_at(function, point);
  if (!t) return true;
  const std::uint64_t place = place_of(*t, *point.args[0].format);
  const auto distance = [&](double from) {
    const auto way = static_cast<std::int64_t>(place - on_circle(from));
    return std::abs(std::ldexp(static_cast<double>(way), -64));
  };
  return distance(error.value) < distance(-error.value);
}

}  // namespace napier
