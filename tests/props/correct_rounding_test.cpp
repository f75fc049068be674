// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The promise that everything rests on: who rounds correctly is never refuted, by any property,
// under any true claim, in any mode. And who does not is.
#include <cmath>
#include <numbers>

#include "lib/fp/arithmetic.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/exponent_range.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

constexpr const Function* audited[] = {&functions::exp, &functions::exp2, &functions::expm1,
                                       &functions::pow};

/// The claims that hold of a correctly rounded target in all four modes.
std::vector<Target> honest_claims(const Function& function, const Format& format) {
  std::vector<Target> targets;
  for (const Claim& claim :
       {claim_correctly_rounded(), claim_ulps(format, "0.5", "1"), claim_faithful()})
    targets.push_back(correctly_rounded_target(function, format, claim));
  return targets;
}

/// Exponents u = x·ln a whose results lie at the edges of binades, of the normal numbers, of the
/// numbers, and of being anything but 1.
std::vector<double> edge_exponents(const Function& function, const Format& format) {
  const ExponentRange range = exponent_range(function, format);
  std::vector<double> edges{range.lo, range.least_normal, range.hi, 0};
  for (const int binade :
       {format.least_exponent(), format.least_exponent() + 1, format.min_exponent() - 2,
        format.min_exponent() - 1, format.min_exponent(), format.min_exponent() + 1,
        -format.precision, -2, -1, 1, 2, format.precision, format.max_exponent - 1,
        format.max_exponent})
    edges.push_back(binade * std::numbers::ln2);
  for (const int power : {1, format.precision - 1, format.precision, format.precision + 1})
    for (const double sign : {1.0, -1.0}) edges.push_back(sign * std::ldexp(1, -power));
  return edges;
}

/// A datum within a few encodings of u/ln a.
Float beside(Draw& draw, const Format& format, double u, double log_a) {
  return step(draw.datum(format, u / log_a), draw.integer(-3, 3));
}

/// Points of a law some of whose exponents lie at an edge: x itself, or x + y, y − x, x·y, x + h.
std::vector<Point> edge_points(const Subject& subject, const Domain& domain, std::size_t arguments,
                               std::uint64_t wanted) {
  const Format& format = subject.format();
  const auto edges = edge_exponents(subject.power(), format);
  std::vector<Point> points;
  for (std::uint64_t i = 0; points.size() < wanted && i < 50 * wanted; ++i) {
    Draw draw(Seed{1}, {property_key("edges"), 0, i});
    Point point;
    double log_a = log_of_fixed_base(subject.power().base);
    if (subject.has_base_argument()) {
      point.push(draw_base(draw, format, {}));
      log_a = approximate_log(point.args[0]);
      if (log_a == 0) continue;
    }
    const auto edge = [&] {
      return edges[static_cast<std::size_t>(
          draw.integer(0, static_cast<std::int64_t>(edges.size()) - 1))];
    };
    const Float x = beside(draw, format, edge(), log_a);
    point.push(x);
    if (point.count < arguments) {
      const Float goal = beside(draw, format, edge(), log_a);
      if (!is_finite(x) || !is_finite(goal)) continue;
      switch (draw.integer(0, 3)) {
        case 0:
          point.push(goal);
          break;
        case 1:
          point.push(subtract(goal, x).value);
          break;
        case 2:
          point.push(add(goal, x).value);
          break;
        default:
          if (is_zero(x)) continue;
          point.push(divide(goal, x));
          break;
      }
    }
    if (domain.admits(point)) points.push_back(point);
  }
  return points;
}

/// About as many points of each stratum, spread over the enumerated ones.
std::vector<Point> points_of_every_stratum(const Property& property, const Subject& subject,
                                           std::uint64_t each) {
  std::vector<Point> points;
  const Domain domain = property.where.domain(subject);
  for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum) {
    const std::uint64_t size = domain.strata[stratum].size;
    const std::uint64_t stride = size == 0 ? 1 : std::max<std::uint64_t>(1, size / each);
    for (std::uint64_t i = 0; i < (size == 0 ? each : size); i += stride)
      if (const auto point = domain.at(Seed{}, {property_key(property.where.name), stratum, i}))
        points.push_back(*point);
  }
  return points;
}

