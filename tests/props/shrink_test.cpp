// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <tuple>

#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// What it takes to write a number down, said once more than in the shrinker: significant bits,
/// binades from 1, the sign.
std::tuple<int, std::int64_t, bool> cost(Float x) {
  if (is_zero(x)) return {0, 0, is_negative(x)};
  const Dyadic v = exact_value(x).reduced();
  return {top_bit(v.significand), std::abs(v.binade()), v.negative};
}

TEST(SimplerPoints, AreSimplerInOneArgumentAndTheSameInTheOthers) {
  Draw draw(Seed{1}, {1, 2, 3});
  for (int i = 0; i < 200; ++i) {
    const Point start = point(draw.magnitude(-60, 60), draw.magnitude(-1070, 1000));
    const auto simpler = simpler_points(start);
    EXPECT_FALSE(simpler.empty()) << text(start);
    for (const Point& other : simpler) {
      ASSERT_EQ(other.count, 2u);
      const bool first = other.args[0] != start.args[0];
      const bool second = other.args[1] != start.args[1];
      EXPECT_NE(first, second) << text(start) << " to " << text(other);
      const std::size_t changed = first ? 0 : 1;
      EXPECT_LT(cost(other.args[changed]), cost(start.args[changed]))
          << text(start) << " to " << text(other);
    }
  }
}

TEST(SimplerPoints, EndAtOneAndZeroAndLeaveSpecialsAlone) {
  EXPECT_EQ(simpler_points(point(0.0)).size(), 0u);
  EXPECT_EQ(simpler_points(point(double(INFINITY))).size(), 0u);
  EXPECT_EQ(simpler_points(point(double(NAN))).size(), 0u);
  for (const Point& other : simpler_points(point(1.0))) EXPECT_EQ(other, point(0.0));
}

class Shrink : public testing::TestWithParam<const char*> {};

// exp is wrong between 1.3 and 700 only: what is left is the simplest refuted point around, every
// step on the way is refuted and admitted, and nothing simpler beside it is.
TEST_P(Shrink, GoesToSimplerRefutedPointsOnly) {
  const auto wrong = [](const Call& call, Float right) {
    const auto x = to_native<double>(call.x);
    return x > 1.3 && x < 700 ? step(right, 1000) : right;
  };
  const Target target =
      correctly_rounded_target(functions::exp, binary64, claim_ulps(binary64, "1", "2"), wrong);
  const auto caller = target.open();
  const Callers callers{caller.get(), nullptr};
  const Property& property = property_named(GetParam(), target);
  const Subject subject(target, Rounding::nearest);
  const Domain domain = property.where.domain(subject);
  const auto is_refuted = [&](const Point& at) {
    return refuted(judge_point(property, subject, at, callers).verdict);
  };
  int shrunk = 0;
  for (const Point& start : points_of(property, subject, 8000)) {
    if (shrunk == 5 || !is_refuted(start)) continue;
    ++shrunk;
    const Point smallest = shrink(property, subject, domain, start, callers);
    EXPECT_TRUE(is_refuted(smallest)) << text(smallest);
    EXPECT_TRUE(domain.admits(smallest)) << text(smallest);
    for (std::size_t i = 0; i < start.count; ++i)
      EXPECT_LE(cost(smallest.args[i]), cost(start.args[i]))
          << text(start) << " to " << text(smallest);
    for (const Point& other : simpler_points(smallest))
      EXPECT_FALSE(domain.admits(other) && is_refuted(other))
          << text(smallest) << " could still go to " << text(other);
    int bits = 0;
    for (const Float x : smallest.arguments()) bits += std::get<0>(cost(x));
    EXPECT_LE(bits, 12) << text(smallest) << " from " << text(start);
  }
  EXPECT_EQ(shrunk, 5);
}

INSTANTIATE_TEST_SUITE_P(Laws, Shrink,
                         testing::Values("product", "reciprocal", "quotient", "tower", "own_slope",
                                         "accuracy"));

}  // namespace
}  // namespace napier
