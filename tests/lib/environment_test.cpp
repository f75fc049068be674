// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/environment.hpp"

#include <cfenv>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "tests/lib/support.hpp"

namespace napier {
namespace {

// Volatile operands: the operation must stay between the changes of mode around it.
template <class T>
[[gnu::noinline]] T quotient(T a, T b) {
  const volatile T left = a;
  return left / b;
}
template <class T>
[[gnu::noinline]] T product(T a, T b) {
  const volatile T left = a;
  return left * b;
}

class Environment : public ::testing::Test {
 protected:
  void SetUp() override { reset_environment(); }
  void TearDown() override { reset_environment(); }
};

/// ±1/3 in the format rounded by hand: its significand is 0101…, so down is odd-ended or not by p.
template <class T>
void rounds_a_third(Rounding rounding) {
  // 3·t − 1 is exact for t next to 1/3, so its sign says on which side t lies.
  T third = 0;
  T minus = 0;
  {
    const ScopedRounding mode(rounding);
    third = quotient<T>(1, 3);
    minus = quotient<T>(-1, 3);
  }
  const T side = std::fma(third, T(3), T(-1));
  const T mirrored_side = std::fma(minus, T(3), T(1));
  if (rounding == Rounding::up) {
    EXPECT_GT(side, 0);
    EXPECT_GT(mirrored_side, 0);
  } else if (rounding == Rounding::down) {
    EXPECT_LT(side, 0);
    EXPECT_LT(mirrored_side, 0);
  } else if (rounding == Rounding::zero) {
    EXPECT_LT(side, 0);
    EXPECT_GT(mirrored_side, 0);
  } else {
    EXPECT_EQ(third, -minus);
    EXPECT_LE(std::fabs(side), std::numeric_limits<T>::epsilon() / 4);
  }
}

TEST_F(Environment, ScopedRoundingRoundsSseAndX87Alike) {
  for (const Rounding rounding : all_roundings) {
    SCOPED_TRACE(name(rounding));
    rounds_a_third<float>(rounding);
    rounds_a_third<double>(rounding);
    rounds_a_third<long double>(rounding);
  }
}

TEST_F(Environment, ScopedRoundingEndsInTheFixedEnvironment) {
  const ControlState fixed = control_state();
  {
    const ScopedRounding outer(Rounding::up);
    EXPECT_EQ(std::fegetround(), FE_UPWARD);
    EXPECT_EQ(difference(fixed, control_state()), "rounding direction");
  }
  EXPECT_EQ(control_state(), fixed);
  EXPECT_EQ(difference(fixed, control_state()), "");
  EXPECT_EQ(std::fegetround(), FE_TONEAREST);
}

TEST_F(Environment, EachExceptionShowsAsItsOwnFlag) {
  const double tiny = std::numeric_limits<double>::min();
  const double huge = std::numeric_limits<double>::max();
  clear_flags();
  EXPECT_EQ(raised_flags(), Flags{});
  quotient(1.0, 0.0);
  EXPECT_EQ(raised_flags(), (Flags{.divide_by_zero = true}));
  clear_flags();
  quotient(0.0, 0.0);
  EXPECT_EQ(raised_flags(), (Flags{.invalid = true}));
  clear_flags();
  quotient(1.0, 3.0);
  EXPECT_EQ(raised_flags(), (Flags{.inexact = true}));
  clear_flags();
  product(huge, 2.0);
  EXPECT_EQ(raised_flags(), (Flags{.overflow = true, .inexact = true}));
  clear_flags();
  product(tiny, 0x1.0000000000001p-1);
  EXPECT_EQ(raised_flags(), (Flags{.underflow = true, .inexact = true}));
  clear_flags();
  EXPECT_EQ(raised_flags(), Flags{});
}

TEST_F(Environment, FlagsOfTheX87CountToo) {
  clear_flags();
  quotient(1.0L, 0.0L);
  EXPECT_TRUE(raised_flags().divide_by_zero);
  clear_flags();
  EXPECT_EQ(raised_flags(), Flags{});
}

TEST_F(Environment, FlagsWatchedAreThoseOfEachCallAlone) {
  CallWatch watch;
  const auto taken = [&watch] { return watch.take().flags; };
  const double huge = std::numeric_limits<double>::max();
  for (int turn = 0; turn < 3; ++turn) {  // what is raised often is read in another way
    product(huge, 2.0);
    EXPECT_EQ(taken(), flag_bit::overflow);
    product(huge, 2.0);
    EXPECT_EQ(taken(), flag_bit::overflow);
    product(1.0, 2.0);
    EXPECT_EQ(taken(), 0);
    quotient(0.0, 0.0);
    EXPECT_EQ(taken(), flag_bit::invalid);
    quotient(1.0L, 0.0L);
    EXPECT_EQ(taken(), flag_bit::divide_by_zero);
    quotient(1.0, 3.0);
    EXPECT_EQ(taken(), 0);
  }
  const ScopedRounding outer(Rounding::up);
  product(huge, 2.0);
  EXPECT_EQ(CallWatch().take().flags, 0) << "raised before it was made";
  CallWatch upward;
  product(huge, 2.0);
  EXPECT_EQ(upward.take().flags, flag_bit::overflow);
  EXPECT_EQ(std::fegetround(), FE_UPWARD);
}

TEST_F(Environment, FlagsThatAreLoweredAreWatchedWhereTheyAreRaisedBefore) {
  CallWatch watch(true);
  const auto lowered = [&watch] { return watch.take().flags; };
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(lowered(), 0);
    product(1.0, 3.0);
    quotient(1.0, 0.0);
    quotient(0.0L, 0.0L);
    EXPECT_EQ(lowered(), 0) << "raising lowers none";
    std::feclearexcept(FE_OVERFLOW);
    EXPECT_EQ(lowered(), flag_bit::overflow);
    std::feclearexcept(FE_INEXACT | FE_UNDERFLOW);
    EXPECT_EQ(lowered(), 0) << "which are not judged";
    std::fenv_t before;
    std::feholdexcept(&before);
    std::feupdateenv(&before);
    EXPECT_EQ(lowered(), 0) << "put back";
    std::feclearexcept(FE_ALL_EXCEPT);
    EXPECT_EQ(lowered(), flag_bit::all);
    std::fesetround(FE_UPWARD);
    const CallWatch::Seen seen = watch.take();
    EXPECT_TRUE(seen.control_changed);
    EXPECT_EQ(seen.flags, 0);
  }
}

#if defined(__x86_64__)
TEST_F(Environment, FlagsThatSseOrTheX87AloneForgetAreSeenToBeLowered) {
  CallWatch watch(true);
  __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() & ~0x3fU);
  EXPECT_EQ(watch.take().flags, flag_bit::invalid);
  __asm__ volatile("fnclex");
  EXPECT_EQ(watch.take().flags, flag_bit::divide_by_zero);
  EXPECT_EQ(watch.take().flags, 0);
  // Who moves them from one to the other lowers none.
  __asm__ volatile("fnclex");
  __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x3f);
  EXPECT_EQ(watch.take().flags, 0);
}
#endif

