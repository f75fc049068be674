// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>

#include "lib/fp/ordinal.hpp"
#include "reports/render/picture.hpp"
#include "reports/render/picture_data.hpp"
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

/// Twenty binades with errors below an ulp, and one with that error.
BarChart chart_with(double alone) {
  std::vector<BinadeError> binades;
  for (int i = 0; i < 20; ++i) binades.push_back(binade(i, 0.5 + 0.01 * i));
  binades.push_back(binade(20, alone));
  return error_charts(measured_in(std::move(binades), Strength::sampled)).at(0);
}

TEST(ErrorCharts, OneThatStandsAloneDoesNotFlattenTheOthers) {
  const BarChart usual = chart_with(0.6);
  for (const double alone : {1e300, 1e6, std::numeric_limits<double>::infinity()}) {
    const BarChart chart = chart_with(alone);
    EXPECT_FALSE(chart.logarithmic) << alone;
    EXPECT_DOUBLE_EQ(0.69, chart.top) << alone;
    // The others are drawn as if it were not there, and it is marked as leaving the picture.
    const std::string drawn = picture(chart, "chart");
    EXPECT_EQ(1u, count_of(drawn, "class=beyond")) << alone;
    EXPECT_EQ(count_of(picture(usual, "chart"), "<i style=top"), count_of(drawn, "<i style=top"));
  }
}

TEST(ErrorCharts, ManyThatAreLargeHaveRoom) {
  std::vector<BinadeError> binades;
  for (int i = 0; i < 20; ++i) binades.push_back(binade(i, i < 15 ? 0.5 : 1e9));
  const BarChart chart = error_charts(measured_in(std::move(binades), Strength::sampled)).at(0);
  EXPECT_TRUE(chart.logarithmic);
  EXPECT_EQ(1e9, chart.top);
}

TEST(ErrorCharts, HasABarForEachRangeInItsOrderAndSaysWhereItIs) {
  const auto charts = error_charts(
      measured_in({binade(3, 2, true), binade(0, 0.5, true), binade(0, 0.75), binade(2, 1)},
                  Strength::sampled));
  ASSERT_EQ(1u, charts.size());
  std::vector<double> heights;
  for (const Bar& bar : charts[0].bars) heights.push_back(bar.value);
  EXPECT_THAT(heights, testing::ElementsAre(2, 0.5, 0.75, 1));
  const Bar& first = charts[0].bars[0];
  EXPECT_EQ("-0x1p+3", first.at);
  EXPECT_EQ("≥ 2", first.figure);
  EXPECT_EQ("−2⁴", first.from);
  EXPECT_EQ("−2³", first.to);
  EXPECT_EQ("arguments", charts[0].subject);
  EXPECT_TRUE(charts[0].observed);
  EXPECT_THAT(charts[0].caption, HasSubstr("The largest seen in 1,000 cases"));
  ASSERT_EQ(2u, charts[0].levels.size());
  EXPECT_EQ(1, charts[0].levels[0].value);
  EXPECT_EQ(0.5, charts[0].levels[1].value);
}

