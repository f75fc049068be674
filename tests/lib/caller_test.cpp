// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/caller.hpp"

#include <cerrno>
#include <cfenv>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;

double third_of(double x) { return x / 3; }
double overflowing(double x) {
  const volatile double huge = 1e308;
  return huge * x * 10;
}
double dividing(double x) {
  const volatile double nothing = 0;
  return x / nothing;
}
double resets_errno(double x) {
  errno = 0;
  return x;
}
double sets_erange(double x) {
  if (x > 1) errno = ERANGE;
  return x;
}
double rounds_down_for_good(double x) {
  if (x > 1) std::fesetround(FE_DOWNWARD);
  return x / 3;
}
float difference_of(float x, float y) { return x - y; }
BFloat16 sign_flipped(BFloat16 x) { return {static_cast<std::uint16_t>(x.bits ^ 0x8000)}; }

std::vector<Answer> answers_of(ScalarFunction function, const std::vector<Call>& calls,
                               Rounding rounding = Rounding::nearest,
                               Observe observe = Observe::everything) {
  std::vector<Answer> answers(calls.size());
  direct_caller(function)->call(rounding, observe, calls, answers);
  return answers;
}
Call call_at(double x) { return {from_native(x), {}}; }

TEST(DirectCaller, ReturnsValuesInOrderAndInTheModeAskedFor) {
  const std::vector<Call> calls{call_at(1), call_at(2), call_at(-1)};
  for (const Observe observe : {Observe::values, Observe::everything}) {
    const auto up = answers_of(&third_of, calls, Rounding::up, observe);
    const auto down = answers_of(&third_of, calls, Rounding::down, observe);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      EXPECT_EQ(up[i].ending, Ending::returned);
      EXPECT_EQ(up[i].value, next_up(down[i].value));
    }
    EXPECT_EQ(down[0].value, from_native(0x1.5555555555555p-2));
    EXPECT_EQ(down[2].value, from_native(-0x1.5555555555556p-2));
  }
}

TEST(DirectCaller, LeavesTheFixedEnvironmentWhateverTheFunctionDid) {
  reset_environment();
  const ControlState fixed = control_state();
  for (const Observe observe : {Observe::values, Observe::everything})
    for (const Rounding rounding : all_roundings) {
      answers_of(&rounds_down_for_good, {call_at(2)}, rounding, observe);
      EXPECT_EQ(control_state(), fixed) << name(rounding);
      EXPECT_EQ(raised_flags(), Flags{});
    }
}

TEST(DirectCaller, TellsEachCallsOwnFlags) {
  const auto inexact = answers_of(&third_of, {call_at(1), call_at(3), call_at(1)});
  EXPECT_TRUE(inexact[0].flags.inexact);
  EXPECT_EQ(inexact[1].flags, Flags{}) << "3/3 is exact: the call before must not be seen";
  EXPECT_TRUE(inexact[2].flags.inexact);
  EXPECT_EQ(answers_of(&overflowing, {call_at(1)})[0].flags,
            (Flags{.overflow = true, .inexact = true}));
  EXPECT_EQ(answers_of(&dividing, {call_at(1)})[0].flags, (Flags{.divide_by_zero = true}));
  EXPECT_EQ(answers_of(&dividing, {call_at(0)})[0].flags, (Flags{.invalid = true}));
}

TEST(DirectCaller, TellsWhatEachCallDidToErrno) {
  const auto reset = answers_of(&resets_errno, {call_at(1)});
  EXPECT_EQ(reset[0].error_number, 0);
  const auto set = answers_of(&sets_erange, {call_at(1), call_at(2), call_at(1)});
  EXPECT_EQ(set[0].error_number, errno_before);
  EXPECT_EQ(set[1].error_number, ERANGE);
  EXPECT_EQ(set[2].error_number, errno_before);
}

