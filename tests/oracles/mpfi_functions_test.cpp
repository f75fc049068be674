// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/mpfi_functions.hpp"

#include <gtest/gtest.h>

#include "oracles/backend/mpfi_number.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;
using Number = Enclosure::Impl;

struct Pair {
  const char* name;
  void (*one_sided)(mpfi_ptr, mpfi_srcptr);
  int (*two_sided)(mpfi_ptr, mpfi_srcptr);
};
constexpr Pair pairs[] = {{"exp", one_sided_exp, mpfi_exp},
                          {"expm1", one_sided_expm1, mpfi_expm1},
                          {"log", one_sided_log, mpfi_log},
                          {"log1p", one_sided_log1p, mpfi_log1p}};

/// What both make of an interval.
struct Both {
  Both(const Pair& f, Precision precision, const Number& a)
      : mine(precision), two_sided(precision) {
    f.one_sided(mine.data(), a.data());
    f.two_sided(two_sided.data(), a.data());
  }
  Number mine, two_sided;
};

/// [x, x + 2^-k x], x within 2^±12.
void draw(Number& interval, Random& random, std::int64_t narrowness) {
  const auto size = static_cast<std::int64_t>(random.bits() % 24) - 12;
  const Dyadic x{false, (random.bits() | 1) & ~Bits{0} >> 1, size - 126};
  assign(interval.lo(), x, MPFR_RNDD);
  mpfr_set(interval.hi(), interval.lo(), MPFR_RNDU);
  Number width({64});
  assign(width.lo(), x.scaled(-narrowness), MPFR_RNDU);
  mpfr_add(interval.hi(), interval.hi(), width.lo(), MPFR_RNDU);
}

/// How far the upper end lies above MPFI's, in steps of its precision, less the share of MPFI's
/// width that is allowed.
double excess(const Number& mine, const Number& two_sided) {
  Number difference({64});
  Number allowed({64});
  mpfr_sub(difference.hi(), mine.hi(), two_sided.hi(), MPFR_RNDU);
  mpfr_sub(allowed.lo(), two_sided.hi(), two_sided.lo(), MPFR_RNDD);
  mpfr_mul_2si(allowed.lo(), allowed.lo(), -31, MPFR_RNDD);
  mpfr_sub(difference.hi(), difference.hi(), allowed.lo(), MPFR_RNDU);
  if (mpfr_zero_p(two_sided.hi()) != 0) return mpfr_get_d(difference.hi(), MPFR_RNDU);
  const auto step = mpfr_get_exp(two_sided.hi()) - mpfr_get_prec(two_sided.hi());
  mpfr_mul_2si(difference.hi(), difference.hi(), -step, MPFR_RNDU);
  return mpfr_get_d(difference.hi(), MPFR_RNDU);
}

TEST(MpfiFunctions, ANarrowIntervalIsEnclosedAsTightlyAsByTwoCalls) {
  Random random(7);
  for (const Pair& f : pairs)
    for (int i = 0; i < 4000; ++i) {
      const Precision precision{53 + i % 300};
      Number a(precision);
      draw(a, random, 20 + i % 400);
      const auto& [mine, two_sided] = Both(f, precision, a);
      EXPECT_EQ(mpfr_cmp(mine.lo(), two_sided.lo()), 0) << f.name << ' ' << i;
      EXPECT_GE(mpfr_cmp(mine.hi(), two_sided.hi()), 0) << f.name << ' ' << i;
      EXPECT_LE(excess(mine, two_sided), 3) << f.name << ' ' << i;
    }
}

TEST(MpfiFunctions, AnUpperEndIsReachedFromBelow) {
  // The lower end is close to an exact value, so the whole of the width is in the growth.
  for (const Pair& f : pairs) {
    const bool at_one = f.two_sided == mpfi_log;
    Number a({200});
    mpfr_set_ui(a.lo(), at_one ? 1 : 0, MPFR_RNDD);
    mpfr_set_ui(a.hi(), at_one ? 1 : 0, MPFR_RNDD);
    mpfr_t tiny;
    mpfr_init2(tiny, 64);
    mpfr_set_ui_2exp(tiny, 1, -100, MPFR_RNDU);
    mpfr_add(a.hi(), a.hi(), tiny, MPFR_RNDU);
    mpfr_clear(tiny);
    const auto& [mine, two_sided] = Both(f, {200}, a);
    EXPECT_EQ(mpfr_cmp(mine.lo(), two_sided.lo()), 0) << f.name;
    EXPECT_GE(mpfr_cmp(mine.hi(), two_sided.hi()), 0) << f.name;
    EXPECT_LE(excess(mine, two_sided), 2) << f.name;
  }
}

TEST(MpfiFunctions, APowerBelowOneEndsAtOne) {
  for (const int size : {-16494, -200, -64, -62}) {
    Number a({64});
    mpfr_set_si_2exp(a.lo(), -3, size, MPFR_RNDN);
    mpfr_set(a.hi(), a.lo(), MPFR_RNDU);
    mpfr_nextabove(a.hi());
    Number result({64});
    one_sided_exp(result.data(), a.data());
    EXPECT_LE(mpfr_cmp_ui(result.hi(), 1), 0) << size;
  }
}

TEST(MpfiFunctions, APointIsEnclosedExactlyAsByTwoCalls) {
  Random random(11);
  for (const Pair& f : pairs)
    for (int i = 0; i < 4000; ++i) {
      const Precision precision{53 + i % 300};
      Number a(precision);
      draw(a, random, 0);
      mpfr_set(a.hi(), a.lo(), MPFR_RNDU);
      const auto& [mine, two_sided] = Both(f, precision, a);
      EXPECT_EQ(mpfr_cmp(mine.lo(), two_sided.lo()), 0) << f.name << ' ' << i;
      EXPECT_EQ(mpfr_cmp(mine.hi(), two_sided.hi()), 0) << f.name << ' ' << i;
    }
}

TEST(MpfiFunctions, ExactValuesStayPoints) {
  Number zero({64});
  mpfi_set_ui(zero.data(), 0);
  Number unit({64});
  mpfi_set_ui(unit.data(), 1);
  for (const Pair& f : pairs) {
    Number result({64});
    f.one_sided(result.data(), f.two_sided == mpfi_log ? unit.data() : zero.data());
    EXPECT_EQ(mpfr_cmp(result.lo(), result.hi()), 0) << f.name;
  }
}

TEST(MpfiFunctions, BeyondTheRangeOfNumbersTheEndsAreThoseOfMpfi) {
  for (const bool negative : {false, true}) {
    Number a({64});
    mpfr_set_ui_2exp(a.lo(), 1, 80, MPFR_RNDN);
    if (negative) mpfr_neg(a.lo(), a.lo(), MPFR_RNDN);
    mpfr_set(a.hi(), a.lo(), MPFR_RNDN);
    for (const Pair& f : {pairs[0], pairs[1]}) {
      const auto& [mine, two_sided] = Both(f, {64}, a);
      EXPECT_EQ(mpfr_cmp(mine.lo(), two_sided.lo()), 0) << f.name << negative;
      EXPECT_EQ(mpfr_cmp(mine.hi(), two_sided.hi()), 0) << f.name << negative;
    }
  }
}

}  // namespace
}  // namespace napier
