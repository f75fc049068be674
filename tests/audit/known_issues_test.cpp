// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/known_issues.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/campaign.hpp"
#include "audit/provenance.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/catalogue.hpp"
#include "props/checks/false_claims.hpp"
#include "reports/store/json.hpp"

namespace napier {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// tang's exp, whose largest errors are about 0.53 ulp, claimed to be better than it is.
Candidate accused() {
  Candidate candidate{*catalogue().find("shipped/tang/exp:binary64"), "", {}};
  candidate.target.claim = {};
  candidate.target.claim.max_ulp = parse_limit("0.501", binary64);
  return candidate;
}

CampaignOptions of_accuracy() {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy", "deterministic"};
  options.cases = 20'000;
  return options;
}

TargetResult tried(const Candidate& candidate, const CampaignOptions& options = of_accuracy()) {
  return run_campaign({candidate}, options).targets.front();
}

/// An issue whose witness is a case that accuracy finds by itself.
ExpectedIssue issue() {
  const TargetResult found = tried(accused());
  EXPECT_EQ(found.verdict, TargetVerdict::refuted);
  ExpectedIssue issue;
  issue.target = "shipped/tang/exp:binary64";
  issue.properties = {"accuracy"};
  issue.at = {to_hex(found.findings.front().smallest.inputs.front())};
  issue.why = "claimed too well";
  issue.source = "this test";
  return issue;
}

Report report_of(TargetResult result) {
  Report report;
  report.targets.push_back(std::move(result));
  return report;
}

TEST(KnownIssues, AFindingThatIsKnownIsShownAndDoesNotFailTheRun) {
  Candidate candidate = accused();
  candidate.known = {issue()};
  const TargetResult result = tried(candidate);
  EXPECT_EQ(result.verdict, TargetVerdict::known);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_TRUE(result.findings.front().known);
  ASSERT_EQ(result.known_issues.size(), 1u);
  EXPECT_TRUE(result.known_issues.front().shows);
  EXPECT_EQ(exit_code(report_of(result)), 0);
}

TEST(KnownIssues, WhateverIsNotMeantExactlyIsNews) {
  const auto verdict_with = [](auto change) {
    Candidate candidate = accused();
    ExpectedIssue other = issue();
    change(other);
    candidate.known = {other};
    return tried(candidate).verdict;
  };
  const auto refuted = TargetVerdict::refuted;
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.properties = {"monotone"}; }), refuted);
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.roundings = {Rounding::up}; }), refuted);
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.at_most = 0.502; }), refuted);
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.x = {700, 701}; }), refuted);
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.got = "inf"; }), refuted);
  EXPECT_EQ(verdict_with([](ExpectedIssue& i) { i.at_most = 1; }), TargetVerdict::known);
}

/// The smallest witness of a finding may be one issue's, and the worst another one's.
TEST(KnownIssues, EachWitnessIsToBeKnownAndBothTogetherAre) {
  Candidate candidate = accused();
  const Finding found = tried(candidate).findings.front();
  ASSERT_NE(found.smallest.got, found.worst.got);
  ExpectedIssue smallest = issue(), worst = issue();
  smallest.got = to_hex(*found.smallest.got);
  worst.got = to_hex(*found.worst.got);
  for (const ExpectedIssue& alone : {smallest, worst}) {
    candidate.known = {alone};
    EXPECT_EQ(tried(candidate).verdict, TargetVerdict::refuted);
  }
  candidate.known = {smallest, worst};
  const TargetResult result = tried(candidate);
  EXPECT_EQ(result.verdict, TargetVerdict::known);
  for (const KnownIssue& one : result.known_issues) EXPECT_TRUE(one.shows);
}

/// What this machine's libm is known for is all that its powers are refuted for.
TEST(KnownIssues, ShippedOnesAreAllThatIsFoundOfPowers) {
  if (libm_version() != "glibc 2.36") GTEST_SKIP() << "another C library: " << libm_version();
  CampaignOptions options;
  options.effort = Effort::quick;
  for (const char* name : {"libm/pow:binary80", "libm/pow:binary128"}) {
    Candidate candidate{*catalogue().find(name), "", {}};
    candidate.known = known_issues_of(shipped_known_issues(), name);
    const TargetResult result = tried(candidate, options);
    EXPECT_EQ(result.verdict, TargetVerdict::known) << name;
    for (const Finding& finding : result.findings) EXPECT_TRUE(finding.known) << finding.property;
    for (const KnownIssue& one : result.known_issues) EXPECT_TRUE(one.shows) << one.why;
  }
}

