// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/hard_search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/hard/first_below.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;

/// NAPIER_LONG=1 asks for whole binades of binary32.
bool is_long() {
  const char* set = std::getenv("NAPIER_LONG");
  return set != nullptr && *set == '1';
}

const Function* const searched[] = {&functions::exp,   &functions::exp2,   &functions::exp10,
                                    &functions::expm1, &functions::exp2m1, &functions::exp10m1,
                                    &functions::log};

std::vector<Float> arguments(const std::vector<HardCase>& cases) {
  std::vector<Float> all;
  for (const HardCase& hard : cases) all.push_back(hard.x);
  return all;
}

std::vector<HardCase> found_by(const HardQuestion& question) {
  const HardSearch search(question);
  std::vector<HardCase> all;
  for (std::uint64_t window = 0; window < search.windows(); ++window)
    for (const HardCase& hard : search.find_in(window)) all.push_back(hard);
  return all;
}

/// Whether t is that near to one of the points: by the double-double filter, argument by argument.
bool is_hard(const HardQuestion& question, Float x) {
  const Format& format = *x.format;
  const auto t = fast_value(*question.function, {x, {}});
  if (!t || t->is_huge() || !t->is_known()) return false;
  const std::int64_t e = is_exactly_zero(*t) ? format.min_exponent() : binade(*t);
  if (e > format.max_exponent || e < format.least_exponent() - 2) return false;
  const std::int64_t grid = ulp_exponent(format, e) - (question.near == Near::both ? 1 : 0);
  FastEnclosure off = scaled(*t, -grid);
  if (question.near == Near::midpoints) off = off - FastEnclosure({}, Dyadic::of(0.5));
  for (int twice = 0; twice < 2; ++twice)
    off = off - FastEnclosure({}, Dyadic::of(std::nearbyint((lower(off) + upper(off)) / 2)));
  const double limit = std::ldexp(1, (question.near == Near::both ? 1 : 0) - question.bits);
  const double least = std::min(std::fabs(lower(off)), std::fabs(upper(off)));
  const double most = std::max(std::fabs(lower(off)), std::fabs(upper(off)));
  EXPECT_EQ(least < limit, most < limit) << "not told by the filter: " << to_hex(x);
  return most < limit;
}

void expect_all_found(const HardQuestion& question) {
  std::vector<Float> expected;
  for (Ordinal n = ordinal(question.from); n <= ordinal(question.to); ++n) {
    const Float x = from_ordinal(*question.from.format, n);
    if (is_hard(question, x)) expected.push_back(x);
  }
  EXPECT_EQ(expected, arguments(found_by(question)))
      << question.function->name << " in " << question.from.format->name << " from "
      << to_hex(question.from) << " near " << name(question.near);
}

TEST(FirstBelow, IsTheFirstOfAll) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    // Short ways, long periods, and neither.
    const std::uint64_t step = (random.next() >> random.between(0, 63)) << random.between(0, 63);
    const std::uint64_t start = random.next() >> random.between(0, 20);
    const std::uint64_t bound = (random.next() >> random.between(1, 63)) + 1;
    const auto count = static_cast<std::uint64_t>(random.between(1, 300));
    std::uint64_t first = 0;
    while (first < count && start + first * step >= bound) ++first;
    ASSERT_EQ(first, first_below(start, step, bound, count))
        << start << " + j·" << step << " < " << bound << ", " << count;
  }
}

TEST(FirstBelow, GoesFarWithinTheCircle) {
  const std::uint64_t step = 0x9e3779b97f4a7c15;  // an odd number: j is known for every value
  std::uint64_t inverse = step;
  for (int i = 0; i < 6; ++i) inverse *= 2 - step * inverse;
  EXPECT_EQ(0 - 12345 * inverse, first_below(12345 * 1, step, 1, ~std::uint64_t(0)));
  EXPECT_EQ(1000u, first_below(std::uint64_t(1) << 63, 2, 1, 1000));  // odd multiples come not near
}

TEST(LocalCubic, IsShiftedExactly) {
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    const LocalCubic cubic{random.bits(), random.bits(),
                           static_cast<SignedBits>(random.bits()) >> 60,
                           static_cast<SignedBits>(random.bits()) >> 90};
    const SignedBits a = random.between(-1'000'000, 1'000'000), b = random.between(-1000, 1000);
    EXPECT_TRUE(cubic.at(a + b) == cubic.shifted(a).at(b));
    EXPECT_TRUE(cubic.at(b) ==
                static_cast<SignedBits>(cubic.c0 + cubic.c1 * Bits(b) +
                                        Bits(cubic.c2 * b * b + cubic.c3 * b * b * b)));
  }
}

