// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A target can do nothing to other processes, and nothing that it starts outlives it.
#include <gmock/gmock.h>

#include "audit/replay.hpp"
#include "tests/audit/isolation_audit.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

double value_of(ChildCaller& caller) {
  const Answer answer = answers_of(caller, {2.0}, Observe::values)[0];
  EXPECT_EQ(answer.ending, Ending::returned);
  return to_native<double>(answer.value);
}
double value_of(const std::string& symbol) { return value_of(*open(symbol, "attacks")); }

class Attack : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!open("signal_itself_always", "attacks")->arrival().filtered)
      GTEST_SKIP() << "this system filters no calls";
  }
};

TEST_F(Attack, BySignalsReachesNobody) { EXPECT_EQ(value_of("signal_parent_always"), 0); }
TEST_F(Attack, OnMemoryAndLimitsReachesNobody) { EXPECT_EQ(value_of("change_parent_always"), 0); }
TEST_F(Attack, ThatIsToEndUsDoesNot) { EXPECT_EQ(value_of("terminate_parent_always"), 2); }
TEST_F(Attack, OnItselfIsItsOwnAffair) { EXPECT_EQ(value_of("signal_itself_always"), 3); }

TEST_F(Attack, IsSaidToBeImpossibleWhereItIs) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"zeroth_power"};
  const Report report = run_campaign({candidate(fixture("behaviours"), "good_exp")}, options);
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("behind a filter of system calls")));
  EXPECT_THAT(run_campaign({}, options).provenance.notes, Not(Contains(HasSubstr("system call"))));
}

TEST(IsolatedManners, ADaemonEndsWithWhoStartedIt) {
  auto caller = open("start_a_daemon_always", "attacks");
  const auto daemon = static_cast<pid_t>(value_of(*caller));
  ASSERT_GT(daemon, 0);
  EXPECT_TRUE(is_running(daemon));
  caller.reset();
  EXPECT_FALSE(is_running(daemon));
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
}

TEST(HostileTarget, ThatAlwaysJumpsIntoAnOlderCallIsSoonRefuted) {
  const auto result = audited(candidate(fixture("attacks"), "jump_always"), {});
  EXPECT_EQ(result.verdict, TargetVerdict::refuted);
  ASSERT_FALSE(deaths_in(result).empty());
  EXPECT_THAT(deaths_in(result)[0].explanation, HasSubstr("longjmp"));
}

TEST(HostileTarget, ThatAlwaysJumpsCostsFewProcesses) {
  const auto caller = open("jump_always", "attacks");
  for (int piece = 0; piece < 20; ++piece) {
    caller->renew();
    (void)answers_of(*caller, std::vector<double>(1000, 2.0 + piece));
  }
  caller->settle();
  EXPECT_LE(caller->history().take_losses().size(), 100U);
}

TEST(ReplayOfADeath, ThatNoCallIsToBlameForMakesOtherCallsBeforeIt) {
  for (const char* symbol : {"crash_in_its_own_thread", "alarm_once", "crash_at_call_3000"}) {
    const Target target = candidate(fixture("hostile"), symbol).target;
    const ReplayedCase replayed = replay(target, "returns", Rounding::nearest, {from_native(1.0)});
    EXPECT_EQ(replayed.outcome, Replayed::refuted) << replayed.text;
    EXPECT_THAT(replayed.text, HasSubstr("By itself the call returned"));
  }
  const Target good = candidate(fixture("behaviours"), "good_exp").target;
  const ReplayedCase replayed = replay(good, "returns", Rounding::nearest, {from_native(1.0)});
  EXPECT_EQ(replayed.outcome, Replayed::stands);
  EXPECT_THAT(replayed.text, HasSubstr("after 20,000 other calls"));
}

}  // namespace
}  // namespace napier
