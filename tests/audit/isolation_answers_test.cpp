// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A target in a child answers as it would in this process, and quickly.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cerrno>
#include <cfenv>
#include <chrono>
#include <cmath>
#include <thread>

#include "lib/fp/environment.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::IsEmpty;

TEST(IsolatedTarget, AnswersWithTheSameBitsAsInThisProcess) {
  const auto isolated = open("good_exp");
  const auto direct = direct_caller(Unary<double>(::exp));
  std::vector<double> arguments{0.0, -0.0, 1, -745, 709, 710, -1e300, INFINITY, -INFINITY, NAN};
  for (int i = 0; i < 10'000; ++i) arguments.push_back(-700 + 0.13 * i);
  for (const Rounding rounding : all_roundings) {
    const auto ours = answers_of(*direct, arguments, Observe::everything, rounding);
    const auto theirs = answers_of(*isolated, arguments, Observe::everything, rounding);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      EXPECT_EQ(theirs[i].ending, Ending::returned);
      EXPECT_EQ(theirs[i].value, ours[i].value) << arguments[i];
      EXPECT_EQ(theirs[i].flags, ours[i].flags) << arguments[i];
      EXPECT_EQ(theirs[i].error_number, ours[i].error_number) << arguments[i];
      EXPECT_EQ(theirs[i].before, ours[i].before);
      EXPECT_EQ(theirs[i].after, ours[i].after);
    }
  }
  EXPECT_EQ(isolated->deaths(), 0);
}

TEST(IsolatedTarget, RoundsInTheDirectionAskedFor) {
  const auto caller = open("good_exp");
  const auto up =
      to_native<double>(answers_of(*caller, {1.0}, Observe::values, Rounding::up)[0].value);
  const auto down =
      to_native<double>(answers_of(*caller, {1.0}, Observe::values, Rounding::down)[0].value);
  EXPECT_EQ(std::nextafter(down, INFINITY), up);
}

TEST(IsolatedTarget, TakesEveryFormat) {
  const auto value_at_two = [](const char* symbol, const Format& format) {
    const auto caller = open(symbol, "behaviours", format);
    const Call call{power_of_two(format, 1), {}};
    Answer answer;
    caller->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
    EXPECT_EQ(answer.ending, Ending::returned);
    return answer.value;
  };
  EXPECT_EQ(value_at_two("half_twice", binary16), power_of_two(binary16, 2));
  EXPECT_EQ(value_at_two("brain_negated", bfloat16), negated(power_of_two(bfloat16, 1)));
  EXPECT_EQ(value_at_two("good_expf", binary32), from_native(::expf(2)));
  EXPECT_EQ(value_at_two("good_exp", binary64), from_native(::exp(2)));
  EXPECT_EQ(value_at_two("good_expl", binary80), from_native(::expl(2)));
  EXPECT_EQ(value_at_two("quad_twice", binary128), power_of_two(binary128, 2));
}

TEST(IsolatedTarget, TakesTwoArguments) {
  const auto caller = open("good_pow", "behaviours", binary64, 2);
  const std::vector<Call> calls{call_of(2, 10), call_of(-3, 3), call_of(0, -1)};
  std::vector<Answer> answers(3);
  caller->call(Rounding::nearest, Observe::everything, calls, answers);
  EXPECT_EQ(answers[0].value, from_native(1024.0));
  EXPECT_EQ(answers[1].value, from_native(-27.0));
  EXPECT_EQ(answers[2].value, infinity(binary64));
  EXPECT_TRUE(answers[2].flags.divide_by_zero);
  EXPECT_EQ(answers[2].error_number, ERANGE);
}

TEST(IsolatedTarget, IsFoundByTheLoaderWhenThePathHasNoSlash) {
  const auto caller = child_caller({"libm.so.6", "exp"}, binary64, 1, NAPIER_TEST_WORKER);
  EXPECT_EQ(answers_of(*caller, {2.0})[0].value, from_native(::exp(2)));
}

TEST(IsolatedTarget, MayBeChosenByAnIndirectFunction) {
  const auto caller = open("chosen_when_loaded");
  EXPECT_EQ(answers_of(*caller, {2.0})[0].value, from_native(::exp(2)));
}

TEST(IsolatedTarget, IsCalledWithDenormalsOnWhateverItsLoadingDid) {
  const auto caller = open("halve", "flushes");
  EXPECT_EQ(caller->arrival().first_answer.before, caller->arrival().before);
  const double least_normal = 0x1p-1022;
  EXPECT_EQ(answers_of(*caller, {least_normal}, Observe::values)[0].value, from_native(0x1p-1023));
}

TEST(IsolatedTarget, OutlivesTheThreadThatOpenedIt) {
  std::unique_ptr<ChildCaller> caller;
  std::thread([&caller] { caller = open("good_exp"); }).join();
  const std::vector<pid_t> children = children_of(::getpid());
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(answers_of(*caller, {2.0})[0].value, from_native(::exp(2)));
  EXPECT_EQ(caller->deaths(), 0);
  EXPECT_THAT(caller->trouble(), IsEmpty());
  EXPECT_EQ(children_of(::getpid()), children);
}

TEST(IsolatedTarget, LeavesThisThreadInTheFixedEnvironment) {
  const auto caller = open("round_upward");
  reset_environment();
  const ControlState fixed = control_state();
  std::fesetround(FE_UPWARD);  // as somebody before us may have left it
  (void)answers_of(*caller, {3.0}, Observe::values, Rounding::zero);
  EXPECT_EQ(control_state(), fixed);
}

TEST(IsolatedTarget, ServesTwoThreadsByTwoCallers) {
  const auto work = [] {
    const auto caller = open("good_exp");
    const std::vector<double> arguments(50'000, 2.0);
    for (const Answer& answer : answers_of(*caller, arguments, Observe::values))
      ASSERT_EQ(answer.value, from_native(::exp(2)));
  };
  std::thread other(work);
  work();
  other.join();
}

void print_speed(const char* what, Observe observe, std::span<const Call> calls) {
  const auto caller = open("good_exp");
  std::vector<Answer> answers(calls.size());
  caller->call(Rounding::nearest, observe, calls, answers);
  const auto start = std::chrono::steady_clock::now();
  caller->call(Rounding::nearest, observe, calls, answers);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{}: {:.1f} million calls a second\n", what,
             1e-6 * static_cast<double>(calls.size()) / seconds.count());
  for (std::size_t i = 0; i < calls.size(); i += 997)
    ASSERT_EQ(answers[i].value, from_native(::exp(to_native<double>(calls[i].x))));
}

TEST(IsolatedTarget, MakesAMillionCallsThroughSharedMemory) {
  std::vector<Call> calls;
  calls.reserve(1'000'000);
  for (int i = 0; i < 1'000'000; ++i) calls.push_back(call_of(-700 + 0.0014 * i));
  print_speed("values", Observe::values, calls);
  print_speed("everything observed", Observe::everything, calls);
}

}  // namespace
}  // namespace napier
