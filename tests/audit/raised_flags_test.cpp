// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What shows only where flags are raised before a call: it is asked again so, and told with these
// words.
#include <gmock/gmock.h>

#include <cfenv>
#include <cmath>

#include "lib/target/catalogue.hpp"
#include "props/judge/judge.hpp"
#include "tests/audit/isolation_audit.hpp"

namespace napier::raised_flags_test {
namespace {

using namespace isolation_test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int loud = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW;
bool all_raised() { return std::fetestexcept(loud) == loud; }

double doubled_if_flags_are_raised(double x) {
  const bool raised = all_raised();
  const double y = std::exp(x);
  return raised && x > 1 && x < 2 ? 2 * y : y;
}

int raised_calls = 0;
double lowers_a_flag_once(double x) {
  const bool raised = all_raised();
  const double y = std::exp(x);
  if (raised && ++raised_calls == 100) std::feclearexcept(FE_OVERFLOW);
  return y;
}

Candidate in_process(double (*code)(double)) {
  Candidate made{*catalogue().find("libm/exp:binary64"), "", {}};
  made.target.name = "loud";
  made.target.open = [code] { return direct_caller(ScalarFunction(Unary<double>(code))); };
  made.target.claim = {};
  made.target.claim.flags = true;
  return made;
}

const std::string words = "with all floating-point flags raised before it";

TEST(RaisedFlags, ThatChangeAResultAreRaisedAgain) {
  const Candidate tried = in_process(doubled_if_flags_are_raised);
  const TargetResult result = audited(tried, {"deterministic"}, 1);
  ASSERT_THAT(result.findings, SizeIs(4)) << "of each mode";
  for (const Finding& found : result.findings) {
    EXPECT_TRUE(found.repeatable) << found.explanation;
    EXPECT_THAT(found.smallest.fault, HasSubstr(words));
  }
}

TEST(RaisedFlags, AreAskedOfOneCaseAsOfABlock) {
  const Candidate tried = in_process(doubled_if_flags_are_raised);
  const Subject subject(tried.target, Rounding::nearest);
  const auto caller = tried.target.open();
  const Property& row = *find_property("deterministic", tried.target);
  for (const double x : {1.5, 2.5}) {
    Point point;
    point.push(from_native(x));
    const JudgedCase judged = judge_point(row, subject, point, {caller.get()});
    EXPECT_EQ(std::holds_alternative<Refuted>(judged.verdict), x == 1.5);
    EXPECT_THAT(judged.answers, SizeIs(x == 1.5 ? 3 : 2));
  }
}

TEST(RaisedFlags, ThatALoneCallHasLoweredAreNamed) {
  raised_calls = 0;
  const TargetResult result = audited(in_process(lowers_a_flag_once), {"flags"}, 1);
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_FALSE(result.findings[0].repeatable);
  EXPECT_THAT(result.findings[0].smallest.fault,
              AllOf(HasSubstr("lowered overflow"), HasSubstr("not when asked again")));
}

TEST(RaisedFlags, ThatEndAProcessAreRaisedAgain) {
  const TargetResult result =
      audited(candidate(fixture("deaths"), "crash_if_flags_are_raised"), {"deterministic"}, 1);
  const auto deaths = deaths_in(result);
  ASSERT_THAT(deaths, SizeIs(1));
  EXPECT_TRUE(deaths[0].repeatable) << deaths[0].explanation;
  EXPECT_THAT(deaths[0].smallest.fault, AllOf(HasSubstr(words), HasSubstr("signal 11")));
}

}  // namespace
}  // namespace napier::raised_flags_test
