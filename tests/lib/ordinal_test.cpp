// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/ordinal.hpp"

#include <cmath>
#include <set>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::any_number;
using testing_support::Random;

TEST(Ordinal, NumbersEverySixteenBitDatumOnceAndInOrder) {
  for (const Format* f : {&binary16, &bfloat16}) {
    std::set<Ordinal> seen;
    for (unsigned bits = 0; bits <= 0xffff; ++bits) {
      const Float x{bits, f};
      if (is_nan(x)) continue;
      ASSERT_TRUE(seen.insert(ordinal(x)).second) << to_hex(x);
      ASSERT_EQ(from_ordinal(*f, ordinal(x)), x);
    }
    ASSERT_EQ(*seen.rbegin() - *seen.begin() + 1, static_cast<Ordinal>(seen.size()));
    for (Ordinal n = -max_ordinal(*f); n < max_ordinal(*f) - 1; ++n) {
      const auto order =
          compare(exact_value(from_ordinal(*f, n)), exact_value(from_ordinal(*f, n + 1)));
      ASSERT_EQ(order, n == -1 ? std::strong_ordering::equal : std::strong_ordering::less);
    }
  }
}

TEST(Ordinal, ZerosAndInfinitiesAreWhereTheyAreSaidToBe) {
  for (const Format* f : all_formats) {
    EXPECT_EQ(ordinal(zero(*f)), 0);
    EXPECT_EQ(ordinal(zero(*f, true)), -1);
    EXPECT_EQ(ordinal(min_subnormal(*f)), 1);
    EXPECT_EQ(ordinal(min_subnormal(*f, true)), -2);
    EXPECT_EQ(ordinal(infinity(*f)), max_ordinal(*f));
    EXPECT_EQ(ordinal(infinity(*f, true)), -max_ordinal(*f) - 1);
    EXPECT_EQ(ordinal(max_finite(*f)), max_ordinal(*f) - 1);
    EXPECT_EQ(from_ordinal(*f, max_ordinal(*f) + 5), infinity(*f));
    EXPECT_EQ(from_ordinal(*f, -max_ordinal(*f) - 6), infinity(*f, true));
  }
}

TEST(Ordinal, IsMonotoneAndInvertibleInEveryFormat) {
  Random random(1);
  for (const Format* f : all_formats) {
    for (int i = 0; i < 50'000; ++i) {
      const Float x = any_number(*f, random);
      ASSERT_EQ(from_ordinal(*f, ordinal(x)), x);
      // A neighbour, or one a random power of two of ordinals away.
      const Float y = step(x, Ordinal(1) << random.between(0, f->width - 2));
      if (is_infinite(x) || is_infinite(y)) continue;
      ASSERT_LT(ordinal(x), ordinal(y));
      ASSERT_NE(compare(exact_value(x), exact_value(y)), std::strong_ordering::greater);
    }
  }
}

template <class T>
void neighbours_are_those_of_nextafter() {
  const Format& f = *native_format<T>;
  const T top = std::numeric_limits<T>::infinity();
  Random random(2);
  for (int i = 0; i < 50'000; ++i) {
    const Float x = i < 2 ? zero(f, i == 1) : any_number(f, random);
    const auto value = to_native<T>(x);
    ASSERT_EQ(to_native<T>(next_up(x)), std::nextafter(value, top)) << to_hex(x);
    ASSERT_EQ(to_native<T>(next_down(x)), std::nextafter(value, -top)) << to_hex(x);
  }
}

TEST(Ordinal, NeighboursAreThoseOfNextafter) {
  neighbours_are_those_of_nextafter<float>();
  neighbours_are_those_of_nextafter<double>();
  neighbours_are_those_of_nextafter<long double>();
}

TEST(Ordinal, StepsStopAtInfinityAndCountBothZeros) {
  for (const Format* f : all_formats) {
    EXPECT_EQ(step(min_subnormal(*f), -1), zero(*f));
    EXPECT_EQ(step(min_subnormal(*f), -2), zero(*f, true));
    EXPECT_EQ(step(min_subnormal(*f), -3), min_subnormal(*f, true));
    EXPECT_EQ(next_up(zero(*f, true)), min_subnormal(*f));
    EXPECT_EQ(next_up(infinity(*f)), infinity(*f));
    EXPECT_EQ(next_down(infinity(*f)), max_finite(*f));
    EXPECT_EQ(step(max_finite(*f), 1000), infinity(*f));
    EXPECT_EQ(next_down(min_normal(*f)), step(min_normal(*f), -1));
    EXPECT_EQ(classify(next_down(min_normal(*f))), FloatClass::subnormal);
    EXPECT_EQ(next_up(next_down(min_normal(*f))), min_normal(*f));
  }
}

TEST(Ordinal, APseudoDenormalSharesTheOrdinalOfItsNormal) {
  const Bits integer_bit = Bits(1) << 63;
  for (const Bits fraction : {Bits(0), Bits(1), integer_bit - 1}) {
    const Float pseudo{integer_bit | fraction, &binary80};
    const Float normal{Bits(1) << 64 | integer_bit | fraction, &binary80};
    EXPECT_EQ(ordinal(pseudo), ordinal(normal));
    EXPECT_EQ(ordinal(negated(pseudo)), ordinal(negated(normal)));
    EXPECT_EQ(from_ordinal(binary80, ordinal(pseudo)), normal);
  }
}

}  // namespace
}  // namespace napier