TEST_F(Environment, AllFlagsCanBeRaised) {
  raise_all_flags();
  EXPECT_EQ(raised_flags(), (Flags{true, true, true, true, true}));
  clear_flags();
  EXPECT_EQ(raised_flags(), Flags{});
}

TEST_F(Environment, FlagBitsAreThoseOfTheFlags) {
  EXPECT_EQ(flag_bits({.invalid = true}), flag_bit::invalid);
  EXPECT_EQ(flag_bits({.divide_by_zero = true}), flag_bit::divide_by_zero);
  EXPECT_EQ(flag_bits({.overflow = true}), flag_bit::overflow);
  EXPECT_EQ(flag_bits({.underflow = true, .inexact = true}), 0);
}

#if defined(__x86_64__)

void set_x87_control(int wanted) {
  const auto word = static_cast<std::uint16_t>(wanted);
  __asm__ volatile("fldcw %0" : : "m"(word));
}
std::uint16_t x87_control() {
  std::uint16_t word = 0;
  __asm__ volatile("fnstcw %0" : "=m"(word));
  return word;
}

/// What a call may leave in disorder, one thing each.
struct Disorder {
  const char* words;
  void (*leave)();
  bool arithmetic = false;  ///< a plain sum of SSE shows it
};
const Disorder disorders[] = {
    {"rounding direction", [] { _mm_setcsr(_mm_getcsr() ^ 0x2000); }, true},
    {"rounding direction", [] { _mm_setcsr(_mm_getcsr() ^ 0x4000); }, true},
    {"rounding direction", [] { _mm_setcsr(_mm_getcsr() ^ 0x6000); }, true},
    {"rounding direction", [] { set_x87_control(x87_control() ^ 0x0800); }},
    {"flush-to-zero bit", [] { _mm_setcsr(_mm_getcsr() | 0x8000); }, true},
    {"denormals-are-zero bit", [] { _mm_setcsr(_mm_getcsr() | 0x0040); }, true},
    {"x87 precision", [] { set_x87_control(x87_control() ^ 0x0100); }},
    {"exception masks", [] { _mm_setcsr(_mm_getcsr() & ~0x0400U); }},
    {"exception masks", [] { set_x87_control(x87_control() ^ 0x0004); }},
    {"x87 register stack", [] { __asm__ volatile("fld1"); }},
    {"x87 register stack",
     [] {
       for (int i = 0; i < 8; ++i) __asm__ volatile("fld1");
     }},
    {"x87 register stack", [] { __asm__ volatile("pxor %%mm3, %%mm3"
                                                 :
                                                 :
                                                 : "memory"); }},
    {"direction flag", [] { __asm__ volatile("std"); }},
    {"alignment-check flag",
     [] {
       __asm__ volatile("pushfq\n\torq $0x40000, (%%rsp)\n\tpopfq" : : : "memory", "cc");
     }},
};

