// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the shelf's implementations share: scaling, exact sums and products, integers.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "lib/exponential/branch_free.hpp"
#include "lib/exponential/fixed_point.hpp"
#include "lib/exponential/log_pair.hpp"
#include "lib/exponential/own_base.hpp"
#include "lib/exponential/pair.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::finite_number;
using testing_support::Random;

template <class T>
class ShelfParts : public testing::Test {
 protected:
  static constexpr T inf = std::numeric_limits<T>::infinity();
  static constexpr T least = std::numeric_limits<T>::denorm_min();
  static constexpr T normal = std::numeric_limits<T>::min();
  static constexpr T max = std::numeric_limits<T>::max();
  static constexpr T half_ulp_of_one = shelf::power_of_two<T>(-shelf::precision<T>);

  Random random{7};
  T near_one() { return to_native<T>(finite_number(*native_format<T>, random, 20)); }
};
using Formats = testing::Types<float, double>;
TYPED_TEST_SUITE(ShelfParts, Formats);

template <class T>
Dyadic exact(T x) {
  return exact_value(from_native(x));
}
template <class T>
Dyadic exact(shelf::Pair<T> pair) {
  return add(exact(pair.hi), exact(pair.lo));
}
bool same(const Dyadic& a, const Dyadic& b) { return compare(a, b) == 0; }

TYPED_TEST(ShelfParts, ScaleASubnormalResultWithOneRounding) {
  using T = TypeParam;
  // 3/2 of the least subnormal is a tie until lo breaks it, half a last place of hi.
  constexpr int last_place = shelf::min_exponent<T> - shelf::precision<T> + 1;
  const T crumb = this->half_ulp_of_one;
  EXPECT_EQ(shelf::scaled(T(1.5), crumb, last_place), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(1.5), -crumb, last_place), this->least);
  EXPECT_EQ(shelf::scaled(T(1.5), T(0), last_place), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(1.25), T(0), last_place + 1), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(1), -crumb, shelf::min_exponent<T>), this->normal);
  EXPECT_EQ(shelf::scaled(T(1.5), T(-0.5), shelf::min_exponent<T>), this->normal);
  EXPECT_EQ(shelf::scaled(T(1.5), T(-0.625), shelf::min_exponent<T>), this->normal * T(0.875));
}

TYPED_TEST(ShelfParts, ScaleUpToOverflowAndNoFurther) {
  using T = TypeParam;
  constexpr int above = shelf::max_exponent<T> + 1;
  EXPECT_EQ(shelf::scaled(T(1), T(0), above), this->inf);
  EXPECT_EQ(shelf::scaled(T(1), -this->half_ulp_of_one / 2, above), this->inf);
  EXPECT_EQ(shelf::scaled(T(1), -this->half_ulp_of_one, above), this->max);
  EXPECT_EQ(shelf::scaled(T(1), -this->half_ulp_of_one, above, T(-1)), -this->max);
}

TYPED_TEST(ShelfParts, NormaliseBetweenTheRootsOfOneHalfAndTwo) {
  using T = TypeParam;
  for (int i = 0; i < 1000; ++i) {
    const T x = std::fabs(to_native<T>(finite_number(*native_format<T>, this->random)));
    if (x == 0) continue;
    const auto [fraction, exponent] = shelf::normalised(x);
    EXPECT_GE(fraction, T(0.707106));
    EXPECT_LT(fraction, T(1.414214));
    EXPECT_TRUE(same(exact(fraction).scaled(exponent), exact(x)));
  }
}

TYPED_TEST(ShelfParts, SumAndMultiplyWithoutAnError) {
  using T = TypeParam;
  for (int i = 0; i < 10000; ++i) {
    const T a = this->near_one();
    const T b = this->near_one();
    EXPECT_TRUE(same(exact(shelf::two_sum(a, b)), add(exact(a), exact(b)))) << a << " " << b;
    EXPECT_TRUE(same(exact(shelf::two_product(a, b)), multiply(exact(a), exact(b))))
        << a << " " << b;
    const auto [large, small] = std::minmax({std::fabs(a), std::fabs(b)}, std::greater<T>());
    EXPECT_TRUE(
        same(exact(shelf::fast_two_sum(large, -small)), subtract(exact(large), exact(small))));
  }
}

