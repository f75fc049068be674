// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A call that ends the child is known by its exact input, and the others keep their answers.
#include <gmock/gmock.h>
#include <signal.h>

#include "audit/isolation/process.hpp"
#include "lib/target/known_hang.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Calls it at 1, 2, 3, 4, 3, 5 and returns how the calls at 3 ended; the others must return.
Death death_at_three(ChildCaller& caller) {
  const std::vector<double> arguments{1, 2, 3, 4, 3, 5};
  const auto answers = answers_of(caller, arguments);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    EXPECT_EQ(answers[i].ending == Ending::returned, arguments[i] != 3) << arguments[i];
  EXPECT_EQ(answers[2].ending, answers[4].ending);
  // A call that hung is not made again, and says so.
  EXPECT_EQ(answers[4].detail,
            answers[2].ending == Ending::hung ? known_to_hang : answers[2].detail);
  EXPECT_EQ(answers[2].value, Float{});
  EXPECT_EQ(caller.deaths(), answers[2].ending == Ending::hung ? 1 : 2);
  EXPECT_FALSE(caller.given_up());
  EXPECT_THAT(caller.trouble(), IsEmpty());
  return {answers[2].ending, answers[2].detail};
}

void expect_death(const std::string& symbol, Ending ending, int detail,
                  const std::string& library = "behaviours") {
  SCOPED_TRACE(symbol);
  const auto caller = open(symbol, library);
  const Death death = death_at_three(*caller);
  EXPECT_EQ(death.ending, ending);
  EXPECT_EQ(death.detail, detail);
}

TEST(IsolatedDeath, ByCrashingNamesTheSignal) {
  expect_death("crash", Ending::crashed, SIGSEGV);
  expect_death("divide", Ending::crashed, SIGFPE);
  expect_death("trap", Ending::crashed, SIGFPE);
  expect_death("overflow_stack", Ending::crashed, SIGSEGV);
}

TEST(IsolatedDeath, ByExitingNamesTheStatus) { expect_death("exit_3", Ending::exited, 3); }

TEST(IsolatedDeath, ByAKillOfItsOwnIsBelievedTheSecondTime) {
  expect_death("kill_itself", Ending::crashed, SIGKILL);
}

TEST(IsolatedDeath, ByAbortingKeepsItsLastWords) {
  const auto caller = open("abort_in_words");
  const Death death = death_at_three(*caller);
  EXPECT_EQ(death.ending, Ending::crashed);
  EXPECT_EQ(death.detail, SIGABRT);
  EXPECT_EQ(caller->printed().first_line, "this library gives up");
}

TEST(IsolatedDeath, ByAnExceptionIsAnAbort) {
  const auto caller = open("throw_at_three", "throws");
  const Death death = death_at_three(*caller);
  EXPECT_EQ(death.ending, Ending::crashed);
  EXPECT_EQ(death.detail, SIGABRT);
  EXPECT_THAT(caller->printed().first_line, HasSubstr("range_error"));
}

TEST(IsolatedDeath, ByHangingIsNoticedWhetherItSpinsSleepsOrStops) {
  expect_death("spin", Ending::hung, 0);
  expect_death("deadlock", Ending::hung, 0);
  expect_death("stop", Ending::hung, 0);
}