/// Judges one set of answers under each of the claims; counts what stays open.
std::uint64_t expect_never_refuted(const Property& property, const std::vector<Target>& claims,
                                   Rounding rounding, const Point& point, Caller& caller) {
  const Subject first(claims.front(), rounding);
  const JudgedCase judged = judge_point(property, first, point, {&caller, nullptr});
  std::uint64_t undecided = 0;
  for (const Target& target : claims) {
    const Subject subject(target, rounding);
    Tally figures;
    const Verdict verdict = property.judge(subject, point, judged.transcript(), figures);
    if (std::holds_alternative<Undecided>(verdict)) ++undecided;
    EXPECT_FALSE(refuted(verdict))
        << property.name << " of " << target.name << ", " << describe(target.claim) << ", "
        << name(rounding) << " at " << text(point) << ": "
        << property.explain(subject, point, judged.transcript());
    EXPECT_EQ(figures.misrounded, 0u) << property.name << " at " << text(point);
  }
  return undecided;
}

class CorrectlyRounded
    : public testing::TestWithParam<std::tuple<const Function*, const Format*, Rounding>> {
 protected:
  const Function& function() const { return *std::get<0>(GetParam()); }
  const Format& format() const { return *std::get<1>(GetParam()); }
  Rounding rounding() const { return std::get<2>(GetParam()); }
};

TEST_P(CorrectlyRounded, IsNeverRefutedByALaw) {
  const auto claims = honest_claims(function(), format());
  const Subject subject(claims.front(), rounding());
  CorrectlyRoundedCaller caller(function(), format(), {});
  const std::uint64_t each = count(80, 2000);
  for (const Property* law : applicable_laws(subject)) {
    const Domain domain = law->where.domain(subject);
    auto points = points_of(*law, subject, each);
    ASSERT_FALSE(points.empty()) << law->name;
    const std::size_t arguments = points.front().count;
    if (law->name != "integer_power" && law->name != "first_power" && law->name != "zeroth_power") {
      const auto edges = edge_points(subject, domain, arguments, each);
      EXPECT_GE(edges.size(), each / 2) << law->name << ": hardly any edges";
      points.insert(points.end(), edges.begin(), edges.end());
    }
    std::uint64_t undecided = 0;
    for (const Point& point : points)
      undecided += expect_never_refuted(*law, claims, rounding(), point, caller);
    // Where 1 + 2^-1074 must be told from 1 the cap is reached, and only there.
    EXPECT_LE(undecided, points.size() / 50) << law->name;
  }
}

TEST_P(CorrectlyRounded, IsNeverRefutedBySingleCalls) {
  const auto claims = honest_claims(function(), format());
  const Subject subject(claims.front(), rounding());
  CorrectlyRoundedCaller caller(function(), format(), {});
  for (const char* name : {"accuracy", "special_values", "returns"}) {
    const Property& property = property_named(name, claims.front());
    for (const Point& point : points_of_every_stratum(property, subject, count(100, 5000)))
      EXPECT_EQ(expect_never_refuted(property, claims, rounding(), point, caller), 0u)
          << name << " at " << text(point);
  }
}

// One encoding away at a single place is enough to be refuted there, and nowhere else.
TEST_P(CorrectlyRounded, IsRefutedWhereItGivesTheNeighbour) {
  const Target honest = correctly_rounded_target(function(), format(), claim_correctly_rounded());
  const Property& accuracy = property_named("accuracy", honest);
  const Subject subject(honest, rounding());
  Draw draw(Seed{1}, {property_key("neighbours"), 0, 0});
  for (const Point& point : points_of_every_stratum(accuracy, subject, count(30, 1000))) {
    const Call wrong_at{point.args[0], function().arity == 2 ? point.args[1] : Float{}};
    const bool upward = draw.coin();
    std::optional<Float> given;
    CorrectlyRoundedCaller caller(function(), format(), [&](const Call& call, Float right) {
      if (call != wrong_at || is_nan(right)) return right;
      given = upward ? next_up(right) : next_down(right);
      if (*given == right) given = upward ? next_down(right) : next_up(right);
      return *given;
    });
    const JudgedCase judged = judge_point(accuracy, subject, point, {&caller, nullptr});
    if (!given) continue;
    EXPECT_TRUE(refuted(judged.verdict))
        << function().name << " gave " << to_hex(*given) << " at " << text(point);
    EXPECT_EQ(judged.figures.misrounded, 1u) << text(point);
  }
}

std::string parameter_name(const testing::TestParamInfo<CorrectlyRounded::ParamType>& info) {
  const auto& [function, format, rounding] = info.param;
  return std::string(function->name) + "_" + std::string(format->name) + "_" +
         std::string(name(rounding));
}

INSTANTIATE_TEST_SUITE_P(All, CorrectlyRounded,
                         testing::Combine(testing::ValuesIn(audited), testing::ValuesIn(formats),
                                          testing::ValuesIn(all_roundings)),
                         parameter_name);

}  // namespace
}  // namespace napier
