// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a target calls is what its users' calls get: its own functions before everybody else's.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "audit/campaign.hpp"
#include "audit/isolation/binding.hpp"
#include "audit/target_string.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;

/// A sanitizer's runtime bears no binding to the object's own: then such an object is refused.
bool refused_here(const SharedObject& object) {
  const std::string why = why_not_bound_deeply();
  if (why.empty()) return false;
  EXPECT_THAT(failure(object), AllOf(HasSubstr("its calls of exp would not"), HasSubstr(why)));
  return true;
}

TEST(IsolationBinding, CallsOfAnObjectReachItsOwnFunctionsBeforeLibms) {
  if (refused_here({fixture("own_exp"), "calls_own_exp"})) return;
  const auto caller = open("calls_own_exp", "own_exp");
  const double at_three = to_native<double>(answers_of(*caller, {3.0})[0].value);
  EXPECT_NEAR(at_three, 2 * std::exp(3.0), 1e-6);
  EXPECT_THAT(caller->arrival().bindings, HasSubstr("exp from itself"));
  EXPECT_THAT(caller->arrival().bindings,
              AnyOf(HasSubstr("ldexp from /"), HasSubstr("ldexp from lib")));
}

TEST(IsolationBinding, AWrongExpOfItsOwnIsRefutedAndTheReportSaysWhoseItIs) {
  const SharedObject object{fixture("own_exp"), "calls_own_exp"};
  if (refused_here(object)) return;
  SharedObjectOptions shape;
  shape.function = "exp";
  shape.format = "binary64";
  shape.worker = NAPIER_TEST_WORKER;
  Candidate candidate{shared_object_target(object.name(), shape).target, "", {}};
  candidate.target.claim.max_ulp = parse_limit("1000000", binary64);
  candidate.target.claim.domain.x = {1, 5};
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy", "product"};
  const TargetResult result = run_campaign({candidate}, options).targets[0];
  EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  EXPECT_THAT(result.notes, Contains(HasSubstr("calls exp from itself")));
}

TEST(IsolationBinding, CallsReachTheLibraryThatTheObjectWasLinkedWith) {
  if (refused_here({fixture("needs_other_exp"), "calls_other_exp"})) return;
  const auto caller = open("calls_other_exp", "needs_other_exp");
  EXPECT_EQ(answers_of(*caller, {3.0})[0].value, from_native(4.0));
  EXPECT_THAT(caller->arrival().bindings, HasSubstr("libneeded_other_exp.so"));
}

TEST(IsolationBinding, AnObjectThatWasLinkedWithNobodyGetsOurs) {
  const auto caller = open("calls_anybodys_exp", "without_libm");
  EXPECT_NEAR(to_native<double>(answers_of(*caller, {3.0})[0].value), std::exp(3.0), 1e-12);
  EXPECT_THAT(caller->arrival().bindings, HasSubstr("exp from "));
  EXPECT_THAT(caller->arrival().bindings, HasSubstr("libm"));
}

TEST(IsolationBinding, ASystemLibraryNeedsNobody) {
  const auto caller = child_caller({"libm.so.6", "exp"}, binary64, 1, NAPIER_TEST_WORKER);
  EXPECT_EQ(caller->arrival().bindings, "");
}

}  // namespace
}  // namespace napier
