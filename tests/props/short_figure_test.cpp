// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/short_figure.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include <fmt/format.h>

namespace napier {
namespace {

TEST(ShortFigures, EncloseWhatTheyStandForAndAreShort) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto figure = std::bit_cast<double>(random());
    if (!std::isfinite(figure)) continue;
    const double below = short_below(figure), above = short_above(figure);
    ASSERT_LE(below, figure);
    ASSERT_GE(above, figure);
    // They are neighbours among the decimals of six digits.
    ASSERT_LE(above - below, std::abs(figure) * 1.0001e-5) << figure;
    ASSERT_EQ(below, short_below(below));
    ASSERT_EQ(above, short_above(above));
    // A sign, six digits, a point and an exponent, or zeros up to 1e16.
    if (std::abs(figure) < 1e300) {
      ASSERT_LE(fmt::format("{}", above).size(), 17u) << above;
    }
  }
}

TEST(ShortFigures, LeaveWhatIsShortOrNoNumber) {
  for (const double figure : {0.0, 0.5, -0.25, 1.0, 123456.0, 1e15, 0.1})
    EXPECT_TRUE(figure == short_below(figure) && figure == short_above(figure)) << figure;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(infinite, short_above(infinite));
  const double most = std::numeric_limits<double>::max();
  EXPECT_EQ(most, short_above(most));
  EXPECT_LT(short_below(most), most);
}

}  // namespace
}  // namespace napier
