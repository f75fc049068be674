// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/view/comparison.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

/// A report of one target with one measurement of accuracy.
Report measured(Strength strength, double ulps, std::uint64_t refuted = 0) {
  Report report = refuted_report();
  TargetResult& target = report.targets.front();
  target.findings.clear();
  target.laws.clear();
  target.measurements.clear();
  Measurement m;
  m.property = "accuracy";
  m.domain = "all";
  m.strength = strength;
  m.cases = 100;
  m.judged = true;
  m.refuted = refuted;
  m.max_ulp = {Ulp{ulps}, Ulp{ulps}};
  m.at = {datum(binary64, "1")};
  target.measurements.push_back(m);
  return report;
}

Change only_change(const Report& base, const Report& newer) {
  const auto all = compare(base, newer);
  EXPECT_EQ(1u, all.size());
  return all.empty() ? Change::same : all.front().change;
}

TEST(Comparison, OfAReportWithItselfHasNothingToTell) {
  const auto all = compare(sample_report(), sample_report());
  EXPECT_GT(all.size(), 10u);
  EXPECT_TRUE(
      std::ranges::all_of(all, [](const Compared& one) { return one.change == Change::same; }));
  EXPECT_EQ(0, exit_code(all));
  EXPECT_TRUE(comparison_table(all).rows.empty());
}

TEST(Comparison, TakesARisenBoundForWorseAndAFallenOneForBetter) {
  const Report low = measured(Strength::exhaustive, 0.51),
               high = measured(Strength::exhaustive, 0.6);
  EXPECT_EQ(Change::worse, only_change(low, high));
  EXPECT_EQ(Change::better, only_change(high, low));
  EXPECT_EQ(1, exit_code(compare(low, high)));
  EXPECT_THAT(compare(low, high).front().words, HasSubstr("bound 0.6 ulp at 1, was 0.51"));
}

TEST(Comparison, NeverTakesASamplesLargerMaximumForWorse) {
  EXPECT_EQ(Change::same,
            only_change(measured(Strength::sampled, 0.51), measured(Strength::sampled, 0.9)));
  EXPECT_EQ(Change::same,
            only_change(measured(Strength::exhaustive, 0.51), measured(Strength::sampled, 0.9)));
}

TEST(Comparison, DoesNotCompareBoundsOverOtherDomains) {
  Report newer = measured(Strength::exhaustive, 0.9);
  newer.targets.front().measurements.front().domain = "[0, 1]";
  EXPECT_EQ(Change::same, only_change(measured(Strength::exhaustive, 0.51), newer));
}

TEST(Comparison, TakesANewRefutationForWorse) {
  const Report good = measured(Strength::sampled, 0.51), bad = measured(Strength::sampled, 3, 7);
  EXPECT_EQ(Change::worse, only_change(good, bad));
  EXPECT_EQ(Change::better, only_change(bad, good));
  EXPECT_EQ(Change::same, only_change(bad, bad));
}

TEST(Comparison, TellsWhatIsGoneNewOrLeftOpen) {
  const Report good = measured(Strength::sampled, 0.51);
  Report open = good, none = good;
  open.targets.front().measurements.front().undecided_cap = 50;
  none.targets.front().measurements.clear();
  EXPECT_EQ(Change::open, only_change(good, open));
  EXPECT_EQ(Change::gone, only_change(good, none));
  EXPECT_EQ(Change::fresh, only_change(none, good));
  EXPECT_EQ(3, exit_code(compare(good, none)));
  EXPECT_EQ(3, exit_code(compare(good, open)));
  EXPECT_EQ(Change::gone, only_change(good, Report{}));
  EXPECT_EQ(Change::fresh, only_change(Report{}, good));
  EXPECT_EQ(3, exit_code(compare(Report{}, Report{})));
}

TEST(Comparison, TakesANewTargetThatIsRefutedForWorse) {
  EXPECT_EQ(Change::worse, only_change(Report{}, measured(Strength::sampled, 3, 7)));
}

TEST(Comparison, BeginsWithTheGravest) {
  Report newer = sample_report();
  newer.targets.erase(newer.targets.begin() + 1);
  newer.targets.push_back(measured(Strength::sampled, 3, 7).targets.front());
  newer.targets.back().name = "another";
  const auto all = compare(sample_report(), newer);
  EXPECT_EQ(Change::worse, all.front().change);
  EXPECT_EQ(Change::same, all.back().change);
  EXPECT_THAT(comparison_text(all), HasSubstr(" worse, "));
}

}  // namespace
}  // namespace napier
