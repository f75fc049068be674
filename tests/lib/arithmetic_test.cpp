// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/arithmetic.hpp"

#include <cmath>

#include "lib/fp/environment.hpp"
#include "lib/fp/wide.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::finite_number;
using testing_support::Random;
using testing_support::same;
using testing_support::two_to;

template <class T>
[[gnu::noinline]] T hardware_sum(T a, T b) {
  const volatile T left = a;
  return left + b;
}
template <class T>
[[gnu::noinline]] T hardware_product(T a, T b) {
  const volatile T left = a;
  return left * b;
}
template <class T>
[[gnu::noinline]] T hardware_quotient(T a, T b) {
  const volatile T left = a;
  return left / b;
}

/// Two operands: their exponents far apart, close, or at the ends of the range.
std::pair<Float, Float> operands(const Format& f, Random& random) {
  const Float x = finite_number(f, random);
  switch (random.next() % 3) {
    case 0:
      return {x, finite_number(f, random)};
    case 1: {
      const Dyadic near = exact_value(finite_number(f, random, 3));
      const std::int64_t binade = is_zero(x) ? 0 : exact_value(x).binade();
      return {x, round_to(f, near.scaled(binade + random.between(-f.precision - 4, 4)),
                          Rounding::zero)};
    }
    default:
      return {finite_number(f, random, 40), finite_number(f, random, 40)};
  }
}

/// (−1)^negative · a signed Wide on the grid 2^exponent, for checking x∘y = value + remainder.
struct Total {
  SignedBits sign = 0;
  Wide magnitude;
};
Total signed_sum(const Total& a, const Total& b) {
  if (a.sign == 0 || b.sign == 0) return a.sign == 0 ? b : a;
  if (a.sign == b.sign) return {a.sign, a.magnitude + b.magnitude};
  if (a.magnitude == b.magnitude) return {};
  return a.magnitude > b.magnitude ? Total{a.sign, a.magnitude - b.magnitude}
                                   : Total{b.sign, b.magnitude - a.magnitude};
}
Total on_grid(const Dyadic& value, std::int64_t grid) {
  const Dyadic x = value.reduced();
  if (x.is_zero()) return {};
  EXPECT_GE(x.exponent, grid);
  EXPECT_LT(x.binade() - grid, 256);
  return {x.sign(), Wide{0, x.significand} << static_cast<int>(x.exponent - grid)};
}

template <class T>
class Arithmetic : public ::testing::Test {};
using Types = ::testing::Types<float, double, long double, Quad>;
TYPED_TEST_SUITE(Arithmetic, Types);

TYPED_TEST(Arithmetic, SumsAreTheHardwares) {
  const Format& f = *native_format<TypeParam>;
  Random random(1);
  for (int i = 0; i < 50'000; ++i) {
    const auto [x, y] = operands(f, random);
    const auto a = to_native<TypeParam>(x);
    const auto b = to_native<TypeParam>(y);
    ASSERT_EQ(add(x, y).value, from_native(hardware_sum(a, b))) << to_hex(x) << " " << to_hex(y);
    ASSERT_EQ(subtract(x, y).value, from_native(hardware_sum(a, -b)));
  }
}

// Møller and Knuth: without overflow TwoSum's second part is x + y − fl(x + y), exactly.
TYPED_TEST(Arithmetic, SumRemaindersAreThoseOfTwoSum) {
  const Format& f = *native_format<TypeParam>;
  Random random(2);
  for (int i = 0; i < 50'000; ++i) {
    const auto [x, y] = operands(f, random);
    const Rounded sum = add(x, y);
    if (!is_finite(sum.value) || exact_value(sum.value).binade() >= f.max_exponent) continue;
    const auto a = to_native<TypeParam>(x);
    const auto b = to_native<TypeParam>(y);
    const TypeParam s = hardware_sum(a, b);
    const TypeParam b_part = hardware_sum(s, -a);
    const TypeParam a_part = hardware_sum(s, -b_part);
    const TypeParam error = hardware_sum(hardware_sum(a, -a_part), hardware_sum(b, -b_part));
    ASSERT_TRUE(sum.remainder_exact);
    ASSERT_PRED2(same, sum.remainder, exact_value(from_native(error)))
        << to_hex(x) << " + " << to_hex(y);
  }
}

