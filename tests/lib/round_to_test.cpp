// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// round_to against what rounds in this machine: SSE conversions, the x87 and the compiler's
// own quad arithmetic.
#include <cmath>

#include "lib/fp/environment.hpp"
#include "lib/fp/float.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;
using testing_support::two_to;

// The volatile operand keeps the rounding operation between the two changes of mode.
template <class To, class From>
[[gnu::noinline]] To converted(From value) {
  const volatile From operand = value;
  return static_cast<To>(operand);
}
template <class T>
[[gnu::noinline]] T sum(T a, T b) {
  const volatile T left = a;
  return left + b;
}

/// A number with up to three bits more than `f` holds, most exponents near the ends of its range.
Dyadic slightly_too_long(const Format& f, Random& random) {
  const auto extra = static_cast<int>(random.between(0, 3));
  const Bits top = Bits(1) << (f.precision + extra - 1);
  Bits significand = top | (random.bits() & (top - 1));
  if (random.next() % 4 == 0) significand |= (top - 1) & ~Bits(15);  // rounds into a new binade
  std::int64_t binade = 0;
  switch (random.next() % 4) {
    case 0:
      binade = random.between(f.least_exponent() - 3, f.min_exponent() + 2);
      break;
    case 1:
      binade = random.between(f.max_exponent - 2, f.max_exponent + 2);
      break;
    default:
      binade = random.between(f.least_exponent() - 3, f.max_exponent + 2);
      break;
  }
  return {random.coin(), significand, binade - top_bit(significand)};
}

long double as_long_double(const Dyadic& value) {
  const long double magnitude =
      std::ldexp(static_cast<long double>(static_cast<std::uint64_t>(value.significand)),
                 static_cast<int>(value.exponent));
  return value.negative ? -magnitude : magnitude;
}

template <class To, class From>
void compare_conversions(int count) {
  const Format& f = *native_format<To>;
  Random random(3);
  for (int i = 0; i < count; ++i) {
    const Dyadic value = slightly_too_long(f, random);
    const auto wide = static_cast<From>(as_long_double(value));
    for (const Rounding rounding : all_roundings) {
      To hardware{};
      {
        const ScopedRounding mode(rounding);
        hardware = converted<To>(wide);
      }
      ASSERT_EQ(round_to(f, value, rounding), from_native(hardware))
          << to_hex(value) << " " << name(rounding);
    }
  }
}