TEST(DirectCaller, TellsWhichCallChangedTheControlStateAndPutsItRight) {
  const auto answers = answers_of(&rounds_down_for_good, {call_at(1), call_at(2), call_at(1)});
  EXPECT_EQ(answers[0].before, answers[0].after);
  EXPECT_EQ(difference(answers[1].before, answers[1].after), "rounding direction");
  EXPECT_EQ(answers[2].before, answers[2].after) << "each call answers for itself";
  EXPECT_EQ(answers[2].value, answers[0].value);
}

#if defined(__x86_64__)
double flushes(double x) {
  _mm_setcsr(_mm_getcsr() | 0x8040);
  return x * 0.5;
}
double narrows_the_x87(double x) {
  const std::uint16_t word = 0x027f;
  __asm__ volatile("fldcw %0" : : "m"(word));
  return x;
}
double unmasks_inexact(double x) {
  _mm_setcsr(_mm_getcsr() & ~0x1000U);
  return x;
}

TEST(DirectCaller, SeesFlushingPrecisionAndMasks) {
  const auto change = [](ScalarFunction function) {
    const Answer answer = answers_of(function, {call_at(1)})[0];
    return difference(answer.before, answer.after);
  };
  EXPECT_EQ(change(&flushes), "flush-to-zero bit, denormals-are-zero bit");
  EXPECT_EQ(change(&narrows_the_x87), "x87 precision");
  EXPECT_EQ(change(&unmasks_inexact), "exception masks");
}

long double rounds_up_for_good(long double x) {
  if (x > 1) std::fesetround(FE_UPWARD);
  return x / 3;
}
TEST(DirectCaller, SeesWhatAFunctionOfBinary80Leaves) {
  const auto answers = answers_of(&rounds_up_for_good, {{from_integer(binary80, 1), {}},
                                                        {from_integer(binary80, 2), {}},
                                                        {from_integer(binary80, 1), {}}});
  EXPECT_EQ(answers[0].before, answers[0].after);
  EXPECT_EQ(difference(answers[1].before, answers[1].after), "rounding direction");
  EXPECT_EQ(answers[2].value, answers[0].value);
}

TEST(DirectCaller, AFlushingFunctionDoesNotSpoilTheNextCall) {
  const std::vector<Call> calls(2, {min_normal(binary64), {}});
  const auto answers = answers_of(&flushes, calls);
  EXPECT_EQ(answers[0].value, answers[1].value);
  EXPECT_NE(answers[1].before, answers[1].after);
}
#endif

TEST(DirectCaller, PassesTwoArgumentsInTheirOrder) {
  const auto answers = answers_of(&difference_of, {{from_native(5.0F), from_native(3.0F)}});
  EXPECT_EQ(answers[0].value, from_native(2.0F));
}

template <class T>
T identity(T x) {
  return x;
}

TEST(DirectCaller, CarriesEveryFormatBitForBit) {
  Random random(1);
  for (const Format* f : all_formats) {
    void* address = f == &binary16   ? reinterpret_cast<void*>(&identity<_Float16>)
                    : f == &bfloat16 ? reinterpret_cast<void*>(&identity<BFloat16>)
                    : f == &binary32 ? reinterpret_cast<void*>(&identity<float>)
                    : f == &binary64 ? reinterpret_cast<void*>(&identity<double>)
                    : f == &binary80 ? reinterpret_cast<void*>(&identity<long double>)
                                     : reinterpret_cast<void*>(&identity<Quad>);
    std::vector<Call> calls;
    calls.reserve(1000);
    for (int i = 0; i < 1000; ++i) calls.push_back({testing_support::any_number(*f, random), {}});
    calls.push_back({quiet_nan(*f), {}});
    const auto answers = answers_of(scalar_function(address, *f, 1), calls);
    for (std::size_t i = 0; i < calls.size(); ++i) ASSERT_EQ(answers[i].value, calls[i].x);
  }
  EXPECT_EQ(answers_of(&sign_flipped, {{zero(bfloat16), {}}})[0].value, zero(bfloat16, true));
}

}  // namespace
}  // namespace napier