TEST(Window, HoldsEveryArgumentWhoseCubicIsNearAnInteger) {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    const int h = static_cast<int>(random.between(2, 10));  // its logarithm
    Window window{0, random.between(0, 5000), random.between(0, 5000), {}, Bits(1) << 100};
    window.cubic = {random.bits(), random.bits() >> random.between(0, 100),
                    static_cast<SignedBits>(random.bits()) >> (3 * h + 3),
                    static_cast<SignedBits>(random.bits()) >> (4 * h + 20)};
    const Bits threshold = Bits(1) << random.between(110, 122);
    std::vector<Ordinal> near;
    for (Ordinal n = window.first; n <= window.last; ++n) {
      const SignedBits at = window.cubic.at(n - window.centre);
      const Bits size = at < 0 ? Bits(-at) : Bits(at);
      if (size <= threshold + window.error) near.push_back(n);
    }
    EXPECT_TRUE(near == near_integers(window, Bits(1) << h, threshold)) << i;
  }
}

TEST(Window, HoldsAPlantedZeroWhereverItIsInACell) {
  Random random(6);
  for (int i = 0; i < 3000; ++i) {
    // Each term of the error of a cell's line is the largest in some of these, at its ends.
    const int h = static_cast<int>(random.between(2, 27));  // its logarithm
    const std::int64_t end = std::int64_t(1) << h;
    const std::int64_t planted = random.coin()   ? -end
                                 : random.coin() ? end - 1
                                                 : random.between(-end, end - 1);
    Window window{-end, end - 1, 0, {0, random.bits(), 0, 0}, 0};
    if (random.coin()) window.cubic.c2 = static_cast<SignedBits>(random.bits()) >> (3 * h + 2);
    if (random.coin()) window.cubic.c3 = static_cast<SignedBits>(random.bits()) >> (4 * h + 2);
    window.cubic.c0 = static_cast<Bits>(-window.cubic.at(planted));
    const auto near = near_integers(window, Bits(1) << h, 1);
    EXPECT_TRUE(std::ranges::count(near, planted) == 1) << i << ", h = 2^" << h;
  }
}

TEST(HardSearch, FindsEveryHardArgumentOfTheNarrowFormats) {
  for (const Function* function : searched)
    for (const Format* format : {&binary16, &bfloat16}) {
      const bool log = function->kind == Kind::logarithm;
      const Near near = log ? Near::midpoints : Near::both;
      // Around 0, where powers hardly differ from 1, all arguments are hard: not those.
      const Float low = power_of_two(*format, log ? format->least_exponent() : -4);
      expect_all_found({function, low, max_finite(*format), 6, near});
      if (!log)
        expect_all_found({function, max_finite(*format, true), negated(low), 5, Near::midpoints});
    }
}

TEST(HardSearch, FindsEveryHardArgumentOfPartsOfBinary32) {
  Random random(4);
  for (const Function* function : searched)
    for (const Near near : {Near::midpoints, Near::numbers, Near::both}) {
      // From one binade into the next, and anywhere.
      for (const int exponent : {-10, 0, 5}) {
        const bool whole = is_long() && near == Near::both && exponent == 0;
        const std::int64_t size = 1 << (whole ? 23 : 13);
        Float from = step(power_of_two(binary32, exponent), exponent == 0 ? 0 : -size / 2);
        if (exponent == 0 && !whole) from = step(from, random.between(0, 1 << 22));
        expect_all_found({function, from, step(from, size - 1), whole ? 12 : 8, near});
      }
      if (function->kind == Kind::logarithm) continue;
      const Float top = step(from_integer(binary32, -3), random.between(-1000, 1000));
      expect_all_found({function, top, step(top, 8191), 8, near});
    }
}

TEST(HardSearch, FindsEveryHardArgumentOfPartsOfBinary64) {
  Random random(5);
  for (const Function* function : searched)
    for (int i = 0; i < 4; ++i) {
      const int exponent = static_cast<int>(random.between(-12, 7));
      const Float from = step(power_of_two(binary64, exponent), random.next() >> 13);
      expect_all_found({function, from, step(from, 4095), 7, Near::both});
    }
}

