// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/overview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/view/implementations.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

/// A target of exp whose errors in [1, 2), [2, 4), … are these, at so many steps behind each start.
TargetResult with_peaks(std::string name, std::vector<double> ulps, int steps) {
  TargetResult target = refuted_report().targets.front();
  target.name = std::move(name);
  target.function = "exp";
  target.format = "binary64";
  target.measurements.clear();
  Measurement m;
  m.property = "accuracy";
  m.cases = 1000;
  m.at = {datum(binary64, "0x1p+0")};
  m.max_ulp = {Ulp{ulps.front()}, Ulp{ulps.front()}};
  for (std::size_t i = 0; i < ulps.size(); ++i) {
    const auto size = [&](std::string_view digits, std::size_t exponent) {
      return datum(binary64, "0x1." + std::string(digits) + "p+" + std::to_string(exponent));
    };
    m.breakdown.binades.push_back({size("0", i),
                                   size("0", i + 1),
                                   {Ulp{ulps[i]}, Ulp{ulps[i]}},
                                   {size(std::to_string(steps), i)}});
  }
  target.measurements.push_back(m);
  return target;
}

Report with(std::vector<TargetResult> targets) {
  Report report;
  report.targets = std::move(targets);
  return report;
}

TEST(Kinship, IsOfThoseWhoPeakAtTheSameArguments) {
  const std::vector<double> errors{0.9, 0.8, 0.7, 0.6};
  const auto all = kinships(
      with({with_peaks("a", errors, 1), with_peaks("b", errors, 2), with_peaks("c", errors, 1)}));
  ASSERT_EQ(1u, all.size());
  EXPECT_THAT(all[0].targets, testing::ElementsAre(0, 2));
  EXPECT_EQ(4u, all[0].shared);
  EXPECT_EQ(4u, all[0].ranges);
}

TEST(Implementations, StandBesideEachOther) {
  const std::vector<double> errors{0.9, 0.8, 0.7, 0.6};
  Report report =
      with({with_peaks("a", errors, 1), with_peaks("b", errors, 2), with_peaks("c", errors, 1)});
  EXPECT_TRUE(are_rivals(report));
  for (TargetResult& target : report.targets) target.unsaturated.reset();
  report.targets[1].unsaturated = Misrounded{200, 1};
  Measurement order;
  order.property = "monotone";
  order.cases = 100;
  order.refuted = 7;
  report.targets[1].measurements.push_back(order);
  order.judged = true;
  report.targets[2].measurements.push_back(order);
  const Table table = implementation_table(report);
  std::vector<std::string> titles;
  for (const Column& column : table.columns) titles.push_back(column.title);
  EXPECT_THAT(titles, testing::ElementsAre("function", "implementation", "largest error, ulp",
                                           "correctly rounded", "weakly monotone", "special values",
                                           "laws", "lineage"));
  const auto cell = [&](std::size_t row, std::size_t column) {
    return table.rows.at(row).cells.at(column).text;
  };
  EXPECT_EQ("99.5 %", cell(1, 3));
  EXPECT_EQ("–", cell(0, 3));
  EXPECT_EQ("· 7", cell(1, 4));
  EXPECT_EQ("✗", cell(2, 4));
  EXPECT_EQ("–", cell(0, 4));
  EXPECT_EQ("A", cell(0, 7));
  EXPECT_EQ("–", cell(1, 7));
  EXPECT_EQ("A", cell(2, 7));
  report.targets.resize(1);
  EXPECT_TRUE(implementation_table(report).rows.empty());
  EXPECT_FALSE(are_rivals(report));
}

/// Where results are rounded right, what is hard to round is where errors are largest, for all.
TEST(Kinship, IsNotOfThoseWhoRoundWell) {
  const std::vector<double> errors{0.5, 0.5001, 0.4999, 0.502};
  EXPECT_TRUE(kinships(with({with_peaks("a", errors, 1), with_peaks("b", errors, 1)})).empty());
}

TEST(Kinship, IsNotOfAFewRangesOrOfOtherFunctions) {
  EXPECT_TRUE(
      kinships(with({with_peaks("a", {0.9, 0.8}, 1), with_peaks("b", {0.9, 0.8}, 1)})).empty());
  Report report = with({with_peaks("a", {0.9, 0.8, 1}, 1), with_peaks("b", {0.9, 0.8, 1}, 1)});
  EXPECT_EQ(1u, kinships(report).size());
  report.targets[1].function = "exp2";
  EXPECT_TRUE(kinships(report).empty());
}

TEST(Regions, HaveTheLargestErrorOfEach) {
  const Table table = region_table(with({with_peaks("a", {0.9, 0.8, 3, 0.7, 2, 0.6}, 1)}));
  ASSERT_EQ(1u, table.rows.size());
  ASSERT_EQ(11u, table.columns.size());
  const auto cell = [&](std::string_view title) {
    const auto column = std::ranges::find(table.columns, title, &Column::title);
    return table.rows[0].cells.at(static_cast<std::size_t>(column - table.columns.begin()));
  };
  EXPECT_EQ("≥ 3", cell("1 – 16").text);
  EXPECT_EQ("≥ 2", cell("16 – 256").text);
  EXPECT_EQ("–", cell("−, 1 – 16").text);
  EXPECT_EQ(Tone::refuted, cell("1 – 16").tone);  // 1 ulp is claimed
}

TEST(Regions, HaveAPlaceForWhatOverflows) {
  TargetResult target = with_peaks("a", {0.9}, 1);
  BinadeError& range = target.measurements.front().breakdown.binades.front();
  range.from = range.to = datum(binary64, "inf");
  EXPECT_EQ("≥ 0.9", region_table(with({target})).rows[0].cells.back().text);
}

}  // namespace
}  // namespace napier
