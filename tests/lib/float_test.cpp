// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/float.hpp"

#include <cmath>
#include <limits>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::all_ones;
using testing_support::any_number;
using testing_support::finite_number;
using testing_support::Random;
using testing_support::same;
using testing_support::two_to;

template <class T>
FloatClass hardware_class(T value) {
  switch (std::fpclassify(value)) {
    case FP_ZERO:
      return FloatClass::zero;
    case FP_SUBNORMAL:
      return FloatClass::subnormal;
    case FP_NORMAL:
      return FloatClass::normal;
    case FP_INFINITE:
      return FloatClass::infinite;
    default:
      return FloatClass::nan;
  }
}

template <class T>
class HardwareFloat : public ::testing::Test {};
using HardwareTypes = ::testing::Types<float, double, long double>;
TYPED_TEST_SUITE(HardwareFloat, HardwareTypes);

TYPED_TEST(HardwareFloat, NamedDataAreTheNumericLimits) {
  using Limits = std::numeric_limits<TypeParam>;
  const Format& f = *native_format<TypeParam>;
  EXPECT_EQ(from_native(Limits::max()), max_finite(f));
  EXPECT_EQ(from_native(Limits::lowest()), max_finite(f, true));
  EXPECT_EQ(from_native(Limits::min()), min_normal(f));
  EXPECT_EQ(from_native(Limits::denorm_min()), min_subnormal(f));
  EXPECT_EQ(from_native(Limits::infinity()), infinity(f));
  EXPECT_EQ(from_native(-Limits::infinity()), infinity(f, true));
  EXPECT_EQ(from_native(Limits::quiet_NaN()), quiet_nan(f));
  EXPECT_EQ(from_native(TypeParam(0)), zero(f));
  EXPECT_EQ(from_native(-TypeParam(0)), zero(f, true));
  EXPECT_TRUE(is_signalling(from_native(Limits::signaling_NaN())));
  EXPECT_FALSE(is_signalling(quiet_nan(f)));
}

TYPED_TEST(HardwareFloat, ClassAndExactValueAreThoseOfTheHardware) {
  const Format& f = *native_format<TypeParam>;
  Random random(1);
  for (int i = 0; i < 100'000; ++i) {
    const Float x = i % 2 == 0 ? any_number(f, random) : finite_number(f, random);
    const auto value = to_native<TypeParam>(x);
    ASSERT_EQ(from_native(value), x);
    ASSERT_EQ(classify(x), hardware_class(value)) << to_hex(x);
    ASSERT_EQ(is_negative(x), std::signbit(value)) << to_hex(x);
    if (!is_finite(x)) continue;
    const Dyadic exact = exact_value(x);
    const auto back =
        std::ldexp(static_cast<TypeParam>(static_cast<std::uint64_t>(exact.significand)),
                   static_cast<int>(exact.exponent));
    ASSERT_EQ(exact.negative ? -back : back, value);
    ASSERT_EQ(is_integer(x), std::trunc(value) == value) << to_hex(x);
    ASSERT_EQ(is_odd_integer(x), std::fabs(std::fmod(value, TypeParam(2))) == 1) << to_hex(x);
  }
}

TEST(Float, EveryEncodingOfSixteenBitsSurvivesDecodingAndRounding) {
  for (const Format* f : {&binary16, &bfloat16}) {
    for (unsigned bits = 0; bits <= 0xffff; ++bits) {
      const Float x{bits, f};
      if (!is_finite(x)) continue;
      for (const Rounding rounding : all_roundings) {
        const Float back = round_to(*f, exact_value(x), rounding);
        ASSERT_EQ(is_zero(x) ? absolute(x) : x, back) << name(rounding);
      }
    }
  }
}

TEST(Float, Bfloat16IsTheUpperHalfOfBinary32) {
  for (unsigned bits = 0; bits <= 0xffff; ++bits) {
    const Float half{bits, &bfloat16};
    const Float whole{Bits(bits) << 16, &binary32};
    ASSERT_EQ(classify(half), classify(whole));
    if (is_finite(half)) {
      ASSERT_PRED2(same, exact_value(half), exact_value(whole));
    }
  }
}