TEST(ErrorCharts, TellBoundsFromWhatWasSeen) {
  const auto charts = error_charts(measured_in({binade(0, 0.75)}, Strength::exhaustive));
  ASSERT_EQ(1u, charts.size());
  EXPECT_FALSE(charts[0].observed);
  EXPECT_THAT(charts[0].caption, HasSubstr("every argument was tried"));
  EXPECT_THAT(picture(charts[0], "c"), HasSubstr("class=\"bars bound\""));
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
    EXPECT_EQ(bar.from.starts_with("−"), bar.to.starts_with("−")) << bar.from << " " << bar.to;
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

/// What a path of that class draws: M, then a rectangle or a line each.
std::size_t marks_of(const std::string& text, const std::string& kind) {
  const std::regex path("<path class=\"?" + kind + "[^>]* d=\"([^\"]*)\"");
  std::smatch found;
  return std::regex_search(text, found, path) ? count_of(found[1], "M") : 0;
}

TEST(Picture, HasAMarkWhereTheDataHasOne) {
  BarChart chart;
  chart.title = "A <title>";
  chart.unit = "ulp";
  constexpr double infinite = std::numeric_limits<double>::infinity();
  chart.bars = {{0.5}, {2}, {infinite}};
  chart.levels = {{1, "claim", true}, {0.1, "as good as <can> be"}};
  chart.ticks = {{0, "−2⁹"}};
  for (const bool logarithmic : {false, true}) {
    chart.logarithmic = logarithmic;
    const std::string text = picture(chart, "chart-1");
    EXPECT_EQ(1u, marks_of(text, "bars seen"));
    EXPECT_EQ(2u, marks_of(text, "over seen"));
    EXPECT_EQ(2u, marks_of(text, "level"));
    EXPECT_THAT(text, HasSubstr("A &lt;title&gt;"));
    EXPECT_THAT(text, HasSubstr("as good as &lt;can&gt; be"));
    EXPECT_THAT(text, HasSubstr(">−2⁹</i>"));
    EXPECT_THAT(text, Not(testing::ContainsRegex("nan|inf")));
  }
}

TEST(Picture, ShowsSignedErrorsOnBothSidesAndTheirMean) {
  BarChart chart;
  chart.is_signed = true;
  chart.bars = {{0.5, -0.25, 0.125}, {0, -3, -1}, {0, 0}, {2, 1, 1.5}};
  chart.levels = {{1, "claim", true}, {-1, "", true}};
  const std::string text = picture(chart, "chart-1");
  EXPECT_EQ(1u, marks_of(text, "bars seen"));
  EXPECT_EQ(2u, marks_of(text, "over seen"));  // below one claim and above the other
  EXPECT_EQ(2u, marks_of(text, "mean"));       // a line, and what comes after a gap
}

/// Of the sample: 600 calls in four parts, of which one is empty.
TEST(Profiles, AreToldInFiguresToo) {
  const Report report = sample_report();
  const TargetResult& target = report.targets.front();
  ASSERT_TRUE(target.profile);
  Table table = profile_table(target);
  ASSERT_EQ(3u, table.rows.size());
  EXPECT_EQ("0.125", table.rows[1].cells[5].text);
  EXPECT_EQ("−0.5", table.rows[2].cells[3].text);
  EXPECT_EQ("1", table.rows[2].cells[6].text);
  // Where no digit is right no mean is told.
  EXPECT_EQ("–", table.rows[0].cells[5].text);

  TargetResult many = target;
  Profile& profile = *many.profile;
  profile.ends = {from_integer(binary64, 0)};
  profile.parts.clear();
  for (int i = 1; i <= 64; ++i) {
    profile.ends.push_back(from_integer(binary64, i));
    profile.parts.push_back({10, -1, 1, i % 2 == 0 ? 0.5 : -0.25, i % 2 == 0 ? 0.75 : 0.25});
  }
  table = profile_table(many);
  ASSERT_EQ(most_profile_rows, table.rows.size());
  EXPECT_EQ("40", table.rows[0].cells[2].text);
  EXPECT_EQ("0.125", table.rows[0].cells[5].text);
  EXPECT_EQ("0.559", table.rows[0].cells[6].text);  // the root of (0.75² + 0.25²)/2
  EXPECT_TRUE(profile_table(TargetResult{}).rows.empty());
}

TEST(Picture, HasFewGridLinesHoweverLargeOrSmallTheValues) {
  for (const double value : {0.0, 5e-324, 1e-300, 0.4, 0.9, 1.0, 8.99, 9.2, 17.0, 1e15, 1.7e308})
    for (const bool logarithmic : {false, true})
      for (const bool is_signed : {false, true}) {
        BarChart chart;
        chart.bars = {{value}};
        chart.logarithmic = logarithmic;
        chart.is_signed = is_signed;
        const std::string text = picture(chart, "c");
        EXPECT_LE(marks_of(text, "grid"), 9u) << value;
        EXPECT_GE(marks_of(text, "grid"), 1u) << value;
        EXPECT_THAT(text, Not(testing::ContainsRegex("nan|inf"))) << value;
      }
}

TEST(Picture, MarksWhatIsBeyondItsEdgesAndKeepsTheRestApart) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  BarChart chart;
  chart.is_signed = true;
  chart.logarithmic = true;
  chart.bars = {{0.5, -0.5}, {infinite, 1e300}, {1e30, -infinite}, {-1e20, -infinite}};
  chart.levels = {{1, "claim", true}, {1.01, "another", true}};
  const std::string text = picture(chart, "c");
  EXPECT_EQ(4u, marks_of(text, "beyond"));  // two upwards, two downwards
  EXPECT_THAT(text,
              HasSubstr("M5 120v-40"));  // what is within the claim has its part of the height
  EXPECT_THAT(text, HasSubstr(">claim, another</i>"));  // and not one upon the other
  chart.bars = {{0.5, -0.5}, {900, -3}};
  EXPECT_EQ(0u, marks_of(picture(chart, "c"), "beyond"));
}

