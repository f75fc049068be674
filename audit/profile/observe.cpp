// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/observe.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/fp/ordinal.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/exponent_range.hpp"
#include "props/property/property.hpp"
#include "props/tally/largest.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A wrong infinity, a NaN and a number where the true value is beyond: as far off as can be.
SignedUlpRange beyond_numbers(TrueValue& truth, Float got, Rounding rounding) {
  const UlpRange size = truth.error(got, rounding);
  if (size.hi.value == 0) return {0, 0};
  const bool above = is_nan(got) || !is_negative(got);
  return above ? SignedUlpRange{size.lo.value, size.hi.value}
               : SignedUlpRange{-size.hi.value, -size.lo.value};
}

/// Places the true value: what was rounded up to a power of two lies in the binade below.
void place(Observation& seen, Float rounded, bool rounded_up) {
  seen.log2 = log2_of(rounded);
  if (!is_finite(rounded) || is_zero(rounded)) return;
  const Dyadic value = exact_value(rounded).reduced();
  const bool below = rounded_up && value.significand == 1;
  seen.binade = static_cast<double>(value.binade()) - (below ? 1 : 0);
}

std::optional<Observation> judged(const Subject& subject, const Point& point, Float got) {
  const Function& function = *subject.target->function;
  Observation seen{point, got, got, {}, about(point.args[point.count - 1]), 0};
  const Call call = point.call();
  if (is_finite(got) && !is_zero(got))
    if (const auto t = fast_value(function, call))
      if (const auto error = fast_signed_error(*t, got, subject.rounding)) {
        // Within half an ulp, and so the right rounding: most calls need no more.
        const double most = subject.rounding == Rounding::nearest ? 0.5 : 0;
        if (error->magnitude().hi.value < most) {
          seen.error = *error;
          place(seen, got, is_negative(got) ? error->hi < 0 : error->lo > 0);
          return seen;
        }
      }
  TrueValue truth(function, call);
  if (truth.is_nan() || truth.is_infinite()) return std::nullopt;
  const auto want = truth.rounded(subject.format(), subject.rounding);
  if (!want) return std::nullopt;
  seen.want = *want;
  const Position nearer_0 = is_negative(*want) ? Position::above : Position::below;
  place(seen, *want, is_finite(*want) && truth.compare(exact_value(*want)) == nearer_0);
  seen.error = is_finite(got) && is_finite(*want) ? truth.signed_error(got, subject.rounding)
                                                  : beyond_numbers(truth, got, subject.rounding);
  return seen;
}

void add_unary(const Subject& subject, Draw& draw, std::size_t count, std::vector<Point>& points) {
  const Format& format = subject.format();
  const Function& function = *subject.target->function;
  const auto add = [&](Float x) {
    Point point;
    point.push(x);
    points.push_back(point);
  };
  if (function.kind == Kind::logarithm) {
    const Ordinal most = max_ordinal(format);
    for (std::size_t i = 0; i < count / 2; ++i) {
      const double share = (static_cast<double>(i) + draw.unit()) / static_cast<double>(count / 2);
      add(from_ordinal(format, static_cast<Ordinal>(share * static_cast<double>(most))));
    }
    for (std::size_t i = 0; i < count / 2; ++i)
      add(draw.datum(format, 1 + draw.magnitude(-format.precision, 0)));
    return;
  }
  const Function& power = subject.power();
  const double log_a = log_of_fixed_base(power.base);
  const ExponentRange range = within(exponent_range(power, format), subject.claim->domain.x, log_a);
  const double lo = range.lo / log_a, hi = range.hi / log_a;
  if (!(lo < hi)) return;
  for (std::size_t i = 0; i < count / 2; ++i) {
    const double share = (static_cast<double>(i) + draw.unit()) / static_cast<double>(count / 2);
    add(draw.datum(format, lo + (hi - lo) * share));
  }
  const double largest = std::log2(std::max(std::abs(lo), std::abs(hi)));
  for (std::size_t i = 0; i < count / 2; ++i) {
    const double least = -format.precision - 2;
    const double share = (static_cast<double>(i) + draw.unit()) / static_cast<double>(count / 2);
    add(draw.datum(format, draw.sign() * std::exp2(least + (largest - least) * share)));
  }
}

void add_drawn(const Subject& subject, Seed seed, std::size_t count, std::vector<Point>& points) {
  const Domain domain = call_domain(subject);
  for (const Portion& portion : portions(domain, count))
    for (std::uint64_t i = 0; i < portion.count; ++i)
      if (const auto point =
              domain.at(seed, {property_key(call_domain_name), portion.stratum, portion.first + i}))
        points.push_back(*point);
}

}  // namespace

double log2_of(Float x) {
  if (!is_finite(x)) return infinite;
  const Dyadic value = exact_value(x);
  if (value.is_zero()) return -infinite;
  return std::log2(static_cast<double>(value.significand)) + static_cast<double>(value.exponent);
}

double about(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  if (!is_finite(x)) return is_negative(x) ? -infinite : infinite;
  const Dyadic value = exact_value(x);
  const double size =
      std::ldexp(static_cast<double>(value.significand),
                 static_cast<int>(std::clamp<std::int64_t>(value.exponent, -20'000, 20'000)));
  return value.negative ? -size : size;
}

const Property& accuracy_row() {
  return *std::ranges::find(all_properties(), Family::accuracy, &Property::family);
}

std::vector<Observation> observe(const Subject& subject, std::span<const Point> points,
                                 Caller& caller, SeenCases* cases) {
  std::vector<Call> calls;
  calls.reserve(points.size());
  for (const Point& point : points) calls.push_back(point.call());
  std::vector<Answer> answers(calls.size());
  caller.call(subject.rounding, Observe::values, calls, answers);
  std::vector<Observation> seen;
  for (std::size_t i = 0; cases != nullptr && i < points.size(); ++i)
    cases->add(subject, points[i], answers[i]);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (answers[i].ending == Ending::returned)
      if (auto one = judged(subject, points[i], answers[i].value)) seen.push_back(std::move(*one));
  return seen;
}

std::vector<Point> spread_points(const Subject& subject, Seed seed, std::size_t count) {
  std::vector<Point> points;
  Draw draw(seed, {property_key("profile"), 0, 0});
  if (subject.target->function->arity == 1) {
    add_unary(subject, draw, count * 3 / 4, points);
    add_drawn(subject, seed, count / 4, points);
  } else {
    add_drawn(subject, seed, count, points);
  }
  std::erase_if(points, [&](const Point& point) {
    return std::ranges::any_of(point.arguments(), [](Float x) { return is_nan(x); }) ||
           !covers(subject.claim->domain, point.args[0], point.args[1]);
  });
  leave_once(points);
  return points;
}

void leave_once(std::vector<Point>& points) {
  std::ranges::sort(points, bits_less);
  const auto twice =
      std::ranges::unique(points, [](const Point& a, const Point& b) { return a == b; });
  points.erase(twice.begin(), twice.end());
}

}  // namespace napier
