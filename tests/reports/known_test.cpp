// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/render/junit.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/sarif.hpp"
#include "reports/render/terminal.hpp"
#include "reports/view/view.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The sample that is refuted, with all of that known of.
Report all_known() {
  Report report = refuted_report();
  for (TargetResult& target : report.targets) {
    if (target.verdict != TargetVerdict::refuted) continue;
    target.verdict = TargetVerdict::known;
    for (Finding& finding : target.findings) {
      finding.known = true;
      target.known_issues.push_back({{finding.property},
                                     finding.rounding,
                                     finding.smallest.inputs,
                                     "an old story",
                                     "a tracker",
                                     true});
    }
  }
  std::erase_if(report.targets,
                [](const TargetResult& t) { return t.verdict != TargetVerdict::known; });
  return report;
}

TEST(Known, IsShownInEveryForm) {
  const Report report = all_known();
  ASSERT_FALSE(report.targets.empty());
  EXPECT_EQ(exit_code(report), 0);
  const std::string terminal = render_terminal(report, {});
  EXPECT_THAT(terminal, HasSubstr("KNOWN "));
  EXPECT_THAT(terminal, HasSubstr("an old story (a tracker)"));
  EXPECT_THAT(terminal, HasSubstr("as is known"));
  EXPECT_THAT(terminal, Not(HasSubstr("REFUTED")));
  EXPECT_THAT(render_markdown(report), HasSubstr("an old story"));
  EXPECT_THAT(render_junit(report), HasSubstr("known issue: "));
  EXPECT_THAT(render_sarif(report), HasSubstr("\"suppressions\""));
}

TEST(Known, WhatShowsNoMoreFailsAndSaysSo) {
  Report report = all_known();
  report.targets.resize(1);
  TargetResult& target = report.targets.front();
  target.findings.clear();
  target.verdict = TargetVerdict::stands;
  EXPECT_EQ(exit_code(report), 0);
  target.known_issues.front().shows = false;
  EXPECT_EQ(exit_code(report), 1);
  EXPECT_THAT(render_terminal(report, {}), HasSubstr("shows no more"));
  EXPECT_THAT(render_junit(report), HasSubstr("shows no more"));
}

TEST(Known, OneFindingThatIsNewsRefutes) {
  Report report = all_known();
  TargetResult& target = report.targets.front();
  target.findings.front().known = false;
  target.verdict = TargetVerdict::refuted;
  EXPECT_EQ(exit_code(report), 1);
  EXPECT_THAT(verdict_line(target).word, "REFUTED");
}

TEST(Known, NotInstalledIsCounted) {
  Report report = sample_report();
  TargetResult absent;
  absent.name = "so:libnone.so#exp";
  absent.function = "exp";
  absent.format = "binary64";
  absent.verdict = TargetVerdict::absent;
  absent.failure = "libnone.so is not on this machine";
  report.targets.push_back(absent);
  EXPECT_THAT(outcome(report), HasSubstr("1 not installed"));
  EXPECT_THAT(render_terminal(report, {}), HasSubstr("NOT INSTALLED so:libnone.so#exp"));
  EXPECT_THAT(render_junit(report), HasSubstr("libnone.so is not on this machine"));
}

}  // namespace
}  // namespace napier