TEST(HardSearch, CrossesWhatHasNoSearch) {
  // Underflow, subnormal results, 0, and overflow.
  const Float from = from_integer(binary16, -20);
  const auto found = found_by({&functions::exp2, from, from_integer(binary16, 20), 12, Near::both});
  std::vector<Float> integers;
  for (const HardCase& hard : found)
    if (hard.is_exact && is_integer(hard.x) && !is_zero(hard.x)) integers.push_back(hard.x);
  ASSERT_EQ(35u, integers.size());  // 2^-20 to 2^15
  EXPECT_EQ(from, integers.front());
  const auto logs =
      found_by({&functions::log, zero(binary16), max_finite(binary16), 12, Near::numbers});
  EXPECT_TRUE(std::ranges::any_of(logs, [](const HardCase& hard) {
    return hard.is_exact && hard.x == from_integer(binary16, 1);
  }));
}

TEST(HardSearch, ReachesAQuarterOfTheLeastSubnormal) {
  // e^x next to the midpoint between 0 and the least subnormal.
  const auto found = found_by({&functions::exp2, from_integer(binary32, -151),
                               from_integer(binary32, -150), 20, Near::midpoints});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(from_integer(binary32, -150), found.back().x);
  EXPECT_TRUE(found.back().is_exact && found.back().is_midpoint);
}

struct Known {
  const Function* function;
  const char* x;
  double log2_distance;  ///< less than
};

/// Arguments of CORE-MATH's lists of worst cases (src/binary64/*/*.wc), which Lefèvre's programs
/// and BaCSeL found. The logarithm's is in Lefèvre and Muller's table ("Worst cases for correct
/// rounding of the elementary functions in double precision", ARITH 2001): 64 equal bits after the
/// 53rd.
const Known known[] = {
    {&functions::exp, "0x1.accfbe46b4efp-1", -55},
    {&functions::exp, "0x1.008eb56314daap+0", -45},
    {&functions::log, "0x1.62a88613629b6p+678", -65},
    {&functions::exp10, "0x1.00292f9da115p-15", -49},
};

TEST(HardSearch, FindsPublishedWorstCases) {
  const Ordinal around = Ordinal(1) << 35;  // 2^36 arguments, in less than a tenth of a second
  for (const Known& one : known) {
    const Float x = parse_float(binary64, one.x);
    const auto found = found_by({one.function, step(x, -around), step(x, around - 1),
                                 static_cast<int>(-one.log2_distance), Near::both});
    const auto hit = std::ranges::find(found, x, &HardCase::x);
    ASSERT_NE(found.end(), hit) << one.x;
    EXPECT_LT(hit->log2_distance, one.log2_distance) << one.x;
  }
}

TEST(HardSearch, ShardsMakeTheWhole) {
  const Float one = from_integer(binary32, 1);
  const HardQuestion whole{&functions::exp, one, step(one, 99'999), 10, Near::both};
  std::vector<HardCase> parts;
  for (std::uint64_t i = 0; i < 7; ++i)
    for (const HardCase& hard : found_by(*shard(whole, i, 7))) parts.push_back(hard);
  EXPECT_EQ(arguments(found_by(whole)), arguments(parts));
  EXPECT_FALSE(shard({&functions::exp, one, one, 10, Near::both}, 1, 2));
}

TEST(HardSearch, KnowsHowManyThereWillBe) {
  const Float one = from_integer(binary32, 1);
  const HardQuestion some{&functions::exp, one, step(one, (1 << 20) - 1), 12, Near::both};
  const auto found = static_cast<double>(found_by(some).size());
  EXPECT_NEAR(HardSearch(some).expected(), found, 4 * std::sqrt(found));
  // Where e^x hardly differs from 1 each argument is hard.
  const Float tiny = power_of_two(binary64, -80);
  const HardQuestion all{&functions::exp, tiny, step(tiny, 1 << 30), 20, Near::numbers};
  EXPECT_EQ(HardSearch(all).expected(), (1 << 30) + 1);
  EXPECT_EQ(HardSearch({all.function, all.from, all.to, 20, Near::midpoints}).expected(), 0);
}

TEST(HardSearch, RefusesWhatItCanNotSearch) {
  const Float one = from_integer(binary64, 1);
  EXPECT_THROW(HardSearch({&functions::pow, one, one, 20, Near::both}), std::invalid_argument);
  EXPECT_THROW(HardSearch({&functions::d_exp, one, one, 20, Near::both}), std::invalid_argument);
  EXPECT_THROW(HardSearch({&functions::log, negated(one), negated(one), 20, Near::both}),
               std::invalid_argument);
}

}  // namespace
}  // namespace napier