TEST(RoundTo, IsTheSseConversionOfBinary64ToBinary32) {
  compare_conversions<float, double>(200'000);
}
TEST(RoundTo, IsTheX87ConversionToBinary32) { compare_conversions<float, long double>(100'000); }
TEST(RoundTo, IsTheX87ConversionToBinary64) { compare_conversions<double, long double>(200'000); }
TEST(RoundTo, IsTheCompilersConversionToBinary16) { compare_conversions<_Float16, float>(100'000); }

TEST(RoundTo, IsTheX87SumInBinary80) {
  Random random(4);
  for (int i = 0; i < 100'000; ++i) {
    // A head of 64 bits and a tail under its last place: the exact sum has up to 70 bits.
    const auto exponent = random.between(binary80.min_exponent() + 70, binary80.max_exponent - 63);
    const Dyadic head{random.coin(), (Bits(1) << 63) | random.next(), exponent};
    const Dyadic tail{random.coin(), 1 + random.next() % 127, exponent - random.between(1, 6)};
    const auto a = as_long_double(head);
    const auto b = as_long_double(tail);
    for (const Rounding rounding : all_roundings) {
      long double hardware = 0;
      {
        const ScopedRounding mode(rounding);
        hardware = sum(a, b);
      }
      ASSERT_EQ(round_to(binary80, add(head, tail), rounding), from_native(hardware))
          << to_hex(head) << " + " << to_hex(tail) << " " << name(rounding);
    }
  }
}

TEST(RoundTo, IsTheCompilersSumInBinary128) {
  Random random(5);
  for (int i = 0; i < 50'000; ++i) {
    const auto exponent = random.between(-16000, 16383 - 112);
    const Dyadic head{random.coin(), (Bits(1) << 112) | (random.bits() >> 16), exponent};
    const Dyadic tail{random.coin(), 1 + random.next() % 127, exponent - random.between(1, 6)};
    const Quad a = to_native<Quad>(*exactly(binary128, head));
    const Quad b = to_native<Quad>(*exactly(binary128, tail));
    for (const Rounding rounding : all_roundings) {
      Quad value = 0;
      {
        const ScopedRounding mode(rounding);
        value = sum(a, b);
      }
      ASSERT_EQ(round_to(binary128, add(head, tail), rounding), from_native(value))
          << to_hex(head) << " + " << to_hex(tail) << " " << name(rounding);
    }
  }
}

// Truncation and addition to a binary32 encoding is how bfloat16 is rounded in the field.
TEST(RoundTo, RoundsBinary32ToBfloat16AsBitTricksDo) {
  Random random(6);
  for (int i = 0; i < 200'000; ++i) {
    const auto bits = static_cast<std::uint32_t>(random.next());
    const Float x{bits & 0x7fffffff, &binary32};
    if (!is_finite(x)) continue;
    const auto magnitude = static_cast<std::uint32_t>(x.bits);
    const Dyadic value = exact_value(x);
    const std::uint32_t down = magnitude >> 16;
    const std::uint32_t up = (magnitude + 0xffff) >> 16;
    const std::uint32_t nearest = (magnitude + 0x7fff + (down & 1)) >> 16;
    ASSERT_EQ(round_to(bfloat16, value, Rounding::down), (Float{down, &bfloat16}));
    ASSERT_EQ(round_to(bfloat16, value, Rounding::up), (Float{up, &bfloat16}));
    ASSERT_EQ(round_to(bfloat16, value, Rounding::nearest), (Float{nearest, &bfloat16}));
    ASSERT_EQ(round_to(bfloat16, -value, Rounding::down),
              value.is_zero() ? zero(bfloat16) : negated(Float{up, &bfloat16}));
  }
}

TEST(RoundTo, OverflowsAndVanishesAsEachModeSays) {
  for (const Format* f : all_formats) {
    const Dyadic huge = two_to(f->max_exponent + 1000);
    const Dyadic tiny = two_to(f->least_exponent() - 1000);
    EXPECT_EQ(round_to(*f, huge, Rounding::nearest), infinity(*f));
    EXPECT_EQ(round_to(*f, huge, Rounding::up), infinity(*f));
    EXPECT_EQ(round_to(*f, huge, Rounding::down), max_finite(*f));
    EXPECT_EQ(round_to(*f, -huge, Rounding::zero), max_finite(*f, true));
    EXPECT_EQ(round_to(*f, -huge, Rounding::up), max_finite(*f, true));
    EXPECT_EQ(round_to(*f, -huge, Rounding::down), infinity(*f, true));
    EXPECT_EQ(round_to(*f, tiny, Rounding::nearest), zero(*f));
    EXPECT_EQ(round_to(*f, tiny, Rounding::up), min_subnormal(*f));
    EXPECT_EQ(round_to(*f, -tiny, Rounding::up), zero(*f, true));
    EXPECT_EQ(round_to(*f, -tiny, Rounding::down), min_subnormal(*f, true));
    // Exactly half the least subnormal is a tie to even zero; a little more is not.
    const Dyadic half = two_to(f->least_exponent() - 1);
    EXPECT_EQ(round_to(*f, half, Rounding::nearest), zero(*f));
    EXPECT_EQ(round_to(*f, -half, Rounding::nearest), zero(*f, true));
    EXPECT_EQ(
        round_to(*f, {false, (Bits(1) << 100) + 1, f->least_exponent() - 101}, Rounding::nearest),
        min_subnormal(*f));
    // The same with a significand of all 128 bits, which lies below the quantum altogether.
    const Dyadic long_half{false, Bits(1) << 127, f->least_exponent() - 128};
    EXPECT_EQ(round_to(*f, long_half, Rounding::nearest), zero(*f));
    const Dyadic more{false, long_half.significand + 1, long_half.exponent};
    EXPECT_EQ(round_to(*f, more, Rounding::nearest), min_subnormal(*f));
    EXPECT_EQ(round_to(*f, more, Rounding::down), zero(*f));
    // The overflow threshold 2^(emax+1) − q/2 is a tie to the infinite side.
    const Dyadic last = exact_value(max_finite(*f));
    const Dyadic threshold{false, 2 * last.significand + 1, last.exponent - 1};
    EXPECT_EQ(round_to(*f, threshold, Rounding::nearest), infinity(*f));
    const Dyadic below{false, 4 * last.significand + 1, last.exponent - 2};
    EXPECT_EQ(round_to(*f, below, Rounding::nearest), max_finite(*f));
    EXPECT_EQ(round_to(*f, below, Rounding::up), infinity(*f));
  }
}

}  // namespace
}  // namespace napier