TEST_F(Environment, EveryDisorderIsSeenNamedAndPutRight) {
  for (const Rounding rounding : all_roundings)
    for (const Disorder& disorder : disorders) {
      const ScopedRounding mode(rounding);
      const ControlState before = control_state();
      disorder.leave();
      const ControlState after = control_state();
      restore_control_state(before);
      EXPECT_EQ(difference(before, after), disorder.words);
      EXPECT_EQ(control_state(), before) << disorder.words;
    }
}

TEST_F(Environment, ACallWatchSeesEveryDisorderOnceAndPutsItRight) {
  for (const Rounding rounding : all_roundings)
    for (const Disorder& disorder : disorders) {
      const ScopedRounding mode(rounding);
      const ControlState before = control_state();
      CallWatch watch;
      const bool calm = watch.take().control_changed;
      disorder.leave();
      const bool seen = watch.take().control_changed;
      const bool again = watch.take().control_changed;
      EXPECT_FALSE(calm) << disorder.words;
      EXPECT_TRUE(seen) << disorder.words;
      EXPECT_FALSE(again) << disorder.words;
      EXPECT_EQ(control_state(), before) << disorder.words;
    }
}

TEST_F(Environment, AnArithmeticWatchSeesWhatWasPutRightMeanwhile) {
  for (const Rounding rounding : all_roundings)
    for (const Disorder& disorder : disorders) {
      const ScopedRounding mode(rounding);
      const ControlState before = control_state();
      ArithmeticWatch watch;
      watch.look();
      EXPECT_FALSE(watch.changed());
      disorder.leave();
      if (disorder.arithmetic) watch.look();
      restore_control_state(before);
      watch.look();
      EXPECT_EQ(watch.changed(), disorder.arithmetic) << disorder.words << name(rounding);
    }
}

TEST_F(Environment, ResetClearsFlushingMasksPrecisionAndFlags) {
  const ControlState fixed = control_state();
  quotient(1.0, 3.0);
  _mm_setcsr(_mm_getcsr() | 0x8040);
  set_x87_control(0x027f);
  std::fesetround(FE_DOWNWARD);
  EXPECT_EQ(product(std::numeric_limits<double>::min(), 0.5), 0.0) << "flushing was really on";
  reset_environment();
  EXPECT_EQ(control_state(), fixed);
  EXPECT_EQ(raised_flags(), Flags{});
  EXPECT_EQ(product(std::numeric_limits<double>::min(), 0.5), 0x1p-1023);
  EXPECT_EQ(product(std::numeric_limits<double>::denorm_min(), 1.0), 0x1p-1074);
  EXPECT_EQ(fixed.sse, 0x1f80u);
  EXPECT_EQ(fixed.x87, 0x037fu);
}

TEST_F(Environment, DifferencesAreNamed) {
  const ControlState fixed = control_state();
  const auto with = [&](std::uint32_t sse, std::uint32_t x87) {
    return difference(fixed, {fixed.sse ^ sse, fixed.x87 ^ x87});
  };
  EXPECT_EQ(with(0, 0), "");
  EXPECT_EQ(with(0x8000, 0), "flush-to-zero bit");
  EXPECT_EQ(with(0x0040, 0), "denormals-are-zero bit");
  EXPECT_EQ(with(0x2000, 0), "rounding direction");
  EXPECT_EQ(with(0, 0x0400), "rounding direction");
  EXPECT_EQ(with(0, 0x0100), "x87 precision");
  EXPECT_EQ(with(0x0080, 0), "exception masks");
  EXPECT_EQ(with(0, 0x0001), "exception masks");
  EXPECT_EQ(with(0x8040, 0), "flush-to-zero bit, denormals-are-zero bit");
}

TEST_F(Environment, StickyFlagsAreNoDifferenceAndRestoringClearsThem) {
  const ControlState before = control_state();
  quotient(1.0, 3.0);
  quotient(1.0L, 3.0L);
  EXPECT_EQ(control_state(), before);
  _mm_setcsr(_mm_getcsr() | 0x8000);
  EXPECT_NE(control_state(), before);
  restore_control_state(before);
  EXPECT_EQ(control_state(), before);
  EXPECT_EQ(raised_flags(), Flags{});
}

TEST_F(Environment, ResetEmptiesAnX87StackLeftFull) {
  for (int i = 0; i < 8; ++i) __asm__ volatile("fld1");
  reset_environment();
  EXPECT_EQ(product(3.0L, 5.0L), 15.0L) << "a full stack would have given a NaN";
}

#endif

}  // namespace
}  // namespace napier
