// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the shelf's derivatives must do that needs no oracle; their accuracy is judged by the audit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>

#include "lib/target/catalogue.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

template <class T>
T value(const std::string& name, T x, T y = 0) {
  const std::string full = "shipped/derivative/" + name + ":" + std::string(native_format<T>->name);
  const Target* target = catalogue().find(full);
  if (target == nullptr) throw std::logic_error("no target " + full);
  const Call call{from_native(x), target->function->arity == 2 ? from_native(y) : Float{}};
  Answer answer;
  target->open()->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
  return to_native<T>(answer.value);
}

TEST(ShelfOfDerivatives, HoldsEveryWayInWhichPeopleDifferentiate) {
  std::set<std::string> methods, targets;
  for (const Target* target : catalogue().match("shipped/derivative/**")) {
    const std::string rest = target->name.substr(std::string("shipped/derivative/").size());
    methods.insert(rest.substr(0, rest.find('/')));
    targets.insert(target->name);
    EXPECT_EQ(target->function->primal->arity, target->function->arity) << target->name;
    EXPECT_FALSE(accuracy_claims(target->claim, Rounding::nearest).empty()) << target->name;
  }
  EXPECT_THAT(methods, testing::IsSupersetOf(
                           {"product", "two_words", "own_slope", "power_over_base", "dual", "tape",
                            "jet", "hyper_dual", "complex_step", "forward_difference",
                            "central_difference", "five_point", "richardson", "ridders", "chord"}));
  EXPECT_GE(targets.size(), 80U);
}

template <class T>
class Derivatives : public testing::Test {};
using Formats = testing::Types<float, double>;
TYPED_TEST_SUITE(Derivatives, Formats);

TYPED_TEST(Derivatives, GoOnWhereTheValueHasSaturatedOrOverflowed) {
  using T = TypeParam;
  const T overflow = static_cast<T>(std::numeric_limits<T>::max_exponent);
  EXPECT_TRUE(std::isfinite(value<T>("two_words/d_exp2", overflow)));
  EXPECT_TRUE(std::isfinite(value<T>("two_words/d_exp2", overflow + T(0.5))));
  EXPECT_TRUE(std::isinf(value<T>("two_words/d_exp2", overflow + T(0.6))));
  EXPECT_TRUE(std::isinf(value<T>("product/d_exp2", overflow))) << "or its domain may grow";
  EXPECT_EQ(value<T>("own_slope/d_expm1", -40), value<T>("own_slope/d_exp", -40));
  EXPECT_GT(value<T>("own_slope/d_expm1", -80), 0);
}

TYPED_TEST(Derivatives, AreZeroWhereThePowerIsConstant) {
  using T = TypeParam;
  for (const char* method : {"product", "two_words", "dual", "tape", "complex_step"})
    EXPECT_EQ(value<T>(std::string(method) + "/d_pow_y", 1, 5), 0) << method;
  EXPECT_EQ(value<T>("two_words/d_pow_x", 3, 0), 0);
  EXPECT_EQ(value<T>("two_words/d_pow_y", 0, 2), 0);
}

TYPED_TEST(Derivatives, KeepTheSignsOfTheirFactors) {
  using T = TypeParam;
  EXPECT_LT(value<T>("two_words/d_pow_y", T(0.5), 3), 0);
  EXPECT_LT(value<T>("two_words/d_pow_x", 2, -3), 0);
  EXPECT_LT(value<T>("tape/d_pow_y", T(0.5), 3), 0);
  EXPECT_GT(value<T>("jet/d2_pow_y", T(0.5), 3), 0);
  EXPECT_GT(value<T>("hyper_dual/d2_pow_xy", 2, 3), 0);
}

/// 2^n, 2^n ln 2 and 2^n (ln 2)³ at whole numbers differ by a constant factor, whatever the method.
TYPED_TEST(Derivatives, HaveTheRatioOfTheirOrders) {
  using T = TypeParam;
  const T ln2 = static_cast<T>(0x1.62e42fefa39efp-1);
  for (const T x : {T(-3), T(0), T(4), T(20)}) {
    const T first = value<T>("two_words/d_exp2", x);
    EXPECT_NEAR(value<T>("jet/d3_exp2", x) / (first * ln2 * ln2), 1,
                64 * std::numeric_limits<T>::epsilon())
        << x;
  }
}

TYPED_TEST(Derivatives, OfTheExponentialAreTheExponential) {
  using T = TypeParam;
  for (const T x : {T(-20), T(-1), T(0), T(0.75), T(33)}) {
    const T slope = value<T>("own_slope/d_exp", x);
    for (const char* method : {"dual/d_exp", "jet/d2_exp", "complex_step/d_exp"})
      EXPECT_NEAR(value<T>(method, x) / slope, 1, 2 * std::numeric_limits<T>::epsilon())
          << method << x;
    for (const char* method :
         {"forward_difference/d_exp", "central_difference/d_exp", "five_point/d_exp",
          "seven_point/d_exp", "one_sided/d_exp", "richardson/d_exp", "ridders/d_exp",
          "chord/d_exp", "second_difference/d2_exp"})
      EXPECT_NEAR(value<T>(method, x) / slope, 1, std::sqrt(std::numeric_limits<T>::epsilon()) * 64)
          << method << x;
  }
}

}  // namespace
}  // namespace napier
