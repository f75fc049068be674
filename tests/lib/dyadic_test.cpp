// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/dyadic.hpp"

#include <cmath>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;
using testing_support::same;

/// A dyadic that an __int128 on the grid 2^−20 also holds, with a random representation.
struct Twin {
  Dyadic dyadic;
  SignedBits scaled;
};
Twin twin(Random& random) {
  const auto bits = static_cast<int>(random.between(0, 60));
  const auto shift = static_cast<int>(random.between(-20, 20));
  const Bits significand = random.next() >> (63 - bits);
  const bool negative = random.coin();
  const auto magnitude = static_cast<SignedBits>(significand << (shift + 20));
  return {{negative, significand, shift}, negative ? -magnitude : magnitude};
}

TEST(Dyadic, ComparesAndAddsAsIntegersDo) {
  Random random(1);
  for (int i = 0; i < 100'000; ++i) {
    const Twin a = twin(random);
    const Twin b = i % 8 == 0 ? Twin{a.dyadic.reduced(), a.scaled} : twin(random);
    ASSERT_EQ(compare(a.dyadic, b.dyadic), a.scaled <=> b.scaled);
    ASSERT_EQ(a.dyadic.sign(), a.scaled < 0 ? -1 : a.scaled > 0 ? 1 : 0);
    const auto on_grid = [](const Dyadic& x) {
      const auto magnitude = static_cast<SignedBits>(x.significand << (x.exponent + 20));
      return x.is_zero() ? 0 : x.negative ? -magnitude : magnitude;
    };
    ASSERT_EQ(on_grid(add(a.dyadic, b.dyadic)), a.scaled + b.scaled);
    ASSERT_EQ(on_grid(subtract(a.dyadic, b.dyadic)), a.scaled - b.scaled);
    ASSERT_EQ(on_grid(-a.dyadic), -a.scaled);
  }
}

TEST(Dyadic, MultipliesAsIntegersDo) {
  Random random(2);
  for (int i = 0; i < 50'000; ++i) {
    const auto a = static_cast<std::int64_t>(random.next());
    const auto b = static_cast<std::int64_t>(random.next()) >> random.between(0, 63);
    const Dyadic product =
        multiply(Dyadic::of_integer(a).scaled(-7), Dyadic::of_integer(b).scaled(9));
    const SignedBits expected = SignedBits(a) * b;
    const Bits magnitude = expected < 0 ? Bits(0) - Bits(expected) : Bits(expected);
    ASSERT_PRED2(same, product, (Dyadic{expected < 0, magnitude, 2})) << a << " * " << b;
  }
}

TEST(Dyadic, HoldsTheExtremeIntegers) {
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_PRED2(same, Dyadic::of_integer(least), -Dyadic::power_of_two(63));
  EXPECT_EQ(Dyadic::of_integer(0).sign(), 0);
  EXPECT_EQ(Dyadic::of_integer(-5).reduced().significand, 5);
}

TEST(Dyadic, ReducedHasAnOddSignificandAndTheSameValue) {
  Random random(3);
  for (int i = 0; i < 10'000; ++i) {
    const Dyadic x{random.coin(), random.bits() << random.between(0, 127), random.between(-9, 9)};
    const Dyadic r = x.reduced();
    ASSERT_PRED2(same, x, r);
    ASSERT_TRUE(x.is_zero() ? r.exponent == 0 : (r.significand & 1) == 1);
    if (!x.is_zero()) {
      ASSERT_EQ(x.binade(), r.binade());
    }
  }
  EXPECT_FALSE((-Dyadic{}).negative) << "zero has no sign";
}

TEST(Dyadic, BitPositionsAreThoseOfALoop) {
  Random random(4);
  EXPECT_EQ(top_bit(0), -1);
  EXPECT_EQ(trailing_zeros(0), 0);
  for (int position = 0; position < 128; ++position) {
    const Bits bit = Bits(1) << position;
    EXPECT_EQ(top_bit(bit), position);
    EXPECT_EQ(top_bit(bit | (random.bits() & (bit - 1))), position);
    EXPECT_EQ(trailing_zeros(bit), position);
    EXPECT_EQ(trailing_zeros(bit | (random.bits() & ~(bit - 1) & ~bit)), position);
  }
}

TEST(Dyadic, GoesToDoubleAsTheNearestOne) {
  EXPECT_EQ(to_double(Dyadic::of(0.1)), 0.1);
  EXPECT_EQ(to_double(Dyadic::of(-5e-324)), -5e-324);
  EXPECT_EQ(to_double(Dyadic::of_integer((std::int64_t(1) << 53) + 1)), 9007199254740992.0);
  EXPECT_EQ(to_double(Dyadic::of_integer((std::int64_t(1) << 53) + 3)), 9007199254740996.0);
  EXPECT_EQ(to_double(Dyadic::power_of_two(5000)), std::numeric_limits<double>::infinity());
  EXPECT_EQ(to_double(-Dyadic::power_of_two(-5000)), 0.0);
}

TEST(Dyadic, ComparesAcrossHugeExponentsWithoutShifting) {
  const Dyadic far = Dyadic::power_of_two(std::int64_t(1) << 40);
  EXPECT_EQ(compare(far, Dyadic::of_integer(1)), std::strong_ordering::greater);
  EXPECT_EQ(compare(-far, Dyadic::of_integer(1)), std::strong_ordering::less);
  EXPECT_EQ(compare(-far, -Dyadic::power_of_two(-(std::int64_t(1) << 40))),
            std::strong_ordering::less);
  EXPECT_EQ(compare({}, far), std::strong_ordering::less);
  EXPECT_EQ(compare({true, 0, 99}, {false, 0, -99}), std::strong_ordering::equal);
}

}  // namespace
}  // namespace napier
