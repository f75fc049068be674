// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Whatever a target does to its process and to the memory that is shared with it: every death is
// known, every hang is named, and this process goes on.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>

#include "audit/isolation/channel.hpp"
#include "audit/isolation/memory_bound.hpp"
#include "lib/fp/decimal.hpp"
#include "tests/audit/isolation_audit.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::unique_ptr<ChildCaller> hostile(const std::string& symbol) { return open(symbol, "hostile"); }

std::vector<std::uint64_t> block_of(std::size_t count, double x) {
  return std::vector<std::uint64_t>(count, static_cast<std::uint64_t>(from_native(x).bits));
}

/// Makes so many calls at 2 that blocks of any size are made, too.
void warm_up(Caller& caller) {
  (void)answers_of(caller, std::vector<double>(2000, 2.0), Observe::values);
}

TEST(HostileTarget, ThatDiesInAThreadOfItsOwnIsRefuted) {
  const TargetResult result =
      audited(candidate(fixture("hostile"), "crash_in_its_own_thread"), {"accuracy"}, 1);
  EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  const auto deaths = deaths_in(result);
  ASSERT_FALSE(deaths.empty());
  for (const Finding& death : deaths) {
    EXPECT_THAT(death.explanation, HasSubstr("SIGSEGV"));
    EXPECT_THAT(death.explanation,
                AnyOf(HasSubstr("in a thread of its own"), HasSubstr("between calls")));
    EXPECT_FALSE(death.repeatable);
  }
}

TEST(HostileTarget, ThatDiesNowAndThenIsToldOfWithTheCallThatDied) {
  const TargetResult result =
      audited(candidate(fixture("hostile"), "crash_at_call_3000"), {"monotone"}, 1);
  const auto deaths = deaths_in(result);
  ASSERT_FALSE(deaths.empty());
  for (const Finding& death : deaths) {
    EXPECT_FALSE(death.repeatable);
    ASSERT_THAT(death.smallest.inputs, SizeIs(1));
    EXPECT_THAT(death.explanation, HasSubstr(to_decimal_and_hex(death.smallest.inputs[0])));
    const std::string before = "; before that it had returned from the calls at ";
    EXPECT_THAT(death.explanation, HasSubstr(before));
    EXPECT_THAT(death.smallest.fault, HasSubstr(before));
  }
}

TEST(HostileTarget, ThatDiesOfAnAlarmIsRefuted) {
  const TargetResult result = audited(candidate(fixture("hostile"), "alarm_once"), {"accuracy"}, 1);
  EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  ASSERT_FALSE(deaths_in(result).empty());
  EXPECT_THAT(deaths_in(result)[0].explanation, HasSubstr("SIGALRM"));
  EXPECT_THAT(deaths_in(result)[0].smallest.fault, HasSubstr("killed by signal 14"));
}

TEST(HostileTarget, ADeathInABlockThatIsNotMetAgainIsKept) {
  const auto caller = hostile("crash_at_call_3000");
  warm_up(*caller);
  const auto x = block_of(1024, 1.0);
  std::vector<std::uint64_t> results(x.size());
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  EXPECT_EQ(answers_of(*caller, {1.0})[0].ending, Ending::returned);
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_THAT(losses, SizeIs(1));
  EXPECT_FALSE(losses[0].told);
  EXPECT_EQ(losses[0].last, call_of(1.0));
  EXPECT_THAT(describe(losses[0]), HasSubstr("not when they were made again"));
}

TEST(HostileTarget, ADeathInABlockThatIsMetAgainIsTheCallsAlone) {
  const auto caller = open("crash_above_three");
  warm_up(*caller);
  auto x = block_of(1024, 2.0);
  x[500] = block_of(1, 4.0)[0];
  std::vector<std::uint64_t> results(x.size());
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  EXPECT_EQ(answers_of(*caller, {4.0})[0].ending, Ending::crashed);
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_THAT(losses, SizeIs(1));
  EXPECT_TRUE(losses[0].told);
}

