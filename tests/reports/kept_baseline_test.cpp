// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The file that later reports are compared with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "reports/render/baseline.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

Report on_another_machine() {
  Report report = sample_report();
  report.provenance.libm = "glibc 1.0";
  return report;
}

Baseline kept(const Report& report) {
  Baseline baseline;
  update(baseline, report);
  return baseline;
}

std::size_t lines_of(const Baseline& baseline) {
  const std::string text = baseline_text(baseline);
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(KeptBaseline, OfAReportComparesAsTheReportDoes) {
  const Report report = sample_report();
  const Baseline read = baseline_from(baseline_text(kept(report)));
  const auto all = compare(read.of(machine_of(report.provenance)), standings_of(report));
  EXPECT_GT(all.size(), 10u);
  for (const Compared& one : all) EXPECT_EQ(Change::same, one.change) << one.check;
  Report bad = report;
  TargetResult& exhaustive = bad.targets.at(2);
  exhaustive.measurements.front().max_ulp = {{2}, {2}};
  const auto worse = compare(read.of(machine_of(bad.provenance)), standings_of(bad));
  EXPECT_EQ(Change::worse, worse.front().change);
  EXPECT_THAT(worse.front().words, HasSubstr("bound 2 ulp at 3, was 0.50"));
}

TEST(KeptBaseline, IsSortedAndWrittenTheSameAgain) {
  Report turned = sample_report();
  std::ranges::reverse(turned.targets);
  EXPECT_EQ(baseline_text(kept(sample_report())), baseline_text(kept(turned)));
  Baseline twice = kept(sample_report());
  update(twice, sample_report());
  EXPECT_EQ(lines_of(kept(sample_report())), lines_of(twice));
}

TEST(KeptBaseline, KeepsOtherMachinesAndTargets) {
  Baseline baseline = kept(sample_report());
  const std::size_t before = baseline.lines.size();
  update(baseline, on_another_machine());
  EXPECT_EQ(2 * before, baseline.lines.size());
  Report one = sample_report();
  one.targets.resize(1);
  one.targets.front().measurements.clear();
  one.targets.front().laws.clear();
  one.targets.front().findings.resize(1);
  update(baseline, one);
  EXPECT_LT(baseline.lines.size(), 2 * before);
  EXPECT_GT(baseline.lines.size(), before);
}

TEST(KeptBaseline, OfAnotherMachineSaysSo) {
  try {
    kept(on_another_machine()).of(machine_of(sample_report().provenance));
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nothing of this machine (" +
                                        machine_of(sample_report().provenance) + ")"));
    EXPECT_THAT(error.what(), HasSubstr("glibc 1.0"));
  }
}

TEST(KeptBaseline, ThatIsNoneNamesTheLine) {
  const auto why = [](const std::string& text) -> std::string {
    try {
      static_cast<void>(baseline_from(text));
      return "";
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  };
  const std::string head = "# napier baseline 1\n";
  EXPECT_EQ("", why(head));
  EXPECT_THAT(why("{}"), HasSubstr("no baseline"));
  EXPECT_THAT(why("# napier baseline 3\n"), HasSubstr("version 3"));
  EXPECT_THAT(why(head + "a\tb\n"), HasSubstr("line 2: it has 2 fields"));
  EXPECT_THAT(why(head + "a\tb\tc\tstands\tmuch\t0x1p+0\n"), HasSubstr("'much' is no error"));
  EXPECT_THAT(why(head + "\na\tb\tc\tfine\n"), HasSubstr("line 3: 'fine' is no state"));
  EXPECT_THAT(why(head + "a\tb\tc\tstands\t-1\t3\tall\n"), HasSubstr("'-1' is no error"));
  EXPECT_THAT(why(head + "a\tb\tc\tstands\tnan\t3\tall\n"), HasSubstr("'nan' is no error"));
}

TEST(KeptBaseline, OfHostileNamesIsReadAsItWasWritten) {
  const Report report = hostile_report();
  const std::string text = baseline_text(kept(report));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_EQ(text, baseline_text(baseline_from(text)));
}

}  // namespace
}  // namespace napier
