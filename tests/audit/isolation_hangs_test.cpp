// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A hang is waited for once, whoever meets it, and once more to confirm it; and nobody who is only
// slow is taken for one that hangs. What is counted is the processor time of the children.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "tests/audit/isolation_audit.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

double seconds_of_children() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  return static_cast<double>(used.ru_utime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec) / 1e6;
}

Patience patience_of(std::chrono::milliseconds stuck, std::chrono::milliseconds loading) {
  Patience patience;
  patience.stuck = stuck;
  patience.loading = loading;
  return patience;
}

/// An audit of all properties, and how many patiences it took.
struct Waited {
  TargetResult result;
  double patiences;
};
Waited audit_of(const std::string& symbol) {
  constexpr auto stuck = 1s;
  const double before = seconds_of_children();
  TargetResult result =
      audited(candidate(fixture("hostile"), symbol, binary64, patience_of(stuck, 10 * stuck)), {});
  return {std::move(result),
          (seconds_of_children() - before) / std::chrono::duration<double>(stuck).count()};
}

// A patience when it is met, one to confirm it, and parts of one for other arguments, which all
// properties ask: today's sum is some five. It was twenty and more.
constexpr double enough_patiences = 8;

TEST(Hang, AtTheFirstArgumentOfAllIsPaidForOnce) {
  const auto [result, patiences] = audit_of("hang_at_one");
  EXPECT_LE(patiences, enough_patiences);
  ASSERT_THAT(deaths_in(result), SizeIs(1));
  EXPECT_THAT(deaths_in(result)[0].smallest.inputs, ElementsAre(from_native(1.0)));
  // It is asked by every property: left out there, it keeps none of them from being tried.
  EXPECT_THAT(result.notes, Not(Contains(HasSubstr("not tried further"))));
}

/// It answers at others, so it is called as it is to be: no error of whoever asked for the audit.
TEST(Hang, AtAllUsualFirstArgumentsIsAFinding) {
  for (const std::string symbol : {"hang_at_the_first", "hang_above_zero"}) {
    const auto [result, patiences] = audit_of(symbol);
    EXPECT_LE(patiences, enough_patiences) << symbol;
    EXPECT_EQ(result.verdict, TargetVerdict::refuted) << symbol << ": " << result.failure;
    const auto deaths = deaths_in(result);
    ASSERT_THAT(deaths, SizeIs(1)) << symbol;
    EXPECT_TRUE(deaths[0].repeatable) << symbol;
    EXPECT_EQ(deaths[0].smallest.inputs.size(), 1U) << symbol;
  }
}

TEST(Crash, AtAllUsualFirstArgumentsIsAFinding) {
  const TargetResult result = audit_of("crash_at_the_first").result;
  EXPECT_EQ(result.verdict, TargetVerdict::refuted) << result.failure;
  ASSERT_THAT(deaths_in(result), SizeIs(1));
  EXPECT_TRUE(deaths_in(result)[0].repeatable);
}

TEST(Hang, InATailIsPaidForOnce) {
  const auto [result, patiences] = audit_of("hang_above_700");
  EXPECT_LE(patiences, enough_patiences);
  const auto deaths = deaths_in(result);
  ASSERT_THAT(deaths, SizeIs(1));
  EXPECT_TRUE(deaths[0].repeatable);
  ASSERT_THAT(deaths[0].smallest.inputs, SizeIs(1));
}

TEST(Hang, IsNotWhatTakesLongToSetUp) {
  for (const auto patience : {patience_of(1s, 10s), patience_of(3s, 10s)}) {
    const auto caller = open("set_up_always", "hostile", binary64, 1, patience);
    EXPECT_EQ(answers_of(*caller, {1.0})[0].ending, Ending::returned);
    caller->settle();
    EXPECT_THAT(caller->history().take_losses(), IsEmpty());
  }
}

TEST(Hang, LeavesTheNextProcessItsTimeToSetUp) {
  const auto caller = open("set_up_and_hang", "hostile", binary64, 1, patience_of(1s, 10s));
  const auto answers = answers_of(*caller, {2, 3, 4, 1});
  for (const std::size_t returned : {0U, 2U, 3U})
    EXPECT_EQ(answers[returned].ending, Ending::returned) << returned;
  EXPECT_EQ(answers[1].ending, Ending::hung);
  EXPECT_EQ(caller->deaths(), 1);
}

TEST(Hang, OfAllFirstCallsIsToldSoon) {
  const double before = seconds_of_children();
  EXPECT_THROW((void)open("spin_always", "hostile", binary64, 1, patience_of(300ms, 1s)),
               std::runtime_error);
  EXPECT_LE(seconds_of_children() - before, 2);
}

}  // namespace
}  // namespace napier
