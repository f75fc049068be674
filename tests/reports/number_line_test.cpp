// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/number_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace napier {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

std::string drawn(const std::vector<LineItem>& items) { return number_line(items, "ulp", ""); }

/// The row of that name, without it.
std::string row(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name + " ");
  if (at == std::string::npos) return "none";
  return text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

TEST(NumberLine, ShowsPointsAndIntervalsUnderRoundFigures) {
  EXPECT_EQ(drawn({{"allowed", -1, 1}, {"right", -0.25, -0.25}, {"got", 3, 3}}),
            "ulp      -1             0              1              2              3\n"
            "         +--------------+--------------+--------------+--------------+\n"
            "allowed  [=============================]\n"
            "right               *\n"
            "got                                                                  *\n");
}

TEST(NumberLine, KeepsOrderWhateverTheScale) {
  for (const double scale : {1e-12, 1e-3, 0.7, 1.0, 3.0, 1e6, 1e30, 1e300}) {
    const std::string text =
        drawn({{"a", -2 * scale, -2 * scale}, {"b", 0, 0}, {"c", scale, scale}});
    const auto a = row(text, "a").find('*');
    const auto b = row(text, "b").find('*');
    const auto c = row(text, "c").find('*');
    EXPECT_LT(a, b) << text;
    EXPECT_LT(b, c) << text;
    EXPECT_NEAR(static_cast<double>(b - a), 2 * static_cast<double>(c - b), 2) << text;
  }
}

TEST(NumberLine, IntervalsMayEndBeyondThePicture) {
  const std::string text = drawn({{"a", -inf, 0}, {"b", 1, inf}, {"c", -inf, inf}});
  EXPECT_NE(row(text, "a").find("<="), std::string::npos) << text;
  EXPECT_NE(row(text, "a").find("=]"), std::string::npos) << text;
  EXPECT_NE(row(text, "b").find("[="), std::string::npos) << text;
  EXPECT_NE(row(text, "b").find("=>"), std::string::npos) << text;
  EXPECT_LT(row(text, "a").find(']'), row(text, "b").find('[')) << text;
}

TEST(NumberLine, SaysWhatLiesNowhere) {
  const std::string text = drawn({{"a", std::nan(""), std::nan("")}, {"b", 1, 2}});
  EXPECT_EQ(row(text, "a"), "a    nowhere");
}

TEST(NumberLine, IsEmptyWhereNoEndIsFinite) {
  EXPECT_EQ(drawn({{"a", -inf, inf}}), "");
  EXPECT_EQ(drawn({}), "");
}

TEST(NumberLine, APointAloneIsShown) {
  for (const double at : {0.0, 5.0, -1e300, 1e-300})
    EXPECT_NE(row(drawn({{"a", at, at}}), "a").find('*'), std::string::npos) << at;
}

}  // namespace
}  // namespace napier
