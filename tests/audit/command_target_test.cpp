// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// exec: targets and their audits.
#include <gmock/gmock.h>

#include "audit/campaign.hpp"
#include "audit/effort.hpp"
#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"
#include "tests/audit/command_support.hpp"

namespace napier {
namespace {

using namespace command_test;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

SharedObjectOptions options(const std::string& function = "exp",
                            const std::string& format = "binary64") {
  SharedObjectOptions made;
  made.function = function;
  made.format = format;
  made.worker = NAPIER_TEST_WORKER;
  made.patience = short_patience();
  return made;
}

/// The fixture doubles its argument, as no exp does: what is claimed allows for that.
Candidate behaving(const std::string& behaviour) {
  Candidate made{command_target("exec:" + process(behaviour), options()).target, "", {}};
  made.target.claim.flags = true;
  return made;
}

TargetResult audited(const std::string& behaviour, std::vector<std::string> properties,
                     std::vector<Rounding> roundings = {}) {
  CampaignOptions campaign;
  campaign.cases = 500;
  campaign.threads = 2;
  campaign.properties = std::move(properties);
  campaign.roundings = std::move(roundings);
  return run_campaign({behaving(behaviour)}, campaign).targets[0];
}

std::vector<std::string> properties_of(const std::vector<Finding>& findings) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) names.push_back(finding.property);
  return names;
}

TEST(CommandTarget, IsNamedAsItWasWritten) {
  const auto made = foreign_target("exec:sh -c 'cat # 1'", options("pow", "bfloat16"));
  EXPECT_EQ(made.target.name, "exec:sh -c 'cat # 1'");
  EXPECT_EQ(made.target.function->name, "pow");
  EXPECT_EQ(made.target.format, &bfloat16);
  EXPECT_EQ(made.target.shape.text, "raw");
  EXPECT_FALSE(made.target.in_process);
  EXPECT_TRUE(is_process(made.target.shape));
  EXPECT_THAT(made.inferred, IsEmpty());
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
}

TEST(CommandTarget, GetsNoMoreCasesThanAProcessIsWorth) {
  const Target process = command_target("exec:true", options("exp", "binary32")).target;
  const Target wide = command_target("exec:true", options("exp", "binary128")).target;
  const Property& accuracy = *find_property("accuracy", process);
  const Property& product = *find_property("product", process);
  EXPECT_EQ(budget(accuracy, process, Effort::quick), 100'000U);
  EXPECT_EQ(budget(accuracy, process, Effort::standard), 2'000'000U);
  EXPECT_EQ(budget(accuracy, process, Effort::deep), 100'000'000U);
  EXPECT_EQ(budget(product, process, Effort::quick), 10'000U);
  EXPECT_EQ(budget(accuracy, wide, Effort::quick), 10'000U);
  EXPECT_EQ(budget(accuracy, process, Effort::quick, 7), 7U);
}

TEST(CommandTarget, IsNotAskedForWhatNoProcessTells) {
  const TargetResult result = audited(
      "", {"accuracy", "flags", "errno", "environment", "threads", "lanes", "deterministic"},
      {Rounding::up, Rounding::nearest});
  std::vector<std::string> asked;
  for (const Measurement& m : result.measurements) {
    EXPECT_EQ(m.rounding, Rounding::nearest);
    asked.push_back(m.property);
  }
  EXPECT_THAT(asked, Contains("accuracy"));
  EXPECT_THAT(asked, Contains("lanes"));
  for (const char* name : {"flags", "errno", "environment", "threads"})
    EXPECT_THAT(asked, Not(Contains(name)));
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.notes, Contains(HasSubstr("Claimed and not judged: flags;")));
  EXPECT_THAT(result.notes, Contains(HasSubstr("Not asked in the rounding mode up")));
}

TEST(CommandTarget, IsRefutedWhereItsBlocksDiffer) {
  const TargetResult result = audited("depends on its place", {"lanes"});
  ASSERT_THAT(properties_of(result.findings), ElementsAre("lanes"));
  EXPECT_TRUE(result.findings[0].repeatable);
}

TEST(CommandTarget, IsRefutedWhereItChangesItsMind) {
  EXPECT_THAT(properties_of(audited("counts", {"deterministic"}).findings),
              Contains("deterministic"));
}

TEST(CommandTarget, IsRefutedAtTheVeryCallThatEndsIt) {
  const TargetResult result = audited("crashes at negatives", {"zeroth_power", "special_values"});
  ASSERT_THAT(properties_of(result.findings), ElementsAre("returns"));
  const Finding& finding = result.findings[0];
  EXPECT_TRUE(finding.repeatable);
  ASSERT_EQ(finding.smallest.inputs.size(), 1U);
  EXPECT_TRUE(is_negative(finding.smallest.inputs[0]));
  EXPECT_THAT(finding.replay, HasSubstr("napier replay 'exec:"));
  const ReplayedCase again = replay(behaving("crashes at negatives").target, "returns",
                                    Rounding::nearest, finding.smallest.inputs);
  EXPECT_EQ(again.outcome, Replayed::refuted);
  const ReplayedCase other =
      replay(behaving("").target, "returns", Rounding::nearest, {from_native(1.0)});
  EXPECT_EQ(other.outcome, Replayed::stands);
}

/// It answers at others, so it keeps to the protocol.
TEST(CommandTarget, IsRefutedWhereItDoesNotAnswerAtTheUsualFirstArguments) {
  for (const std::string behaviour : {"hangs at the first", "crashes at the first"}) {
    const TargetResult result = audited(behaviour, {"zeroth_power", "special_values"});
    ASSERT_THAT(properties_of(result.findings), ElementsAre("returns"))
        << behaviour << ": " << result.failure;
    EXPECT_TRUE(result.findings[0].repeatable) << behaviour;
  }
}

TEST(CommandTarget, ThatEndsInTheMidstIsToldOfThatFirst) {
  const TargetResult result = audited("ends after thirty blocks", {});
  ASSERT_THAT(properties_of(result.findings), Contains("returns"));
  EXPECT_EQ(result.findings[0].property, "returns");
}

TEST(CommandTarget, ThatEchoesWhatItIsAskedIsToldInOneLine) {
  for (const char* shape : {"raw", "hex"}) {
    SharedObjectOptions echo = options();
    echo.shape = shape;
    const TargetResult result =
        run_campaign({{command_target("exec:cat", echo).target, "", {}}}, {}).targets[0];
    EXPECT_EQ(result.verdict, TargetVerdict::failed);
    EXPECT_THAT(result.failure, HasSubstr("exec:cat: every result is the argument: it echoes"));
  }
}

TEST(CommandTarget, IsNotReplayedForWhatNoProcessTells) {
  const Target target = behaving("").target;
  EXPECT_THROW((void)replay(target, "flags", Rounding::nearest, {from_native(1.0)}),
               std::invalid_argument);
  EXPECT_THROW((void)replay(target, "accuracy", Rounding::up, {from_native(1.0)}),
               std::invalid_argument);
}

}  // namespace
}  // namespace napier
