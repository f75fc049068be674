// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is asked of a target beside its verdict: planes of two arguments, special values, and how
// many results are misrounded where that says something.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audit/profile/heat_maps.hpp"
#include "audit/profile/look_closer.hpp"
#include "audit/profile/special_grid.hpp"
#include "lib/fp/ordinal.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

/// What is seen, of which these tests ask nothing.
SeenCases& some_cases() {
  static SeenCases cases({});
  return cases;
}

using testing_support::claim_ulps;
using testing_support::correctly_rounded_target;
using testing_support::Fault;

/// How strong a map is on average where a cell satisfies something, and elsewhere.
template <class Is>
std::pair<double, double> averages(const HeatMap& map, Is is) {
  double sums[2] = {}, cells[2] = {};
  for (std::size_t row = 0; row < map.rows(); ++row)
    for (std::size_t column = 0; column < map.columns(); ++column) {
      const auto figure = map.largest[row * map.columns() + column];
      if (!figure) continue;
      const int other = is(map.x_ends[column], map.y_ends[row]) ? 0 : 1;
      sums[other] += std::min(*figure, 100.0);
      ++cells[other];
    }
  return {sums[0] / cells[0], sums[1] / cells[1]};
}

TEST(HeatMaps, AreHotWhereTheErrorsAre) {
  // Of pow, off by 9 steps at bases above 1.
  const Target target = correctly_rounded_target(
      functions::pow, binary64, claim_ulps(binary64, "20", "20"), [](const Call& call, Float y) {
        const bool hit = is_finite(y) && to_native<double>(call.x) > 1;
        return hit ? step(y, 9) : y;
      });
  const Subject subject(target, Rounding::nearest);
  const auto caller = target.open();
  const auto maps = heat_maps(subject, Seed{}, 3000, {caller.get(), nullptr}, some_cases());
  ASSERT_FALSE(maps.empty());
  const auto of = [&](std::string_view property) -> const HeatMap& {
    return *std::ranges::find(maps, property, &HeatMap::property);
  };
  EXPECT_EQ(of("accuracy").largest.size(), map_side * map_side);
  const auto [hot, cold] =
      averages(of("accuracy"), [](Float x, Float) { return to_native<double>(x) > 1; });
  EXPECT_GT(hot, 4 * cold);
}

TEST(HeatMaps, OfLawsTellHowMuchOfTheClaimIsUsed) {
  const Target target = correctly_rounded_target(
      functions::exp, binary64, claim_ulps(binary64, "8", "8"), [](const Call& call, Float y) {
        const bool hit = is_finite(y) && !is_zero(y) && is_negative(call.x);
        return hit ? step(y, 7) : y;
      });
  const Subject subject(target, Rounding::nearest);
  const auto caller = target.open();
  const auto maps = heat_maps(subject, Seed{}, 3000, {caller.get(), nullptr}, some_cases());
  ASSERT_EQ(maps.size(), 3u);
  for (const HeatMap& map : maps) {
    EXPECT_GT(map.cases, 1000u) << map.property;
    for (const auto& share : map.largest) EXPECT_LE(share.value_or(0), 1) << map.property;
  }
  const HeatMap& product = *std::ranges::find(maps, "product", &HeatMap::property);
  const auto [hot, cold] =
      averages(product, [](Float x, Float y) { return is_negative(x) && is_negative(y); });
  EXPECT_GT(hot, cold);
}

/// Where no base is negative the least is -0, which has a place of its own before +0.
TEST(HeatMaps, HoldTheLeastArgument) {
  Claim claim = claim_ulps(binary64, "1", "1");
  claim.domain.x = {0, 4};
  const Target target = correctly_rounded_target(functions::pow, binary64, claim);
  const auto caller = target.open();
  const auto maps = heat_maps(Subject(target, Rounding::nearest), Seed{}, 2000,
                              {caller.get(), nullptr}, some_cases());
  ASSERT_FALSE(maps.empty());
  const Float least = maps.front().x_ends.front();
  EXPECT_TRUE(is_zero(least) && is_negative(least)) << to_native<double>(least);
}

TEST(HeatMaps, AreOfEnoughCasesOrNotMade) {
  const Target target =
      correctly_rounded_target(functions::pow, binary64, claim_ulps(binary64, "1", "1"));
  const auto caller = target.open();
  EXPECT_TRUE(heat_maps(Subject(target, Rounding::nearest), Seed{}, 50, {caller.get(), nullptr},
                        some_cases())
                  .empty());
}

TEST(SpecialGrid, TellsWhatIsWrongAndWhatIsNotAsked) {
  Claim claim = claim_ulps(binary64, "1", "1");
  claim.special_values = true;
  const Target honest = correctly_rounded_target(functions::pow, binary64, claim);
  const auto states_of = [](const Target& target) {
    const auto caller = target.open();
    return special_grid(target, {caller.get(), nullptr}, some_cases());
  };
  const SpecialGrid right = states_of(honest);
  ASSERT_EQ(right.got.size(), right.x.size() * right.y.size());
  EXPECT_EQ(std::ranges::count(right.states, SpecialGrid::State::broken), 0);
  EXPECT_GT(std::ranges::count(right.states, SpecialGrid::State::kept), 100);

  // pow(-inf, 3) of the wrong sign, and pow(nan, 0) a NaN.
  const Target wrong =
      correctly_rounded_target(functions::pow, binary64, claim, [](const Call& call, Float y) {
        const double x = to_native<double>(call.x), e = to_native<double>(call.y);
        if (std::isinf(x) && x < 0 && e == 3) return negated(y);
        return std::isnan(x) && e == 0 ? quiet_nan(*y.format) : y;
      });
  const SpecialGrid grid = states_of(wrong);
  std::size_t broken = 0;
  for (std::size_t i = 0; i < grid.got.size(); ++i) {
    if (grid.states[i] != SpecialGrid::State::broken) continue;
    ++broken;
    const double x = to_native<double>(grid.x[i / grid.y.size()]);
    const double y = to_native<double>(grid.y[i % grid.y.size()]);
    EXPECT_TRUE((std::isinf(x) && x < 0 && y == 3) || (std::isnan(x) && y == 0)) << x << ' ' << y;
  }
  EXPECT_EQ(broken, 3u);  // both zeros as exponents of a NaN
}

}  // namespace
}  // namespace napier