TEST(Float, FiniteDataOfEveryFormatSurviveRoundingInEveryMode) {
  Random random(2);
  for (const Format* f : all_formats) {
    for (int i = 0; i < 20'000; ++i) {
      const Float x = finite_number(*f, random);
      for (const Rounding rounding : all_roundings) {
        ASSERT_EQ(round_to(*f, exact_value(x), rounding), is_zero(x) ? zero(*f) : x)
            << name(rounding);
      }
      ASSERT_EQ(exactly(*f, exact_value(x)), is_zero(x) ? zero(*f) : x);
    }
  }
}

TEST(Float, RefusedX87EncodingsAreNaN) {
  const Bits integer_bit = Bits(1) << 63;
  const auto x87 = [](Bits exponent, Bits significand) {
    return Float{exponent << 64 | significand, &binary80};
  };
  EXPECT_EQ(classify(x87(0x7fff, 0)), FloatClass::nan) << "pseudo-infinity";
  EXPECT_EQ(classify(x87(0x7fff, 1)), FloatClass::nan) << "pseudo-NaN";
  EXPECT_EQ(classify(x87(0x3fff, 1)), FloatClass::nan) << "unnormal";
  EXPECT_EQ(classify(x87(0x3fff, integer_bit)), FloatClass::normal);
  EXPECT_EQ(classify(x87(0x7fff, integer_bit)), FloatClass::infinite);
}

TEST(Float, APseudoDenormalHasTheValueTheHardwareGivesIt) {
  const Float pseudo{(Bits(1) << 63) | 5, &binary80};
  EXPECT_EQ(classify(pseudo), FloatClass::subnormal);
  const volatile auto value = to_native<long double>(pseudo);
  const volatile long double one = 1;
  const Float normal = from_native(static_cast<long double>(value * one));
  EXPECT_NE(normal, pseudo);
  EXPECT_PRED2(same, exact_value(normal), exact_value(pseudo));
  EXPECT_EQ(ordinal(normal), ordinal(pseudo));
}

TEST(Float, PowersOfTwoSpanSubnormalsToTheTopBinade) {
  for (const Format* f : all_formats) {
    for (int power = f->least_exponent(); power <= f->max_exponent; ++power) {
      const Dyadic value = exact_value(power_of_two(*f, power));
      ASSERT_PRED2(same, value, two_to(power)) << f->name << " 2^" << power;
    }
    EXPECT_EQ(power_of_two(*f, f->least_exponent()), min_subnormal(*f));
    EXPECT_EQ(power_of_two(*f, f->min_exponent()), min_normal(*f));
  }
}

TEST(Float, ExactlyRefusesWhatIsNoDatum) {
  EXPECT_EQ(exactly(binary32, {false, (Bits(1) << 24) + 1, 0}), std::nullopt);
  EXPECT_EQ(exactly(binary32, two_to(128)), std::nullopt);
  EXPECT_EQ(exactly(binary32, two_to(-150)), std::nullopt);
  EXPECT_EQ(exactly(binary32, {true, 3, -149}), negated(Float{3, &binary32}));
  EXPECT_EQ(exactly(binary64, {}), zero(binary64));
}

TEST(Float, SignsAreBits) {
  for (const Format* f : all_formats) {
    EXPECT_EQ(negated(zero(*f)), zero(*f, true));
    EXPECT_NE(zero(*f), zero(*f, true));
    EXPECT_EQ(absolute(max_finite(*f, true)), max_finite(*f));
    EXPECT_TRUE(is_negative(negated(quiet_nan(*f))));
    EXPECT_TRUE(is_nan(negated(quiet_nan(*f))));
    EXPECT_EQ(quiet_nan(*f).bits & ~all_ones(*f), 0);
  }
}

TEST(Float, IntegersAreRecognisedInEveryFormat) {
  for (const Format* f : all_formats) {
    EXPECT_TRUE(is_integer(zero(*f, true)));
    EXPECT_FALSE(is_odd_integer(zero(*f)));
    EXPECT_TRUE(is_odd_integer(from_integer(*f, -7)));
    EXPECT_FALSE(is_odd_integer(from_integer(*f, 6)));
    EXPECT_FALSE(is_integer(power_of_two(*f, -1)));
    EXPECT_TRUE(is_integer(max_finite(*f)));
    EXPECT_FALSE(is_odd_integer(max_finite(*f)));
    EXPECT_FALSE(is_integer(infinity(*f)));
    const Float largest_odd = *exactly(*f, {false, (Bits(1) << f->precision) - 1, 0});
    EXPECT_TRUE(is_odd_integer(largest_odd));
  }
}

}  // namespace
}  // namespace napier