TYPED_TEST(ShelfParts, SplitASignificandIntoHalves) {
  using T = TypeParam;
  constexpr int half = (shelf::precision<T> + 1) / 2;
  for (int i = 0; i < 10000; ++i) {
    const T a = this->near_one();
    const auto parts = shelf::halves(a);
    EXPECT_TRUE(same(exact(parts), exact(a)));
    for (const T part : {parts.hi, parts.lo})
      EXPECT_LE(top_bit(exact(part).reduced().significand), half - 1) << a;
  }
}

TYPED_TEST(ShelfParts, GatherWhatTheyScatter) {
  using T = TypeParam;
  for (int i = 0; i < 1000; ++i) {
    const Float x = finite_number(*native_format<T>, this->random);
    const auto [negative, significand, exponent] = shelf::scattered(to_native<T>(x));
    EXPECT_TRUE(same({negative, significand, exponent}, exact_value(x)));
  }
}

TYPED_TEST(ShelfParts, RoundIntegersAsTheFormatDoes) {
  const Format& format = *native_format<TypeParam>;
  for (int i = 0; i < 20000; ++i) {
    // Few bits after the last place make ties; around both ends of the exponents.
    const auto ones = static_cast<int>(this->random.between(1, 63));
    const std::uint64_t significand = (this->random.next() >> ones << ones) | std::uint64_t(1)
                                                                                  << 63;
    const bool more = this->random.coin();
    const auto exponent = static_cast<int>(
        this->random.coin()
            ? this->random.between(format.least_exponent() - 3, format.min_exponent() + 2)
            : this->random.between(format.max_exponent - 2, format.max_exponent + 1));
    const Dyadic value{false, (Bits(significand) << 1) + (more ? 1 : 0), exponent - 64};
    for (const Rounding mode : all_roundings)
      EXPECT_EQ(from_native(shelf::gathered<TypeParam>(significand, more, exponent, mode)),
                round_to(format, value, mode))
          << significand << " " << more << " " << exponent;
  }
}

TYPED_TEST(ShelfParts, KeepReciprocalsShortInTheTableOfLogarithms) {
  using T = TypeParam;
  for (std::size_t i = 0; i < shelf::log_cells<T>.size(); ++i) {
    const auto& cell = shelf::log_cells<T>[i];
    const double centre = static_cast<double>(i + shelf::first_log_cell) / 128;
    EXPECT_LE(top_bit(exact(cell.inverse).reduced().significand), 10) << i;
    EXPECT_NEAR(static_cast<double>(cell.inverse) * centre, 1, 0x1p-10) << i;
  }
  EXPECT_TRUE(same(exact(shelf::log_pair(T(1))), {}));
}

// Next to 1/64, where the nearest multiple of 1/32 is a tie, what is left of x must still be exact.
TYPED_TEST(ShelfParts, ReduceTwoToTheXWithoutAnErrorOfX) {
  using T = TypeParam;
  for (const T sign : {T(1), T(-1)})
    for (const T tie : {T(0x1p-6), T(0x3p-6), T(0x5p-6), T(0x3fp-6), T(0x41p-6), T(0x7fp-5)})
      for (const T x : {std::nextafter(tie, T(0)), tie, std::nextafter(tie, this->inf)}) {
        const auto cell = shelf::cell_of_two(sign * x);
        const Dyadic rest = subtract(exact(sign * x), Dyadic::of(cell.n / 32.0));
        EXPECT_TRUE(
            same(exact(to_native<T>(round_to(*native_format<T>, rest, Rounding::nearest))), rest))
            << sign * x << " in cell " << cell.n;
      }
}

TYPED_TEST(ShelfParts, GiveEveryLaneOfAVectorTheSameExponential) {
  using T = TypeParam;
  const std::vector<T> values{T(0),        T(-0.0),    T(1),
                              T(-1),       T(0.1),     T(-50),
                              this->inf,   -this->inf, std::numeric_limits<T>::quiet_NaN(),
                              this->least, T(80),      T(-104),
                              this->max,   T(-87.5),   T(3),
                              T(700),      T(-740)};
  std::vector<T> alone(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    shelf::branch_free_exp<T>({&values[i], 1}, {&alone[i], 1});
  for (std::size_t first = 0; first < 4; ++first)
    for (std::size_t count = 0; first + count <= values.size(); ++count) {
      std::vector<T> in_place(values);
      const auto part = std::span(in_place).subspan(first, count);
      shelf::branch_free_exp<T>(part, part);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const bool inside = i >= first && i < first + count;
        EXPECT_EQ(from_native(in_place[i]), from_native(inside ? alone[i] : values[i]))
            << i << " of " << first << " + " << count;
      }
    }
}

}  // namespace
}  // namespace napier
