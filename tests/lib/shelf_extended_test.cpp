// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the shelf's powers less one must do in binary80 and binary128 that needs no oracle.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "lib/exponential/extended.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/catalogue.hpp"

namespace napier {
namespace {

template <class T>
class ExtendedShelf : public testing::Test {
 protected:
  static constexpr T inf = shelf::infinity<T>;
  static T least() { return to_native<T>(min_subnormal(*native_format<T>)); }
  static T grown(std::string_view function, T x, Rounding rounding = Rounding::nearest) {
    const Format& format = *native_format<T>;
    const std::string name =
        "shipped/doubled_growth/" + std::string(function) + ":" + std::string(format.name);
    const Target* target = catalogue().find(name);
    if (target == nullptr) throw std::logic_error("no target " + name);
    const Call call{from_native(x), {}};
    Answer answer;
    target->open()->call(rounding, Observe::values, {&call, 1}, {&answer, 1});
    return to_native<T>(answer.value);
  }
  static bool same_bits(T a, T b) { return from_native(a) == from_native(b); }
};
using Formats = testing::Types<long double, Quad>;
TYPED_TEST_SUITE(ExtendedShelf, Formats);

TYPED_TEST(ExtendedShelf, PowersLessOneAreExactAtWholeExponents) {
  using T = TypeParam;
  for (int n = -shelf::precision<T>; n <= shelf::precision<T>; ++n)
    EXPECT_TRUE(this->grown("exp2m1", n) == shelf::power_of_two<T>(n) - 1) << n;
  T ten_to_n = 1;
  for (int n = 0; n <= (std::is_same_v<T, Quad> ? 34 : 19); ++n, ten_to_n *= 10)
    EXPECT_TRUE(this->grown("exp10m1", n) == ten_to_n - 1) << n;
}

TYPED_TEST(ExtendedShelf, PowersLessOneHaveTheValuesOfAnnexFInEveryMode) {
  using T = TypeParam;
  for (const char* function : {"expm1", "exp2m1", "exp10m1"})
    for (const Rounding mode : all_roundings) {
      const auto grown = [&](T x) { return this->grown(function, x, mode); };
      EXPECT_TRUE(this->same_bits(grown(0), T(0))) << function;
      EXPECT_TRUE(this->same_bits(grown(-T(0)), -T(0))) << function;
      EXPECT_TRUE(grown(this->inf) == this->inf) << function;
      EXPECT_TRUE(grown(-this->inf) == -1) << function;
      EXPECT_TRUE(is_nan(from_native(grown(this->inf - this->inf)))) << function;
      for (const T x : {this->least(), -this->least()})
        EXPECT_EQ(is_negative(from_native(grown(x))), x < 0) << function << ", the sign of a 0 too";
    }
}

/// x·ln a of a subnormal x is rounded once: 3q·ln 2 is 2.08 of the least subnormal q, 3q·ln 10 6.9,
/// and 21q·ln 2 is 14.556, which a rounding to halves would make a tie.
TYPED_TEST(ExtendedShelf, PowersLessOneOfSubnormalsAreRoundedOnce) {
  using T = TypeParam;
  const T q = this->least();
  for (const T sign : {T(1), T(-1)}) {
    EXPECT_TRUE(this->grown("expm1", sign * 3 * q) == sign * 3 * q);
    EXPECT_TRUE(this->grown("exp2m1", sign * 3 * q) == sign * 2 * q);
    EXPECT_TRUE(this->grown("exp2m1", sign * 21 * q) == sign * 15 * q);
    EXPECT_TRUE(this->grown("exp10m1", sign * 3 * q) == sign * 7 * q);
  }
  EXPECT_TRUE(this->grown("exp2m1", 3 * q, Rounding::up) == 3 * q);
  EXPECT_TRUE(this->grown("exp2m1", -3 * q, Rounding::up) == -2 * q);
}

TYPED_TEST(ExtendedShelf, PowersLessOneOverflowAndEndAtMinusOneAsTheModeSays) {
  using T = TypeParam;
  const T max = to_native<T>(max_finite(*native_format<T>));
  const T above = to_native<T>(next_up(from_native(T(-1))));
  for (const char* function : {"expm1", "exp2m1", "exp10m1"})
    for (const T far : {T(17'000), max}) {
      EXPECT_TRUE(this->grown(function, far) == this->inf) << function;
      EXPECT_TRUE(this->grown(function, far, Rounding::down) == max) << function;
      EXPECT_TRUE(this->grown(function, -far) == -1) << function;
      EXPECT_TRUE(this->grown(function, -far, Rounding::up) == above) << function;
    }
  EXPECT_TRUE(this->grown("exp2m1", 16'384, Rounding::down) == max);
  EXPECT_TRUE(this->grown("exp2m1", 16'383) == shelf::power_of_two<T>(16'383));
}

}  // namespace
}  // namespace napier