TYPED_TEST(Arithmetic, ProductsAreTheHardwares) {
  const Format& f = *native_format<TypeParam>;
  Random random(3);
  for (int i = 0; i < 50'000; ++i) {
    const auto [x, y] = operands(f, random);
    const auto product = hardware_product(to_native<TypeParam>(x), to_native<TypeParam>(y));
    ASSERT_EQ(multiply(x, y).value, from_native(product)) << to_hex(x) << " " << to_hex(y);
  }
}

TYPED_TEST(Arithmetic, QuotientsAreTheHardwaresInEveryMode) {
  const Format& f = *native_format<TypeParam>;
  Random random(4);
  for (int i = 0; i < 20'000; ++i) {
    const auto [x, y] = operands(f, random);
    if (is_zero(y)) continue;
    for (const Rounding rounding : all_roundings) {
      TypeParam quotient = 0;
      {
        const ScopedRounding mode(rounding);
        quotient = hardware_quotient(to_native<TypeParam>(x), to_native<TypeParam>(y));
      }
      ASSERT_EQ(divide(x, y, rounding), from_native(quotient))
          << to_hex(x) << " / " << to_hex(y) << " " << name(rounding);
    }
  }
}

TEST(Multiply, ValueAndRemainderAddUpToTheProductInEveryFormat) {
  Random random(5);
  for (const Format* f : all_formats) {
    int inexact = 0;
    for (int i = 0; i < 30'000; ++i) {
      const auto [x, y] = operands(*f, random);
      const Rounded product = multiply(x, y);
      ASSERT_EQ(napier::product(x, y), product.value) << to_hex(x) << " " << to_hex(y);
      if (!is_finite(product.value) || is_zero(x) || is_zero(y)) continue;
      const Dyadic a = exact_value(x).reduced();
      const Dyadic b = exact_value(y).reduced();
      // The product's own lowest bit, or the value's where that is finer; all within 256 bits.
      const Dyadic value = exact_value(product.value).reduced();
      const std::int64_t low = a.exponent + b.exponent;
      const std::int64_t grid = value.is_zero() ? low : std::min(low, value.exponent);
      const Total exact{a.negative != b.negative ? -1 : 1,
                        Wide::product(a.significand, b.significand)
                            << static_cast<int>(low - grid)};
      Total parts = signed_sum(on_grid(value, grid), on_grid(product.remainder, grid));
      parts.sign = -parts.sign;
      const Total left = signed_sum(exact, parts);
      if (product.remainder_exact) {
        ASSERT_EQ(left.sign, 0) << to_hex(x) << " * " << to_hex(y);
      } else {
        ++inexact;
        const auto allowed = static_cast<int>(product.remainder_error_exponent - grid);
        ASSERT_LT(left.magnitude.top(), allowed) << to_hex(x) << " * " << to_hex(y);
      }
    }
    // Only a gradual underflow leaves a product's tail too long, and only where 2p bits are.
    EXPECT_EQ(inexact > 0, 2 * f->precision > 126) << f->name;
  }
}

TEST(Multiply, UnderflownProductsAreAllRemainder) {
  for (const Format* f : all_formats) {
    const Float least = min_subnormal(*f);
    const Rounded product = multiply(least, negated(least));
    EXPECT_EQ(product.value, zero(*f, true));
    EXPECT_TRUE(product.remainder_exact);
    EXPECT_PRED2(same, product.remainder, -two_to(2 * std::int64_t(f->least_exponent())));
  }
}

TEST(Add, ZerosKeepTheirSignsAndOverflowIsInfinite) {
  for (const Format* f : all_formats) {
    const Float one = power_of_two(*f, 0);
    EXPECT_EQ(add(zero(*f, true), zero(*f, true)).value, zero(*f, true));
    EXPECT_EQ(add(zero(*f), zero(*f, true)).value, zero(*f));
    EXPECT_EQ(add(one, negated(one)).value, zero(*f));
    EXPECT_EQ(add(one, zero(*f, true)).value, one);
    EXPECT_EQ(add(max_finite(*f), max_finite(*f)).value, infinity(*f));
    EXPECT_EQ(add(max_finite(*f), min_subnormal(*f)).value, max_finite(*f));
    EXPECT_PRED2(same, add(max_finite(*f), min_subnormal(*f)).remainder,
                 two_to(f->least_exponent()));
  }
}

}  // namespace
}  // namespace napier
