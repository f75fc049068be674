// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/report.hpp"

#include <gtest/gtest.h>

#include "tests/reports/sample.hpp"

namespace napier {
namespace {

Report with_verdicts(std::initializer_list<TargetVerdict> verdicts) {
  Report report;
  for (const TargetVerdict verdict : verdicts) {
    TargetResult target;
    target.verdict = verdict;
    target.measurements.resize(1);
    target.measurements[0].cases = 1;
    report.targets.push_back(target);
  }
  return report;
}

TEST(ExitCode, IsZeroWhereEveryClaimStands) {
  EXPECT_EQ(0, exit_code(with_verdicts({TargetVerdict::stands})));
  EXPECT_EQ(0, exit_code(with_verdicts({TargetVerdict::stands, TargetVerdict::measured})));
}

TEST(ExitCode, IsThatOfTheGravestTarget) {
  using enum TargetVerdict;
  EXPECT_EQ(1, exit_code(with_verdicts({stands, inconclusive, failed, refuted})));
  Report contradicted = with_verdicts({stands, inconclusive, failed, refuted});
  contradicted.targets.front().contradictions = {"it is not"};
  EXPECT_EQ(70, exit_code(contradicted));
  contradicted.partial = true;
  EXPECT_EQ(130, exit_code(contradicted));
  EXPECT_EQ(2, exit_code(with_verdicts({stands, inconclusive, failed})));
  EXPECT_EQ(3, exit_code(with_verdicts({stands, inconclusive, measured})));
}

TEST(ExitCode, NeverPassesARunThatTestedNothing) {
  EXPECT_EQ(3, exit_code(Report{}));
  Report untried = with_verdicts({TargetVerdict::stands, TargetVerdict::measured});
  for (TargetResult& target : untried.targets) target.measurements[0].cases = 0;
  EXPECT_EQ(3, exit_code(untried));
  untried.targets[1].laws.resize(6);
  untried.targets[1].laws[5].cases = 1;
  EXPECT_EQ(0, exit_code(untried));
}

TEST(ExitCode, TrustsNoOraclesThatContradictEachOther) {
  Report report = with_verdicts({TargetVerdict::stands});
  report.oracles.disagreed = 1;
  EXPECT_EQ(3, exit_code(report));
  report.targets[0].verdict = TargetVerdict::refuted;
  EXPECT_EQ(1, exit_code(report));
}

TEST(Findings, AreNumberedThroughTheReport) {
  const Report report = sample_report();
  const auto numbered = findings(report);
  ASSERT_EQ(4U, numbered.size());
  EXPECT_EQ(1U, numbered[0].number);
  EXPECT_EQ(4U, numbered[3].number);
  EXPECT_EQ("so:./libcrash.so#pow", numbered[3].target->name);
  EXPECT_EQ("special_values", numbered[3].finding->property);
}

}  // namespace
}  // namespace napier
