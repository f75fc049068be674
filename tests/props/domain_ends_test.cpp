// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// However few cases there are, the ends of a claim's domain are among them.
#include "props/domain/domain_ends.hpp"

#include <algorithm>

#include "lib/target/claim_grammar.hpp"
#include "props/domain/call_domain.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

Target claiming(const Function& function, const Format& format, std::string_view sentence) {
  return correctly_rounded_target(function, format, parse_claim(sentence, function, format));
}

bool has(const std::vector<Point>& points, const Point& wanted) {
  return std::ranges::find(points, wanted) != points.end();
}

constexpr std::uint64_t few = 100;

TEST(DomainEnds, AreAskedFirstWithTheirNeighboursAndWhereResultsSaturate) {
  const Target target = claiming(functions::exp, binary64, "ulp <= 1 on [-800, 800]; monotone");
  const Subject subject(target, Rounding::nearest);
  for (const char* name : {"accuracy", "monotone"}) {
    const auto points = points_of(property_named(name, target), subject, few);
    for (const double x : {-800.0, 800.0, std::nextafter(800.0, 0.0), std::nextafter(-800.0, 0.0),
                           1024 * std::numbers::ln2})
      EXPECT_TRUE(has(points, point(x))) << name << ' ' << x;
  }
}

TEST(DomainEnds, AreThoseOfEveryPiece) {
  const Target target = claiming(functions::exp, binary32,
                                 "ulp <= 1 on [-3, 5]; rel <= 1e-3 on [7, 11]; rel <= 1e-2 "
                                 "on [-20, -10]");
  const Subject subject(target, Rounding::nearest);
  const auto points = points_of(property_named("accuracy", target), subject, few);
  for (const float x : {-3.0f, 5.0f, 7.0f, 11.0f, -20.0f, -10.0f}) {
    EXPECT_TRUE(has(points, point(x))) << x;
    EXPECT_TRUE(has(points, point(std::nextafter(x, -100.0f))) ||
                has(points, point(std::nextafter(x, 100.0f))))
        << x;
  }
}

TEST(DomainEnds, OfALogarithmAreThoseOfTheFormatToo) {
  const Target target = claiming(functions::log, binary64, "ulp <= 1 on [1e-3, 1e300]");
  const Subject subject(target, Rounding::nearest);
  const auto points = points_of(call_domain(subject), "calls", few);
  for (const double x : {1e-3, 1e300, 1.0, std::nextafter(1.0, 0.0), 0x1p-1022})
    EXPECT_TRUE(has(points, point(x))) << x;
}

TEST(DomainEnds, OfPowAreCornersAndEdges) {
  const Target target =
      claiming(functions::pow, binary64, "ulp <= 1 on x in [0.5, 8], y in [-20, 40]");
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = property_named("accuracy", target);
  const auto corners = points_of(accuracy, subject, few);
  for (const double x : {0.5, 8.0})
    for (const double y : {-20.0, 40.0}) EXPECT_TRUE(has(corners, point(x, y))) << x << '^' << y;
  const auto points = points_of(accuracy, subject, 1500);
  for (const double x : {0.5, 8.0})
    EXPECT_GE(std::ranges::count_if(points,
                                    [&](const Point& at) { return at.args[0] == from_native(x); }),
              15)
        << x;
  for (const double y : {-20.0, 40.0})
    EXPECT_GE(std::ranges::count_if(points,
                                    [&](const Point& at) { return at.args[1] == from_native(y); }),
              15)
        << y;
  EXPECT_TRUE(has(points, point(std::nextafter(8.0, 0.0), std::nextafter(40.0, 0.0))));
}

TEST(DomainEnds, OfWholeExponentsAreWhole) {
  Target target = claiming(functions::pow, binary64, "ulp <= 1 on x in [1, 8], y in [-20, 40]");
  target.claim.domain.integer_exponent = true;
  const Subject subject(target, Rounding::nearest);
  const auto points = points_of(property_named("accuracy", target), subject, 500);
  EXPECT_TRUE(has(points, point(8.0, 39.0)));
  EXPECT_TRUE(has(points, point(1.0, -20.0)));
}

TEST(DomainEnds, ALawHasACallAtEach) {
  for (const Function* function : {&functions::exp, &functions::pow}) {
    const Target target =
        claiming(*function, binary64,
                 function->arity == 2 ? "ulp <= 1 on x in [0.5, 3], y in [-30, 20]"
                                      : "ulp <= 1 on [-30, 20]");
    const Subject subject(target, Rounding::nearest);
    for (const Property* law : applicable_laws(subject)) {
      if (law->law.empty()) continue;
      bool lo = false, hi = false;
      for (const Point& at : points_of(*law, subject, few)) {
        std::vector<Request> wanted;
        law->plan.add(subject, at, {}, wanted);
        for (const Request& request : wanted) {
          const Float x = function->arity == 2 ? request.call.y : request.call.x;
          lo |= x == from_native(-30.0);
          hi |= x == from_native(20.0);
        }
      }
      // −30 has no opposite in this domain.
      EXPECT_TRUE(hi) << law->name;
      EXPECT_TRUE(lo || law->name == "reciprocal") << law->name;
    }
  }
}

/// What the mutants none_beyond_711 and its like get away with where a few cases are drawn.
TEST(DomainEnds, AWrongStretchOfTheDomainIsMetByFewCases) {
  for (const auto& [from, to] : {std::pair(711.0, 800.0), std::pair(-800.0, -745.5),
                                 std::pair(100.0, 130.0), std::pair(799.9999999, 800.0)}) {
    Target target = claiming(functions::exp, binary64, "ulp <= 1 on [-800, 800]");
    const auto wrong = [from, to](const Call& call, Float right) {
      const double x = to_double(exact_value(is_finite(call.x) ? call.x : zero(binary64)));
      return x > from && x <= to ? from_native(1.0) : right;
    };
    target = correctly_rounded_target(functions::exp, binary64, target.claim, wrong);
    const Subject subject(target, Rounding::nearest);
    const Property& accuracy = property_named("accuracy", target);
    const Domain domain = accuracy.where.domain(subject);
    const auto caller = target.open();
    std::uint64_t refuted = 0;
    for (const Portion& portion : portions(domain, 300))
      refuted += judge_portion(accuracy, subject, domain, Seed{}, portion, {caller.get(), nullptr})
                     .refuted;
    EXPECT_GT(refuted, 0U) << '(' << from << ", " << to << ']';
  }
}

}  // namespace
}  // namespace napier
