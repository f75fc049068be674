// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the shelf's implementations must do that needs no oracle: special values, exact cases,
// symmetric facts. Their accuracy is judged by the audit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "lib/exponential/encoding.hpp"
#include "lib/target/catalogue.hpp"

namespace napier {
namespace {

using testing::SizeIs;

/// The value that the target of that name returns.
template <class T>
T value(const std::string& name, T x, T y = 0, Rounding rounding = Rounding::nearest) {
  const Target* target = catalogue().find(name + ":" + std::string(native_format<T>->name));
  if (target == nullptr) throw std::logic_error("no target " + name);
  const Call call{from_native(x), target->function->arity == 2 ? from_native(y) : Float{}};
  Answer answer;
  target->open()->call(rounding, Observe::values, {&call, 1}, {&answer, 1});
  return to_native<T>(answer.value);
}

template <class T>
class Shelf : public testing::Test {
 protected:
  static constexpr T inf = std::numeric_limits<T>::infinity();
  static constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  static constexpr T least = std::numeric_limits<T>::denorm_min();
  static constexpr T max = std::numeric_limits<T>::max();
};
using Formats = testing::Types<float, double>;
TYPED_TEST_SUITE(Shelf, Formats);

template <class T>
bool same_bits(T a, T b) {
  return from_native(a) == from_native(b);
}

/// The shelf's implementations of a function in a format whose claim includes special values.
template <class T>
std::vector<std::string> promising_special_values(const Function& function) {
  std::vector<std::string> names;
  for (const Target* target :
       catalogue().match("shipped/**:" + std::string(native_format<T>->name)))
    if (target->function == &function && target->claim.special_values)
      names.push_back(target->name.substr(0, target->name.find(':')));
  return names;
}

TYPED_TEST(Shelf, HoldsTheFirstShelfInThisFormat) {
  const std::string format(native_format<TypeParam>->name);
  for (const char* name :
       {"shipped/tang/exp", "shipped/binary_powering/pow", "shipped/naive_pow/pow",
        "shipped/derivative/dual/d_exp", "shipped/derivative/dual/d_pow_y"})
    EXPECT_NE(catalogue().find(std::string(name) + ":" + format), nullptr) << name;
}

TEST(Shelf, SaysTheIdeaTheClaimAndWhereItIsMade) {
  EXPECT_FALSE(catalogue().match("shipped/**").empty());
  for (const Target* target : catalogue().match("shipped/**")) {
    EXPECT_FALSE(target->method.empty()) << target->name;
    EXPECT_TRUE(target->claim.anything()) << target->name;
    EXPECT_THAT(target->claim.source, testing::MatchesRegex("lib/[a-z0-9_/]+\\.cpp")) << target->name;
    const bool slope = target->function->kind == Kind::slope;
    EXPECT_EQ(target->primal != nullptr, slope) << target->name;
    EXPECT_EQ(target->name.starts_with("shipped/derivative/"), slope) << target->name;
  }
}

TYPED_TEST(Shelf, ExponentialsHaveTheValuesOfAnnexFInEveryMode) {
  for (const Function* function : {&functions::exp, &functions::exp2, &functions::exp10})
    for (const std::string& name : promising_special_values<TypeParam>(*function))
      for (const Rounding mode : all_roundings) {
        const auto power = [&](TypeParam x) { return value<TypeParam>(name, x, 0, mode); };
        EXPECT_EQ(power(0), 1) << name;
        EXPECT_EQ(power(-TypeParam(0)), 1) << name;
        EXPECT_EQ(power(this->inf), this->inf) << name;
        EXPECT_TRUE(same_bits(power(-this->inf), TypeParam(0))) << name;
        EXPECT_TRUE(std::isnan(power(this->nan))) << name;
      }
}

TYPED_TEST(Shelf, ExponentialsOverflowAndVanishAsTheModeSays) {
  for (const Function* function : {&functions::exp, &functions::exp2, &functions::exp10})
    for (const std::string& name : promising_special_values<TypeParam>(*function))
      for (const TypeParam far : {TypeParam(1100), this->max}) {
        EXPECT_EQ(value(name, far), this->inf) << name;
        EXPECT_EQ(value(name, -far), 0) << name;
        const auto directed = catalogue()
                                  .find(name + ":" + std::string(native_format<TypeParam>->name))
                                  ->claim.max_ulp_directed;
        if (!directed) continue;
        EXPECT_EQ(value<TypeParam>(name, far, 0, Rounding::up), this->inf) << name;
        EXPECT_GE(value<TypeParam>(name, far, 0, Rounding::down), this->max) << name;
        EXPECT_LE(value<TypeParam>(name, -far, 0, Rounding::up), this->least) << name;
        EXPECT_EQ(value<TypeParam>(name, -far, 0, Rounding::down), 0) << name;
      }
}

TYPED_TEST(Shelf, PowersHaveTheValuesOfAnnexFAtSmallIntegers) {
  using T = TypeParam;
  for (const std::string& name : promising_special_values<T>(functions::pow)) {
    const auto power = [&](T x, T y) { return value<T>(name, x, y); };
    for (const T x : {T(0), -T(0), T(1), T(-3), this->inf, -this->inf, this->nan, this->least}) {
      EXPECT_EQ(power(x, 0), 1) << name;
      EXPECT_EQ(power(x, -T(0)), 1) << name;
    }
    EXPECT_TRUE(same_bits(power(-T(0), 3), -T(0))) << name;
    EXPECT_TRUE(same_bits(power(-T(0), 4), T(0))) << name;
    EXPECT_TRUE(same_bits(power(-T(0), -3), -this->inf)) << name;
    EXPECT_TRUE(same_bits(power(-T(0), -4), this->inf)) << name;
    EXPECT_TRUE(same_bits(power(-this->inf, 3), -this->inf)) << name;
    EXPECT_TRUE(same_bits(power(-this->inf, 4), this->inf)) << name;
    EXPECT_TRUE(same_bits(power(-this->inf, -3), -T(0))) << name;
    EXPECT_TRUE(same_bits(power(-this->inf, -4), T(0))) << name;
    EXPECT_TRUE(same_bits(power(this->inf, -1), T(0))) << name;
    EXPECT_TRUE(std::isnan(power(this->nan, 2))) << name;
  }
}

TYPED_TEST(Shelf, ScalesASubnormalResultWithOneRounding) {
  using T = TypeParam;
  // 3/2 of the least subnormal is a tie until lo breaks it, half a last place of hi.
  constexpr int last_place = shelf::min_exponent<T> - shelf::precision<T> + 1;
  const T crumb = shelf::power_of_two<T>(-shelf::precision<T>);
  EXPECT_EQ(shelf::scaled(T(1.5), crumb, last_place), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(1.5), -crumb, last_place), this->least);
  EXPECT_EQ(shelf::scaled(T(1.5), T(0), last_place), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(2.5), T(0), last_place), 2 * this->least);
  EXPECT_EQ(shelf::scaled(T(2), -crumb, shelf::min_exponent<T> - 1), std::numeric_limits<T>::min());
  EXPECT_EQ(shelf::scaled(T(1), T(0), shelf::max_exponent<T> + 1), this->inf);
  EXPECT_EQ(shelf::scaled(T(1), -crumb / 2, shelf::max_exponent<T> + 1), this->inf);
  EXPECT_EQ(shelf::scaled(T(1), -crumb, shelf::max_exponent<T> + 1), this->max);
}

