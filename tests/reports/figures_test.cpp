// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/figures.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "reports/text.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using Rounding::down;
using Rounding::nearest;
using Rounding::up;

TEST(Figures, AreShortenedInTheDirectionInWhichTheyStayTrue) {
  EXPECT_EQ("0.5112", decimal(0.51129, 4, down));
  EXPECT_EQ("0.5113", decimal(0.51121, 4, up));
  EXPECT_EQ("0.5112", decimal(0.51121, 4, nearest));
  EXPECT_EQ("10", decimal(9.9999, 3, up));
  EXPECT_EQ("9.99", decimal(9.9999, 3, down));
  EXPECT_EQ("0.5", decimal(0.5, 4, up));
}

TEST(Figures, HaveNoExponentWhereNoneIsNeeded) {
  EXPECT_EQ("0", decimal(0, 4, up));
  EXPECT_EQ("inf", decimal(INFINITY, 4, down));
  EXPECT_EQ("0.0001", decimal(0.0001, 3, nearest));
  EXPECT_EQ("1.5e-5", decimal(0.000015, 3, nearest));
  EXPECT_EQ("1230000", decimal(1'234'567, 3, down));
  EXPECT_EQ("1.23e7", decimal(12'345'678, 3, down));
  EXPECT_EQ("4.941e-324", decimal(5e-324, 4, up));
  EXPECT_EQ("1.797e308", decimal(1.7976931348623157e308, 4, down));
}

TEST(Figures, AreNeverOnTheWrongSideOfWhatTheyStandFor) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto value = std::bit_cast<double>(random() % 0x7ff0000000000000U);
    const int digits = 1 + static_cast<int>(random() % 6);
    EXPECT_LE(std::stold(decimal(value, digits, down)), value);
    EXPECT_GE(std::stold(decimal(value, digits, up)), value);
  }
}

TEST(Figures, AreNoLandmarkUnlessTheyAreThatLandmark) {
  EXPECT_EQ("1.0000009", ulp_text(Ulp{1 + 0x1p-20}, down));
  EXPECT_EQ("1.001", ulp_text(Ulp{1 + 0x1p-20}, up));
  EXPECT_EQ("1", ulp_text(Ulp{1}, down));
  EXPECT_EQ("0.50000005", ulp_text(Ulp{0.5 + 0x1p-24}, down));
  EXPECT_EQ("0.499", ulp_text(Ulp{0.49999}, down).substr(0, 5));
  EXPECT_EQ("0.9999991", ulp_text(Ulp{1 - 0x1p-20}, up));
  const std::array claim{0.5021};
  EXPECT_EQ("0.5021005", ulp_text(Ulp{0.50210055}, down, claim));
  EXPECT_EQ("0.5021", ulp_text(Ulp{0.50210055}, down));
  EXPECT_EQ("639.2", ulp_text(Ulp{639.27}, down));
  EXPECT_EQ("123400", ulp_text(Ulp{123456.0}, down));
}

TEST(Figures, ShowBothEndsOfAnErrorOnlyIfTheyDiffer) {
  EXPECT_EQ("3.2 ulp", ulp_text(UlpRange{{3.2000000001}, {3.2000000002}}));
  EXPECT_EQ("3.1 to 3.3 ulp", ulp_text(UlpRange{{3.1}, {3.29999999}}));
  EXPECT_EQ("inf ulp", ulp_text(UlpRange{infinite_ulp, infinite_ulp}));
  EXPECT_EQ("2 to inf ulp", ulp_text(UlpRange{{2}, infinite_ulp}));
}

TEST(Figures, CallAShareNothingOrAllOnlyIfItIs) {
  EXPECT_EQ("0 %", percent_text(0));
  EXPECT_EQ("100 %", percent_text(1));
  EXPECT_EQ("99.99999 %", percent_text(0.9999999));
  EXPECT_EQ("1e-7 %", percent_text(1e-9));
  EXPECT_EQ("106 %", percent_text(1.0625));
  EXPECT_EQ("29 %", percent_text(0.29));
  EXPECT_EQ("infinite", percent_text(INFINITY));
  EXPECT_EQ("5,120 (31.2 %)", part_text(5'120, 16'384));
  EXPECT_EQ("0", part_text(0, 10));
  EXPECT_EQ("18,446,744,073,709,551,615", count_text(~std::uint64_t{0}));
  EXPECT_EQ("1 case", counted(1, "case", "cases"));
}

TEST(Figures, ShowArgumentsExactly) {
  const Float one = datum(binary64, "0x1p+0");
  EXPECT_EQ("0x1p+0", arguments_text(std::array{one}));
  EXPECT_EQ("(0x1p+0, -0x0p+0)", arguments_text(std::array{one, napier::zero(binary64, true)}));
  EXPECT_EQ("1, rounding up", place_text(std::array{one}, up));
  EXPECT_EQ("1", place_text(std::array{one}, nearest));
}

TEST(Text, IsMadeVisible) {
  EXPECT_EQ("a ½ b\nc d", visible("a ½ b\nc\td"));
  EXPECT_EQ("\\x1b[31m \\x00 \\x7f", visible(std::string_view("\x1b[31m \0 \x7f", 9)));
  EXPECT_EQ("\\xc2\\x9b", visible("\xc2\x9b"));           // the one-character CSI
  EXPECT_EQ("\\xe2\\x80\\xae", visible("\xe2\x80\xae"));  // right-to-left override
  EXPECT_EQ("\\xff\\xc0\\x80", visible("\xff\xc0\x80"));  // no UTF-8, overlong
  EXPECT_EQ("\\xed\\xa0\\x80", visible("\xed\xa0\x80"));  // a surrogate
  EXPECT_EQ("\\xf4\\x90\\x80\\x80", visible("\xf4\x90\x80\x80"));
  EXPECT_EQ("a\\xe2\\x82", visible("a\xe2\x82"));  // cut off
  EXPECT_EQ("😀", visible("😀"));
  EXPECT_EQ("a b", one_line("a\nb"));
  EXPECT_EQ("&lt;a href=&quot;x&quot;&gt;&#39;&amp;", html_escaped("<a href=\"x\">'&"));
}

}  // namespace
}  // namespace napier