TEST(HostileTarget, ADeathWhileNothingIsAskedIsBetweenCalls) {
  const auto caller = open("crash_between_calls");
  EXPECT_EQ(answers_of(*caller, {3.0})[0].value, from_native(3.0));
  for (int i = 0; i < 200 && is_running(children_of(::getpid()).at(0)); ++i) ::usleep(10'000);
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_THAT(losses, SizeIs(1));
  EXPECT_EQ(describe(losses[0]),
            "The process of the target crashed (SIGALRM) between calls: the last one, at "
            "3, had returned; before that it had returned from the calls at 1, 0.5 and 2");
}

TEST(HostileTarget, ACrashIsFoundThoughItCanBeLoadedNoMore) {
  for (const int threads : {1, 2}) {
    const std::string copy = ::testing::TempDir() + "/napier_for_good.so";
    std::filesystem::copy_file(fixture("hostile"), copy,
                               std::filesystem::copy_options::overwrite_existing);
    const TargetResult result = audited(candidate(copy, "crash_for_good"), {}, threads);
    EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
    const auto deaths = deaths_in(result);
    ASSERT_FALSE(deaths.empty());
    EXPECT_THAT(deaths[0].explanation, HasSubstr("SIGSEGV"));
    // In a block which of them it was is only found when they can be made one by one.
    if (deaths[0].explanation.find("during one of") == std::string::npos)
      EXPECT_EQ(deaths[0].smallest.inputs, std::vector{from_native(3.0)});
    else
      EXPECT_EQ(deaths[0].smallest.inputs.size(), 1U);
  }
}

// That takes long, and each process that is started after a crash would take as long again.
TEST(HostileTarget, AHangWhileItIsLoadedAgainIsWaitedForOnce) {
  const std::string copy = ::testing::TempDir() + "/napier_hangs_reloading.so";
  const std::string loaded = copy + ".loaded";
  std::filesystem::copy_file(fixture("hangs_reloading"), copy,
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(loaded);
  const TargetResult result = audited(candidate(copy, "crash_above_100"), {}, 1);
  EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  EXPECT_FALSE(deaths_in(result).empty());
  EXPECT_EQ(std::filesystem::file_size(loaded), 2U) << "loads, the first of which returned";
  std::filesystem::remove(loaded);
}

TEST(HostileTarget, ThatNeverComesBackHangsHoweverItStaysAway) {
  ::setenv("NAPIER_TEST_COUNTER", std::to_string(offsetof(Channel, started)).c_str(), 1);
  for (const char* symbol :
       {"block_signals_and_wait", "become_another_program", "exit_into_a_wait", "feign_progress"}) {
    SCOPED_TRACE(symbol);
    const auto caller = hostile(symbol);
    const auto answers = answers_of(*caller, {1, 2, 3, 4, 3});
    for (const std::size_t returned : {0U, 1U, 3U})
      EXPECT_EQ(answers[returned].ending, Ending::returned);
    for (const std::size_t lost : {2U, 4U}) EXPECT_EQ(answers[lost].ending, Ending::hung);
  }
}

TEST(HostileTarget, ThatHangsAtOneArgumentIsOneFinding) {
  for (const int threads : {1, 2}) {
    const TargetResult result =
        audited(candidate(fixture("hostile"), "hang_at_one"), {"accuracy"}, threads);
    const auto deaths = deaths_in(result);
    ASSERT_THAT(deaths, SizeIs(1)) << deaths.back().explanation;
    EXPECT_THAT(deaths[0].smallest.inputs, ElementsAre(from_native(1.0)));
  }
}

TEST(HostileTarget, ThatJumpsIntoAnOlderCallIsKnown) {
  const auto caller = hostile("jump_into_an_older_call");
  (void)answers_of(*caller, {1, 2, 3, 4});
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_FALSE(losses.empty());
  for (const Loss& loss : losses) EXPECT_EQ(loss.death.ending, Ending::hung);
}

TEST(HostileTarget, WhatIsWiderThanTheFormatIsNotTheValues) {
  ::setenv("NAPIER_TEST_RESULTS", std::to_string(offsetof(Channel, results)).c_str(), 1);
  const auto caller = open("lie_in_the_upper_bits", "hostile", binary32);
  const Float two = from_native(2.0F);
  std::vector<Call> calls(2000, Call{two, {}});
  std::vector<Answer> answers(calls.size());
  caller->call(Rounding::nearest, Observe::values, calls, answers);
  const std::vector<std::uint64_t> x(1024, static_cast<std::uint64_t>(two.bits));
  std::vector<std::uint64_t> results(x.size());
  for (int block = 0; block < 3; ++block) {
    ASSERT_TRUE(caller->call_block(Rounding::nearest, {x, {}, results}));
    for (const std::uint64_t result : results)
      ASSERT_EQ(result, static_cast<std::uint64_t>(from_native(::expf(2)).bits));
  }
}

/// Whatever comes of it, Napier doesn't contradict itself.
TEST(HostileTarget, ThatFillsTheSharedMemoryIsRefuted) {
  for (const std::size_t from :
       {std::size_t{0}, offsetof(Channel, x), offsetof(Channel, results)}) {
    SCOPED_TRACE(from);
    ::setenv("NAPIER_TEST_RESULTS", std::to_string(from).c_str(), 1);
    CampaignOptions options;
    options.cases = 2000;
    options.threads = 1;
    options.properties = {"accuracy", "deterministic", "environment"};
    const Candidate tried = candidate(fixture("hostile"), "fill_by_a_thread");
    const TargetResult result = run_campaign({tried}, options).targets.front();
    EXPECT_THAT(result.contradictions, IsEmpty());
    EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  }
}

TEST(HostileTarget, CannotForgeWhatItWasAsked) {
  const auto set = [](const char* name, std::size_t number) {
    ::setenv(name, std::to_string(number).c_str(), 1);
  };
  set("NAPIER_TEST_SINGLES", offsetof(Channel, x));
  set("NAPIER_TEST_WHOLE", offsetof(Channel, whole_x));
  set("NAPIER_TEST_ARGUMENTS", block_capacity);
  const auto caller = hostile("forge_arguments_at_3");
  const auto answers = answers_of(*caller, {1, 2, 3, 4});
  EXPECT_EQ(answers[2].ending, Ending::crashed);
  EXPECT_EQ(answers[3].value, from_native(std::exp(4.0))) << "asked of another process";
  const auto singles = caller->history().take_losses();
  ASSERT_THAT(singles, SizeIs(1));
  EXPECT_EQ(singles[0].last, call_of(3));
  EXPECT_THAT(singles[0].before, Contains(call_of(2)));
  EXPECT_THAT(singles[0].before, Not(Contains(call_of(5))));

  warm_up(*caller);
  auto x = block_of(1024, 2.0);
  x[700] = block_of(1, 3.0)[0];
  std::vector<std::uint64_t> results(x.size());
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  caller->settle();
  const auto of_a_block = caller->history().take_losses();
  ASSERT_THAT(of_a_block, SizeIs(1));
  EXPECT_EQ(of_a_block[0].last, call_of(2));
  EXPECT_THAT(of_a_block[0].before, Not(Contains(call_of(5))));
}

TEST(HostileTarget, MayAllocateAPartOfTheMachinesMemory) {
  if (!memory_is_bounded()) GTEST_SKIP() << "a sanitizer needs terabytes";
  const Answer allowed = answers_of(*hostile("bytes_allowed"), {1.0})[0];
  EXPECT_LE(to_native<double>(allowed.value), static_cast<double>(memory_bound()));
  EXPECT_GE(to_native<double>(allowed.value), 0x1p28);
  rlimit before{};
  ::getrlimit(RLIMIT_DATA, &before);  // less than that: it takes seconds to write gigabytes
  const rlimit less{std::min<rlim_t>(before.rlim_cur, rlim_t{1} << 27), before.rlim_max};
  ::setrlimit(RLIMIT_DATA, &less);
  const auto caller = open("eat_memory_at_3", "hostile", binary64, 1, Patience{});
  ::setrlimit(RLIMIT_DATA, &before);
  const auto answers = answers_of(*caller, {2, 3});
  EXPECT_EQ(answers[0].ending, Ending::returned);
  EXPECT_EQ(answers[1].ending, Ending::crashed);
  EXPECT_EQ(answers[1].detail, SIGSEGV) << "malloc gave it null";
}

TEST(HostileTarget, CannotCutOffTheMemoryThatIsShared) {
  const auto caller = hostile("truncate_always");
  EXPECT_EQ(answers_of(*caller, {2.0})[0].value, from_native(::exp(2)));
  warm_up(*caller);
}

TEST(HostileTarget, ThatIsOnlySlowIsNotOneThatHangs) {
  const auto caller = hostile("sleep_20_ms_always");
  const auto answers = answers_of(*caller, std::vector<double>(60, 2.0));  // four patiences
  for (const Answer& answer : answers) EXPECT_EQ(answer.ending, Ending::returned);
  EXPECT_EQ(caller->deaths(), 0);
}

}  // namespace
}  // namespace napier
