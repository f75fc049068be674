// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "lib/fp/ordinal.hpp"
#include "reports/render/svg.hpp"
#include "reports/view/charts.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(text.begin(), text.end(), regex), {}));
}

Float power(int exponent, bool negative = false) {
  return round_to(binary64, Dyadic{negative, 1, exponent}, Rounding::nearest);
}

BinadeError binade(int exponent, double ulps, bool negative = false) {
  return {power(exponent, negative),
          power(exponent + 1, negative),
          {Ulp{ulps}, Ulp{ulps}},
          {power(exponent, negative)}};
}

/// A target whose accuracy was measured in those binades.
TargetResult measured_in(std::vector<BinadeError> binades, Strength strength) {
  TargetResult target = refuted_report().targets.front();
  target.measurements.clear();
  Measurement m;
  m.property = "accuracy";
  m.strength = strength;
  m.cases = 1000;
  for (const BinadeError& one : binades)
    if (m.at.empty() || one.max_ulp.hi > m.max_ulp.hi) m.max_ulp = one.max_ulp, m.at = one.at;
  m.breakdown.binades = std::move(binades);
  target.measurements.push_back(m);
  return target;
}

TEST(ErrorCharts, HasABarForEachRangeInItsOrderAndSaysWhereItIs) {
  const auto charts = error_charts(
      measured_in({binade(3, 2, true), binade(0, 0.5, true), binade(0, 0.75), binade(2, 1)},
                  Strength::sampled));
  ASSERT_EQ(1u, charts.size());
  std::vector<double> heights;
  for (const Bar& bar : charts[0].bars) heights.push_back(bar.value);
  EXPECT_THAT(heights, testing::ElementsAre(2, 0.5, 0.75, 1));
  EXPECT_EQ("exp(-8) = exp(-0x1p+3): ≥ 2 ulp; the largest for arguments −2⁴ to −2³",
            charts[0].bars[0].told);
  EXPECT_TRUE(charts[0].bars[0].observed);
  EXPECT_THAT(charts[0].caption, HasSubstr("The largest seen in 1,000 cases"));
  ASSERT_EQ(2u, charts[0].levels.size());
  EXPECT_EQ(1, charts[0].levels[0].value);
  EXPECT_EQ(0.5, charts[0].levels[1].value);
}

TEST(ErrorCharts, TellBoundsFromWhatWasSeen) {
  const auto charts = error_charts(measured_in({binade(0, 0.75)}, Strength::exhaustive));
  ASSERT_EQ(1u, charts.size());
  EXPECT_FALSE(charts[0].bars[0].observed);
  EXPECT_THAT(charts[0].caption, HasSubstr("every argument was tried"));
  EXPECT_THAT(svg(charts[0]), HasSubstr("class=\"bar bound\""));
}

TEST(ErrorCharts, ShowTheWorstOfThoseThatShareABarAndNeverBothSigns) {
  std::vector<BinadeError> binades;
  for (int e = 99; e >= 0; --e) binades.push_back(binade(e, 0.5, true));
  for (int e = 0; e < 100; ++e) binades.push_back(binade(e, e == 41 ? 7 : 0.5));
  const auto charts = error_charts(measured_in(binades, Strength::sampled));
  ASSERT_EQ(1u, charts.size());
  EXPECT_LE(charts[0].bars.size(), most_bars);
  EXPECT_EQ(1, std::ranges::count(charts[0].bars, 7.0, &Bar::value));
  for (const Bar& bar : charts[0].bars)
    EXPECT_EQ(bar.told.find("to −") != std::string::npos,
              bar.told.find("arguments −") != std::string::npos)
        << bar.told;
}

TEST(ErrorCharts, TakeTheLargerOfASampleAndASearch) {
  TargetResult target = measured_in({binade(0, 0.75), binade(1, 0.9)}, Strength::sampled);
  Measurement search = target.measurements.front();
  search.strength = Strength::searched;
  search.breakdown.binades = {binade(1, 1.5)};
  target.measurements.push_back(search);
  const auto charts = error_charts(target);
  ASSERT_EQ(1u, charts.size());
  EXPECT_THAT(charts[0].bars, testing::SizeIs(2));
  EXPECT_EQ(1.5, charts[0].bars[1].value);
  EXPECT_THAT(charts[0].caption, HasSubstr("2,000 cases"));
}

TEST(ErrorCharts, AreNoneWhereNothingWasMeasured) {
  EXPECT_TRUE(error_charts(measured_in({}, Strength::sampled)).empty());
  EXPECT_TRUE(error_charts({}).empty());
}

TEST(Svg, HasAMarkWhereTheDataHasOne) {
  BarChart chart;
  chart.title = "A <title>";
  chart.unit = "ulp";
  constexpr double infinite = std::numeric_limits<double>::infinity();
  chart.bars = {{0.5, true, "a"}, {2, false, "<b>"}, {infinite, true, "c"}};
  chart.levels = {{1, "claim", true}, {0.1, "as good as can be"}};
  chart.ticks = {{0, "−2⁹"}};
  for (const bool logarithmic : {false, true}) {
    chart.logarithmic = logarithmic;
    const std::string text = svg(chart);
    EXPECT_EQ(3u, count_of(text, "<path class=\"bar "));
    EXPECT_EQ(2u, count_of(text, "class=\"bar observed( over)?\""));
    EXPECT_EQ(2u, count_of(text, " over\""));
    EXPECT_EQ(2u, count_of(text, "class=\"level\""));
    EXPECT_THAT(text, HasSubstr("A &lt;title&gt;"));
    EXPECT_THAT(text, HasSubstr("<title>&lt;b&gt;</title>"));
    EXPECT_THAT(text, HasSubstr(">−2⁹</text>"));
    EXPECT_THAT(text, Not(testing::ContainsRegex("nan|inf")));
  }
}

TEST(Svg, HasFewGridLinesHoweverLargeOrSmallTheValues) {
  for (const double value : {0.0, 5e-324, 1e-300, 0.4, 1.0, 17.0, 1e15, 1.7e308})
    for (const bool logarithmic : {false, true}) {
      BarChart chart;
      chart.bars = {{value, true, ""}};
      chart.logarithmic = logarithmic;
      const std::string text = svg(chart);
      EXPECT_LE(count_of(text, "class=\"grid\""), 8u) << value;
      EXPECT_THAT(text, Not(testing::ContainsRegex("nan|inf"))) << value;
    }
}

/// The y of the top of each bar.
std::vector<double> tops(const BarChart& chart) {
  std::vector<double> found;
  const std::string text = svg(chart);
  const std::regex bar("class=\"bar [^>]*V([0-9.]+)h");
  for (std::sregex_iterator it(text.begin(), text.end(), bar), end; it != end; ++it)
    found.push_back(std::stod((*it)[1]));
  return found;
}

TEST(Svg, IsTheHigherTheLargerTheValue) {
  BarChart chart;
  for (const double value : {0.3, 1.0, 3.0, 9.0}) chart.bars.push_back({value, true, ""});
  for (const bool logarithmic : {false, true}) {
    chart.logarithmic = logarithmic;
    const std::vector<double> heights = tops(chart);
    ASSERT_EQ(4u, heights.size());
    EXPECT_TRUE(std::ranges::is_sorted(heights, std::greater{}));
    if (!logarithmic) continue;
    EXPECT_NEAR(heights[1] - heights[2], heights[2] - heights[3], 0.11);  // equal factors
  }
}

}  // namespace
}  // namespace napier
