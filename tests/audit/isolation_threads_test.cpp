// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Two threads of one child that make the same calls at once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;

struct Both {
  std::vector<Call> calls;
  std::vector<Answer> answers;
  std::vector<Answer> others;
};

Both asked_from_two_threads(Caller& caller, int count, Rounding rounding = Rounding::nearest) {
  Both both;
  for (int i = 0; i < count; ++i) both.calls.push_back(call_of(i / 1024.0));
  both.answers.resize(both.calls.size());
  both.others.resize(both.calls.size());
  EXPECT_TRUE(caller.call_from_two_threads(rounding, Observe::values, both.calls, both.answers,
                                           both.others));
  return both;
}

TEST(IsolationThreads, AnswerInTheOrderOfTheCallsAlsoBeyondABlock) {
  const auto caller = open("good_exp");
  const Both both = asked_from_two_threads(*caller, 10'000);
  for (std::size_t i = 0; i < both.calls.size(); ++i) {
    const Float right = from_native(std::exp(static_cast<double>(i) / 1024.0));
    ASSERT_EQ(both.answers[i].value, right) << i;
    ASSERT_EQ(both.others[i].value, right) << i;
  }
}

TEST(IsolationThreads, RoundAsTheyAreToldBoth) {
  const auto caller = open("good_exp");
  const Both up = asked_from_two_threads(*caller, 1000, Rounding::up);
  const Both down = asked_from_two_threads(*caller, 1000, Rounding::down);
  int differ = 0;
  for (std::size_t i = 0; i < up.calls.size(); ++i) {
    EXPECT_EQ(up.answers[i].value, up.others[i].value) << i;
    EXPECT_EQ(down.answers[i].value, down.others[i].value) << i;
    if (up.answers[i].value != down.answers[i].value) ++differ;
  }
  EXPECT_GT(differ, 500);
}

TEST(IsolationThreads, ADeathIsToldOfOneCallAndTheOthersHaveNoAnswer) {
  const auto caller = open("crash_in_company");
  const Both both = asked_from_two_threads(*caller, 1000);
  int crashed = 0;
  for (const Answer& answer : both.answers) {
    EXPECT_NE(answer.ending, Ending::returned);
    if (answer.ending == Ending::crashed) ++crashed;
  }
  EXPECT_EQ(crashed, 1);
  EXPECT_EQ(caller->deaths(), 1);
  const auto alone = answers_of(*caller, {1, 2});
  EXPECT_EQ(alone[1].value, from_native(std::exp(2.0))) << "a new child answers";
}

TEST(IsolationThreads, AHangIsNoticed) {
  const auto caller = open("spin");
  const Both both = asked_from_two_threads(*caller, 4096);
  int hung = 0;
  for (const Answer& answer : both.answers)
    if (answer.ending == Ending::hung) ++hung;
  EXPECT_EQ(hung, 1);
}

}  // namespace
}  // namespace napier
