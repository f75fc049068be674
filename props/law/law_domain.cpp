// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_domain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "lib/fp/arithmetic.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/exponent_range.hpp"
#include "props/domain/spread.hpp"
#include "props/law/law_ends.hpp"
#include "props/law/log_law_domain.hpp"

namespace napier {
namespace {

Range common_part(const Range& a, const Range& b) {
  Range both{std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
  both.without_lo = (both.lo == a.lo && a.without_lo) || (both.lo == b.lo && b.without_lo);
  both.without_hi = (both.hi == a.hi && a.without_hi) || (both.hi == b.hi && b.without_hi);
  return both;
}

/// Where something is promised of all calls of a law: of a derivative, and of the value beside it.
ClaimDomain domain_of_calls(const Subject& subject) {
  ClaimDomain domain = subject.promised_domain(subject.power_role());
  if (subject.power_role() == Role::target) return domain;
  const ClaimDomain slope = subject.promised_domain(Role::target);
  return {common_part(domain.x, slope.x), common_part(domain.y, slope.y),
          domain.integer_exponent || slope.integer_exponent};
}

/// Draws the arguments of one law: a base if it is an argument, then exponents u = x·ln a aimed
/// into the range of the results, and back to x.
class LawSampler {
 public:
  explicit LawSampler(const Subject& subject)
      : subject_(subject),
        domain_(domain_of_calls(subject)),
        range_(exponent_range(subject.power(), subject.format())),
        fixed_(aim_of({}, log_of_fixed_base(subject.power().base))) {}

  struct Aim {
    Float base;  ///< without a format where it is no argument
    double log_a = 1;
    ExponentRange range;
    double grid = 1;  ///< on which sums of two exponents of the range are exact

    /// The base, if it is an argument.
    Point point() const {
      Point point;
      if (base.format != nullptr) point.push(base);
      return point;
    }
  };

  /// The base, its logarithm and the exponents that are left to it.
  std::optional<Aim> aim(Draw& draw) const {
    std::optional<Aim> place;
    return aim(draw, place);
  }
  /// … where no copy is made of that of a fixed base.
  const std::optional<Aim>& aim(Draw& draw, std::optional<Aim>& place) const {
    if (!subject_.has_base_argument()) return fixed_;
    const Float base = draw_law_base(draw, subject_.format(), domain_.x);
    return place = aim_of(base, approximate_log(base));
  }

  Float exponent(Draw& draw, const Aim& aim, double u) const {
    const double x = u / aim.log_a;
    return draw.datum(subject_.format(), domain_.integer_exponent ? std::nearbyint(x) : x);
  }

  /// A datum on a grid so coarse that sums of two exponents of the range are exact.
  Float purified(const Aim& aim, double u) const {
    const double x = std::nearbyint(u / aim.log_a / aim.grid) * aim.grid;
    if (!std::isfinite(x)) return zero(subject_.format());
    return datum_of(subject_.format(), x);
  }

  const Format& format() const { return subject_.format(); }

 private:
  std::optional<Aim> aim_of(Float base, double log_a) const {
    if (log_a == 0) return std::nullopt;
    const bool is_argument = base.format != nullptr;
    Aim aim{base, log_a, within(range_, is_argument ? domain_.y : domain_.x, log_a)};
    if (!(aim.range.lo < aim.range.hi)) return std::nullopt;
    const double largest = std::max(std::abs(aim.range.lo), std::abs(aim.range.hi));
    const int quantum =
        std::ilogb(largest / std::abs(log_a)) + 3 - std::min(subject_.format().precision, 53);
    if (!domain_.integer_exponent) aim.grid = std::ldexp(1, quantum);
    return aim;
  }

  const Subject subject_;
  ClaimDomain domain_;
  ExponentRange range_;
  std::optional<Aim> fixed_;  ///< where the base is no argument
};

using Aim = LawSampler::Aim;
using Exponents = std::array<double, 2>;

/// Names one way of choosing the exponents of a law.
struct Choice {
  const char* name;
  double weight;
  Exponents (*choose)(Draw&, const ExponentRange&, int precision);
  bool purify = false;
};

double uniform_in(Draw& draw, const ExponentRange& r) { return draw.uniform(r.lo, r.hi); }
/// One of the law's summands when the total is fixed.
double part_of(Draw& draw, const ExponentRange& r, double total) {
  return draw.uniform(std::max(r.lo, total - r.hi), std::min(r.hi, total - r.lo));
}
Exponents split(Draw& draw, const ExponentRange& r, double total) {
  const double x = part_of(draw, r, total);
  return {x, total - x};
}
Exponents wide_sum(Draw& d, const ExponentRange& r, int) { return split(d, r, uniform_in(d, r)); }
Exponents core_pair(Draw& d, const ExponentRange&, int p) {
  return {d.magnitude(-p, 2), d.magnitude(-p, 2)};
}
Exponents tiny_pair(Draw& d, const ExponentRange&, int p) {
  return {d.magnitude(-2 * p, -4), d.magnitude(-2 * p, -4)};
}
Exponents near_overflow(Draw& d, const ExponentRange& r, int) {
  return split(d, r, r.hi - std::abs(r.hi) * d.magnitude(-40, -6));
}
Exponents gradual_underflow(Draw& d, const ExponentRange& r, int) {
  return split(d, r, d.uniform(r.lo, r.least_normal));
}
Exponents opposite(Draw& d, const ExponentRange& r, int) {
  const double x = uniform_in(d, r);
  return {x, -x * (1 + d.magnitude(-40, -1))};
}

constexpr Choice sum_choices[] = {
    {"wide", 3, wide_sum},
    {"purified", 2, wide_sum, true},
    {"core", 2, core_pair},
    {"tiny", 1, tiny_pair},
    {"near overflow", 1, near_overflow},
    {"gradual underflow", 1, gradual_underflow},
    {"opposite", 1, opposite},
};

Exponents wide_single(Draw& d, const ExponentRange& r, int) { return {uniform_in(d, r), 0}; }
Exponents near_end_single(Draw& d, const ExponentRange& r, int) {
  return {(d.coin() ? r.hi : r.lo) * (1 - std::abs(d.magnitude(-40, -6))), 0};
}
constexpr Choice single_choices[] = {
    {"wide", 3, wide_single},
    {"core", 3, core_pair},
    {"tiny", 1, tiny_pair},
    {"near the ends", 1, near_end_single},
    {"gradual underflow", 1,
     [](Draw& d, const ExponentRange& r, int) {
       return Exponents{d.uniform(r.lo, r.least_normal), 0};
     }},
};

// For the tower the second entry is the factor y itself, not an exponent.
Exponents wide_tower(Draw& d, const ExponentRange& r, int) {
  const double total = uniform_in(d, r);
  const double x = d.magnitude(-10, std::log2(std::min(std::abs(r.lo), r.hi)));
  return {x, total / x};
}
Exponents small_factor(Draw& d, const ExponentRange& r, int) {
  return {uniform_in(d, r), d.magnitude(-20, 0)};
}
Exponents simple_factor(Draw& d, const ExponentRange& r, int) {
  constexpr double one = 1;
  constexpr double factors[] = {one / 2, one / 3, one / 4, 3 * one / 2, 2, 3, -1, -2};
  const double y = factors[d.integer(0, 7)];
  return {uniform_in(d, r) / std::max(1.0, std::abs(y)), y};
}
constexpr Choice product_choices[] = {
    {"wide", 3, wide_tower},
    {"small factor", 2, small_factor},
    {"simple factor", 1, simple_factor},
    {"core", 2,
     [](Draw& d, const ExponentRange&, int) {
       return Exponents{d.magnitude(-8, 4), d.magnitude(-4, 4)};
     }},
};

// h·ln a = 2^j, log-uniform from 1/8 up: the power against a wrong base grows with h (LAWS 11).
Exponents chord(Draw& d, const ExponentRange& r, int) {
  const double least = 0.25;  // draws: the longest chord is never shorter than that
  const double h = std::exp2(d.uniform(-3, std::log2(std::max(r.width(), least))));
  return {d.uniform(r.lo, std::max(r.lo, r.hi - h)), h};
}
Exponents core_chord(Draw& d, const ExponentRange&, int) {
  return {d.uniform(-1, 1), std::exp2(d.uniform(-3, 3))};
}
constexpr Choice chord_choices[] = {{"wide", 3, chord, true}, {"core", 1, core_chord, true}};

std::span<const Choice> choices(PointShape shape) {
  switch (shape) {
    case PointShape::sum:
    case PointShape::difference:
      return sum_choices;
    case PointShape::single:
      return single_choices;
    case PointShape::product:
      return product_choices;
    case PointShape::chord:
      return chord_choices;
    case PointShape::none:
    case PointShape::integer:
      break;
  }
  return {};
}

std::optional<Point> draw_point(Draw& draw, const LawSampler& sampler, PointShape shape,
                                const Choice& choice) {
  std::optional<Aim> place;
  const std::optional<Aim>& aim = sampler.aim(draw, place);
  if (!aim) return std::nullopt;
  const Exponents u = choice.choose(draw, aim->range, sampler.format().precision);
  const auto datum = [&](double exponent) {
    return choice.purify ? sampler.purified(*aim, exponent)
                         : sampler.exponent(draw, *aim, exponent);
  };
  // A quotient is a product seen from either end: with x and y − x as the summands every range of
  // exponents has points, with −x and y as the summands it is y − x that gets to the limits.
  const bool from_end = shape == PointShape::difference && draw.coin();
  const double second = shape == PointShape::difference && !from_end ? u[0] + u[1] : u[1];
  std::optional<Point> point = aim->point();
  point->push(datum(from_end ? -u[0] : u[0]));
  if (shape == PointShape::product)
    point->push(sampler.exponent(draw, *aim, u[1] * aim->log_a));
  else if (shape != PointShape::single)
    point->push(datum(second));
  return point;
}

Stratum integer_stratum(const std::shared_ptr<const LawSampler>& sampler, bool fixed_base) {
  const auto make = [sampler, fixed_base](Draw& draw, std::uint64_t index) -> std::optional<Point> {
    auto aim = sampler->aim(draw);
    if (!aim) return std::nullopt;
    const auto n =
        fixed_base ? static_cast<std::int64_t>(index) + 1 : draw.integer(1, most_factors);
    if (!aim->range.contains(static_cast<double>(n) * aim->log_a)) return std::nullopt;
    Point point = aim->point();
    point.push(from_integer(sampler->format(), n));
    return point;
  };
  if (fixed_base) return spread({"integers", most_factors, 1, make});
  return {"integers", 0, 1, make};
}

Stratum base_stratum(const std::shared_ptr<const LawSampler>& sampler, bool fixed_base) {
  return {"bases", fixed_base ? std::uint64_t(1) : std::uint64_t(0), 1,
          [sampler](Draw& draw, std::uint64_t) -> std::optional<Point> {
            const auto aim = sampler->aim(draw);
            if (!aim) return std::nullopt;
            return aim->point();
          }};
}

/// What the law's own words ask of its arguments. Replayed and shrunk points meet this too.
bool says_something(const LawReadings& law, const Subject& subject, const LawArguments& a) {
  const Dyadic one = Dyadic::of_integer(1);
  int log_sign = 1;  // of ln a
  if (subject.has_base_argument()) {
    const Dyadic base = exact_value(a.base);
    if (base.sign() <= 0) return false;
    const auto order = compare(base, one);
    log_sign = order < 0 ? -1 : order > 0 ? 1 : 0;
    if (law.direct && log_sign == 0) return false;
  }
  // Of a whole x from 0 to n − 1 the derivative of order n along the base is 0, and no more to say.
  if (law.derivatives == Derivatives::along_base && is_integer(a.first)) {
    const Dyadic x = exact_value(a.first);
    const int order = subject.target->function->order;
    if (x.sign() >= 0 && compare(x, Dyadic::of_integer(order)) < 0) return false;
  }
  switch (law.shape) {
    case PointShape::product:
      return !is_zero(a.second);
    case PointShape::chord:
      return exact_value(a.second).sign() * log_sign > 0 &&
             add(a.first, a.second).remainder.is_zero();
    case PointShape::integer: {
      const Dyadic n = exact_value(a.first);
      return is_integer(a.first) && compare(n, one) >= 0 &&
             compare(n, Dyadic::of_integer(most_factors)) <= 0;
    }
    case PointShape::none:
    case PointShape::single:
    case PointShape::sum:
    case PointShape::difference:
      break;
  }
  return true;
}

/// Every argument finite, computed ones too, and every call inside the claim's domain. A flushed
/// subnormal argument may be read as zero, which says nothing of a power: such points are not
/// drawn either.
bool admissible(const LawReadings& law, const Subject& subject, const Point& point) {
  if (!std::ranges::all_of(point.arguments(), [](Float x) { return is_finite(x); })) return false;
  if (!says_something(law, subject, law_arguments(law, subject, point))) return false;
  std::vector<Request> wanted;
  law.plan(subject, point, {}, wanted);
  return std::ranges::all_of(wanted, [&](const Request& request) {
    const Float exponent = subject.has_base_argument() ? request.call.y : request.call.x;
    return is_finite(exponent) && subject.covers_error(request);
  });
}

}  // namespace

Domain law_domain(const LawReadings& law, const Subject& subject) {
  if (law.of_logarithms) return log_law_domain(law, subject);
  const auto sampler = std::make_shared<const LawSampler>(subject);
  const bool fixed_base = !subject.has_base_argument();
  Domain domain;
  domain.admits = [&law, subject](const Point& point) { return admissible(law, subject, point); };
  if (law.shape == PointShape::integer)
    domain.strata.push_back(integer_stratum(sampler, fixed_base));
  if (law.shape == PointShape::none) domain.strata.push_back(base_stratum(sampler, fixed_base));
  for (const Choice& choice : choices(law.shape))
    domain.strata.push_back({choice.name, 0, choice.weight,
                             [sampler, shape = law.shape, &choice](Draw& draw, std::uint64_t) {
                               return draw_point(draw, *sampler, shape, choice);
                             }});
  add_ends_of_domain(domain, law, subject);
  return domain;
}

}  // namespace napier