TYPED_TEST(Shelf, BinaryPoweringIsExactWhereThePowerFits) {
  using T = TypeParam;
  const auto power = [](T x, T n) { return value<T>("shipped/binary_powering/pow", x, n); };
  EXPECT_EQ(power(3, 15), 14348907);
  EXPECT_EQ(power(-3, 15), -14348907);
  EXPECT_EQ(power(T(0.5), 64), std::ldexp(T(1), -64));
  EXPECT_EQ(power(-2, -63), -std::ldexp(T(1), -63));
  for (T n = -64; n <= 64; ++n) EXPECT_EQ(power(2, n), std::ldexp(T(1), static_cast<int>(n))) << n;
}

TYPED_TEST(Shelf, BinaryPoweringKnowsOnlyIntegerExponents) {
  using T = TypeParam;
  for (const T y : {T(0.5), T(-1.5), this->inf, this->nan, this->least})
    EXPECT_TRUE(std::isnan(value<T>("shipped/binary_powering/pow", 2, y))) << y;
  EXPECT_EQ(value<T>("shipped/binary_powering/pow", 1, this->max), 1);
}

TYPED_TEST(Shelf, DualNumbersCarryTheShelfsOwnValues) {
  using T = TypeParam;
  const auto target = [](const char* name) {
    return catalogue().find(std::string(name) + ":" + std::string(native_format<T>->name));
  };
  for (const T x : {T(-2.5), T(0), T(0.75), T(80)}) {
    const Call call{from_native(x), {}};
    Answer answer;
    target("shipped/derivative/dual/d_exp")
        ->primal->open()
        ->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
    EXPECT_EQ(to_native<T>(answer.value), value("shipped/tang/exp", x));
    EXPECT_EQ(value("shipped/derivative/dual/d_exp", x), value("shipped/tang/exp", x));
  }
  EXPECT_EQ(value<T>("shipped/derivative/dual/d_pow_y", 1, 5), 0);
  EXPECT_LT(value<T>("shipped/derivative/dual/d_pow_y", T(0.5), 5), 0);
}

}  // namespace
}  // namespace napier