TEST(IsolatedDeath, NamesTheOneCallAmongAMillion) {
  const auto caller = open("crash");
  std::vector<double> arguments(1'000'000, 0.5);
  arguments[777'777] = 3;
  const auto answers = answers_of(*caller, arguments, Observe::values);
  for (std::size_t i = 0; i < answers.size(); ++i)
    ASSERT_EQ(answers[i].ending, i == 777'777 ? Ending::crashed : Ending::returned) << i;
}

TEST(IsolatedDeath, OfTwoArgumentsNamesThePair) {
  const auto caller = open("crash_in_pow", "behaviours", binary64, 2);
  const std::vector<Call> calls{call_of(2, 2), call_of(2, 3), call_of(3, 2)};
  std::vector<Answer> answers(3);
  caller->call(Rounding::nearest, Observe::values, calls, answers);
  EXPECT_EQ(answers[0].value, from_native(4.0));
  EXPECT_EQ(answers[1].ending, Ending::crashed);
  EXPECT_EQ(answers[2].value, from_native(9.0));
}

TEST(IsolatedDeath, InTheFirstAndInTheLastPlaceOfABlockIsNamed) {
  const auto caller = open("crash");
  std::vector<double> arguments(8192, 1);
  for (const std::size_t place : {0U, 4095U, 4096U, 8191U}) arguments[place] = 3;
  const auto answers = answers_of(*caller, arguments, Observe::values);
  for (std::size_t i = 0; i < answers.size(); ++i)
    ASSERT_EQ(answers[i].ending, arguments[i] == 3 ? Ending::crashed : Ending::returned) << i;
  EXPECT_EQ(caller->deaths(), 4);
}

TEST(IsolatedDeath, BetweenCallsIsBlamedOnNone) {
  const auto caller = open("crash_between_calls");
  EXPECT_EQ(answers_of(*caller, {3.0})[0].value, from_native(3.0));
  ::usleep(100'000);
  EXPECT_EQ(answers_of(*caller, {4.0})[0].value, from_native(4.0));
  EXPECT_EQ(caller->deaths(), 1);
  EXPECT_THAT(caller->trouble(), HasSubstr("crashed (SIGALRM) between calls"));
}

TEST(IsolatedDeath, TooOftenGivesTheTargetUp) {
  Patience patience = short_patience();
  patience.deaths = 5;
  const auto caller = open("crash_above_three", "behaviours", binary64, 1, patience);
  const auto answers = answers_of(*caller, {1, 4, 4, 2, 4, 4, 4, 1, 4});
  for (const std::size_t i : {1U, 2U, 4U, 5U, 6U})
    EXPECT_EQ(answers[i].ending, Ending::crashed) << i;
  EXPECT_EQ(answers[3].value, from_native(2.0));
  EXPECT_EQ(answers[7].ending, Ending::not_called);
  EXPECT_EQ(answers[8].ending, Ending::not_called);
  EXPECT_TRUE(caller->given_up());
  EXPECT_EQ(caller->deaths(), 5);
  EXPECT_THAT(caller->trouble(), HasSubstr("given up after 5"));
  EXPECT_EQ(answers_of(*caller, {1.0})[0].ending, Ending::not_called);
}

TEST(IsolatedDeath, ByHangingIsForgivenLessOften) {
  Patience patience = short_patience();
  patience.hangs = 2;
  const auto caller = open("spin_above_three", "behaviours", binary64, 1, patience);
  const auto answers = answers_of(*caller, {4, 5, 1});
  EXPECT_EQ(answers[0].ending, Ending::hung);
  EXPECT_EQ(answers[1].ending, Ending::hung);
  EXPECT_EQ(answers[2].ending, Ending::not_called);
}

TEST(IsolatedDeath, OfALibraryThatCanNoLongerBeLoadedGivesItUpWithTheReason) {
  const std::string copy = ::testing::TempDir() + "/napier_vanishing.so";
  std::filesystem::copy_file(fixture("behaviours"), copy,
                             std::filesystem::copy_options::overwrite_existing);
  const auto caller = child_caller({copy, "crash"}, binary64, 1, NAPIER_TEST_WORKER);
  std::filesystem::remove(copy);
  const auto answers = answers_of(*caller, {1, 3, 1});
  EXPECT_EQ(answers[0].ending, Ending::returned);
  EXPECT_EQ(answers[1].ending, Ending::crashed);
  EXPECT_EQ(answers[2].ending, Ending::not_called);
  EXPECT_THAT(caller->trouble(), HasSubstr("cannot be loaded"));
}

TEST(IsolatedDeath, AtOneHarmlessArgumentIsStillAFinding) {
  const auto caller = open("crash_at_one");
  EXPECT_EQ(caller->arrival().first_call, call_of(0.5));
  EXPECT_EQ(answers_of(*caller, {1.0})[0].ending, Ending::crashed);
}

}  // namespace
}  // namespace napier