/// The witness alone, which 1 case of another place would never meet.
TEST(KnownIssues, TheRecordedWitnessIsAskedWhateverElseIsDrawn) {
  Candidate candidate = accused();
  candidate.known = {issue()};
  CampaignOptions options = of_accuracy();
  options.cases = 1;
  const TargetResult result = tried(candidate, options);
  EXPECT_EQ(result.verdict, TargetVerdict::known);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(to_hex(result.findings.front().smallest.inputs.front()), candidate.known[0].at[0]);
}

TEST(KnownIssues, OneThatShowsNoMoreFailsTheRun) {
  Candidate candidate = accused();
  candidate.known = {issue()};
  candidate.target.claim.max_ulp = parse_limit("1", binary64);
  const TargetResult result = tried(candidate);
  EXPECT_EQ(result.verdict, TargetVerdict::stands);
  ASSERT_EQ(result.known_issues.size(), 1u);
  EXPECT_FALSE(result.known_issues.front().shows);
  EXPECT_EQ(exit_code(report_of(result)), 1);
}

TEST(KnownIssues, OneThatIsNotAskedIsNotToldOf) {
  Candidate candidate = accused();
  candidate.known = {issue()};
  CampaignOptions options = of_accuracy();
  options.properties = {"deterministic"};
  const TargetResult result = tried(candidate, options);
  EXPECT_TRUE(result.known_issues.empty());
}

TEST(KnownIssues, AReportKeepsThem) {
  Candidate candidate = accused();
  candidate.known = {issue()};
  const Report report = run_campaign({candidate}, of_accuracy());
  const Report read = report_from_json(json_text(report));
  EXPECT_EQ(json_text(read), json_text(report));
  EXPECT_EQ(read.targets.front().verdict, TargetVerdict::known);
}

TEST(KnownIssues, AreOfOneMachine) {
  ExpectedIssue here;
  here.target = "a";
  here.libm = {libm_version()};
  ExpectedIssue elsewhere = here;
  elsewhere.libm = {"glibc 1.0"};
  ExpectedIssue other_machine = here;
  other_machine.architecture = {"pdp11"};
  EXPECT_EQ(known_issues_of({here, elsewhere, other_machine}, "a").size(), 1u);
  EXPECT_TRUE(known_issues_of({here}, "b").empty());
}

/// The suite's list of false claims, which it can't read from a file, says the same.
TEST(KnownIssues, ShippedOnesCoverTheFalseClaimsOfTheSuite) {
  const std::vector<ExpectedIssue> shipped = shipped_known_issues();
  for (const FalseClaim& row : false_claims) {
    const auto shows = [&](const std::string& name) {
      const Property* property = known_property(name);
      return property != nullptr && row.shown_by(*property);
    };
    EXPECT_TRUE(std::ranges::any_of(shipped, [&](const ExpectedIssue& issue) {
      return issue.target == row.target && std::ranges::any_of(issue.properties, shows) &&
             issue.at == std::vector<std::string>(row.at.begin(), row.at.end());
    })) << row.target;
  }
}

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(parse_known_issues(text, "list.toml"));
  } catch (const std::invalid_argument& refused) {
    return refused.what();
  }
  return {};
}

TEST(KnownIssues, WhatIsWrongIsToldWithFileLineAndKey) {
  const std::string good =
      "[[known_issue]]\ntarget = \"libm/exp:binary64\"\nproperty = \"accuracy\"\nat = \"0x1p+0\"\n"
      "why = \"w\"\nsource = \"s\"\n";
  EXPECT_EQ(refusal(good), "");
  EXPECT_THAT(refusal(good + "bese = [0, 1]\n"),
              AllOf(HasSubstr("list.toml, line 7"), HasSubstr("known_issue[1].bese"),
                    HasSubstr("nearest: base")));
  EXPECT_THAT(refusal(good + "base = [1, 0]\n"), HasSubstr("begins above its end"));
  EXPECT_THAT(refusal(good + "base = 1\n"), HasSubstr("is not a list"));
  EXPECT_THAT(refusal(good + "rounding = \"upp\"\n"), HasSubstr("nearest: up"));
  EXPECT_THAT(refusal("[[known_issue]]\ntarget = \"a\"\nproperty = \"acuracy\"\n"),
              AllOf(HasSubstr("line 3"), HasSubstr("nearest: accuracy")));
  EXPECT_THAT(refusal("[[known_issue]]\nproperty = \"accuracy\"\n"), HasSubstr("lacks 'target'"));
  EXPECT_THAT(refusal("[[known_issue]]\ntarget = 1\n"), HasSubstr("not a text in quotes"));
  EXPECT_THAT(refusal("a = \n"), HasSubstr("list.toml, line 1"));
}

}  // namespace
}  // namespace napier