/// The heights of the bars.
std::vector<double> heights_of(const BarChart& chart) {
  std::vector<double> found;
  const std::string text = picture(chart, "c");
  const std::regex bar("M[0-9]+ [0-9]+v-([0-9]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), bar), end; it != end; ++it)
    found.push_back(std::stod((*it)[1]));
  return found;
}

TEST(Picture, IsTheHigherTheLargerTheValue) {
  BarChart chart;
  for (const double value : {0.3, 1.0, 3.0, 9.0}) chart.bars.push_back({value});
  for (const bool logarithmic : {false, true}) {
    chart.logarithmic = logarithmic;
    const std::vector<double> heights = heights_of(chart);
    ASSERT_EQ(4u, heights.size());
    EXPECT_TRUE(std::ranges::is_sorted(heights));
    if (!logarithmic) continue;
    EXPECT_NEAR(heights[2] - heights[1], heights[3] - heights[2], 1.1);  // equal factors
  }
}

std::string data_of(std::initializer_list<BarChart> charts) {
  PictureData data;
  for (const BarChart& chart : charts)
    data.add(chart, "c" + std::to_string(&chart - charts.begin()));
  return data.text();
}

TEST(PictureData, EndsNoElementThatItStandsIn) {
  BarChart chart;
  chart.function = "</script>";
  chart.bars = {{1}};
  EXPECT_THAT(data_of({chart}), HasSubstr("\\u003c/script>"));
}

TEST(PictureData, TellsAnAxisOnceAndEndsWhereTheNextBarDoesNotBegin) {
  BarChart chart;
  chart.bars = {{1, 0, NAN, "1", "2", "0x1p+0", "≥ 0.7"},
                {2, 0, NAN, "2", "3", "0x1p+1", "≥ 0.8"},
                {3, 0, NAN, "4", "5", "0x1p+2", "≥ 0.9"}};
  const auto tree = nlohmann::json::parse(data_of({chart, chart}));
  EXPECT_EQ(1u, tree["axes"].size());
  const auto& one = tree["charts"]["c1"];
  EXPECT_EQ(0, one["from"]);
  EXPECT_EQ(nlohmann::json::parse(R"({"1": "3", "2": "5"})"), one["to"]);
  EXPECT_EQ("≥ ", one["mark"]);
  EXPECT_EQ("0.8", one["is"][1]);
}

/// What is told in few digits still holds what was seen.
TEST(PictureData, RoundsTheEndsOfErrorsOutwards) {
  BarChart chart;
  chart.is_signed = true;
  chart.bars = {{0.50001, -0.50001, 0}, {-0.2509, -0.2501, 0}};
  const auto one = nlohmann::json::parse(data_of({chart}))["charts"]["c0"];
  EXPECT_EQ(nlohmann::json::parse("[0.501, -0.25]"), one["hi"]);
  EXPECT_EQ(nlohmann::json::parse("[-0.501, -0.251]"), one["lo"]);
}

TEST(ProfileCharts, SayOverHowManyCallsAndWhere) {
  const auto charts = profile_charts(refuted_report().targets.front());
  ASSERT_EQ(2u, charts.size());
  EXPECT_THAT(charts[0].caption, HasSubstr("seen in 600 calls"));
  EXPECT_THAT(charts[0].caption, HasSubstr("Errors −inf to 3.25 ulp."));
  ASSERT_EQ(4u, charts[0].bars.size());
  EXPECT_EQ("−1", charts[0].bars[1].from);
  EXPECT_EQ("0", charts[0].bars[1].to);
  EXPECT_EQ(3.25, charts[0].bars[3].value);
  EXPECT_EQ(0u, charts[0].bars[2].calls);
  EXPECT_EQ(2u, charts[0].levels.size());  // the claim on both sides
  EXPECT_TRUE(profile_charts({}).empty());
}

}  // namespace
}  // namespace napier
