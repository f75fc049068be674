// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/log_law_domain.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lib/fp/arithmetic.hpp"
#include "props/domain/base_sampler.hpp"

namespace napier {
namespace {

// Strata are lists of this many points. A single call's budget, 2^24 in the narrow formats, is not
// meant for properties that ask the oracle for a power at each point.
constexpr std::uint64_t listed = 4096;

/// Positive data: as the bases of powers are drawn, near 1, of every size and small integers.
struct LogSampler {
  const Format* format;
  Range range;  ///< the claim's domain

  Float positive(Draw& draw) const { return draw_base(draw, *format, range); }
  /// The datum in the binade e.
  Float in_binade(Draw& draw, std::int64_t e) const {
    const Float z = draw.datum(*format, draw.uniform(1, 2));
    return round_to(*format, exact_value(z).scaled(e), Rounding::nearest);
  }
};

using MakePoint = std::optional<Point> (*)(Draw&, const LogSampler&);
struct Choice {
  const char* name;
  MakePoint make;
};

std::optional<Point> pair(Float a, Float x) {
  Point point;
  point.push(a);
  point.push(x);
  return point;
}

/// a^x of any size: ln of it is uniform.
std::optional<Point> wide_power(Draw& draw, const LogSampler& s) {
  const Float a = s.positive(draw);
  const double log_a = approximate_log(a);
  if (log_a == 0) return std::nullopt;
  const double u = draw.uniform(s.format->min_exponent(), s.format->max_exponent);
  return pair(a, draw.datum(*s.format, u * std::numbers::ln2 / log_a));
}
/// a^x near 1, where logarithms are small.
std::optional<Point> small_power(Draw& draw, const LogSampler& s) {
  const Float a = s.positive(draw);
  const double log_a = approximate_log(a);
  if (log_a == 0) return std::nullopt;
  return pair(a, draw.datum(*s.format, draw.magnitude(-s.format->precision, 2) / log_a));
}
std::optional<Point> whole_power(Draw& draw, const LogSampler& s) {
  return pair(s.positive(draw),
              from_integer(*s.format, draw.integer(1, 64) * (draw.coin() ? 1 : -1)));
}
constexpr Choice powers_of[] = {
    {"wide", wide_power}, {"core", small_power}, {"integers", whole_power}};

/// From one binade to any other: the longer the chord, the more a wrong base shows.
std::optional<Point> wide_chord(Draw& draw, const LogSampler& s) {
  const Float x =
      s.in_binade(draw, draw.integer(s.format->min_exponent(), s.format->max_exponent - 1));
  const Float z =
      s.in_binade(draw, draw.integer(s.format->min_exponent(), s.format->max_exponent - 1));
  return pair(x, subtract(z, x).value);
}
/// Between data near 1.
std::optional<Point> core_chord(Draw& draw, const LogSampler& s) {
  const Float x = s.positive(draw);
  const double share = draw.magnitude(-s.format->precision, -1);
  return pair(x, multiply(x, draw.datum(*s.format, share)).value);
}
/// From 1, where ln is known without an error, to anywhere.
std::optional<Point> chord_from_one(Draw& draw, const LogSampler& s) {
  const Float one = from_integer(*s.format, 1);
  return pair(one, subtract(s.positive(draw), one).value);
}
constexpr Choice chords[] = {
    {"wide", wide_chord}, {"core", core_chord}, {"from 1", chord_from_one}};

bool says_something(const LawReadings& law, const LawArguments& a) {
  const Dyadic first = exact_value(a.first);
  if (first.sign() <= 0 || is_zero(a.second)) return false;
  if (law.shape == PointShape::product) return compare(first, Dyadic::of_integer(1)) != 0;
  const Float sum = add(a.first, a.second).value;
  return is_finite(sum) && exact_value(sum).sign() > 0;
}

bool admissible(const LawReadings& law, const Subject& subject, const Point& point) {
  if (!std::ranges::all_of(point.arguments(), [](Float x) { return is_finite(x); })) return false;
  if (!says_something(law, law_arguments(law, subject, point))) return false;
  std::vector<Request> wanted;
  law.plan(subject, point, {}, wanted);
  return std::ranges::all_of(wanted, [&](const Request& request) {
    const Float x = request.call.x;
    return is_finite(x) && exact_value(x).sign() > 0 && subject.covers_error(request);
  });
}

}  // namespace

Domain log_law_domain(const LawReadings& law, const Subject& subject) {
  const LogSampler sampler{&subject.format(), subject.claim->domain.x};
  Domain domain;
  domain.admits = [&law, subject](const Point& point) { return admissible(law, subject, point); };
  const auto add = [&](std::span<const Choice> choices) {
    for (const Choice& choice : choices)
      domain.strata.push_back(
          {choice.name, listed, 1, [sampler, make = choice.make](Draw& draw, std::uint64_t) {
             return make(draw, sampler);
           }});
  };
  add(law.shape == PointShape::product ? std::span<const Choice>(powers_of) : chords);
  return domain;
}

}  // namespace napier
