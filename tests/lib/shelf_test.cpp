// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the shelf's implementations must do that needs no oracle: special values, exact cases,
// agreement with each other. Their accuracy is judged by the audit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/fp/ulp.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/composition.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;

const Target& target_named(const std::string& name, const Format& format) {
  const Target* target = catalogue().find(name + ":" + std::string(format.name));
  if (target == nullptr) throw std::logic_error("no target " + name);
  return *target;
}

/// The value that the target of that name returns.
template <class T>
T value(const std::string& name, T x, T y = 0, Rounding rounding = Rounding::nearest) {
  const Target& target = target_named(name, *native_format<T>);
  const Call call{from_native(x), target.function->arity == 2 ? from_native(y) : Float{}};
  Answer answer;
  target.open()->call(rounding, Observe::values, {&call, 1}, {&answer, 1});
  return to_native<T>(answer.value);
}

/// The shelf's implementations of a function, by name without format, that a predicate accepts.
template <class T, class Accepts>
std::vector<std::string> shipped(const Function& function, Accepts accepts) {
  std::vector<std::string> names;
  for (const Target* target :
       catalogue().match("shipped/**:" + std::string(native_format<T>->name)))
    if (target->function == &function && accepts(target->claim))
      names.push_back(target->name.substr(0, target->name.find(':')));
  return names;
}
template <class T>
std::vector<std::string> promising_special_values(const Function& function) {
  return shipped<T>(function, [](const Claim& claim) { return claim.special_values; });
}

template <class T>
bool same_bits(T a, T b) {
  return from_native(a) == from_native(b);
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

TEST(Shelf, ReadsLikeATextbooksContents) {
  std::set<std::string> ideas;
  for (const Target* target : catalogue().match("shipped/**")) {
    EXPECT_FALSE(target->method.empty()) << target->name;
    EXPECT_TRUE(target->claim.anything()) << target->name;
    EXPECT_THAT(target->claim.source, testing::MatchesRegex("lib/[a-z0-9_/]+\\.cpp"))
        << target->name;
    ideas.insert(target->method);
    const bool slope = is_derivative(*target->function);
    EXPECT_EQ(target->primal != nullptr, slope) << target->name;
    EXPECT_EQ(target->name.starts_with("shipped/derivative/"), slope) << target->name;
  }
  EXPECT_GE(ideas.size(), 16U);
  EXPECT_GE(catalogue().match("shipped/**").size(), 24U);
}

TYPED_TEST(Shelf, HoldsEveryMethodInThisFormat) {
  for (const char* name : {"shipped/binary_powering/pow",
                           "shipped/branch_free/exp",
                           "shipped/cody_waite/exp",
                           "shipped/compound_interest/exp",
                           "shipped/continued_fraction/exp",
                           "shipped/correctly_rounded/exp",
                           "shipped/double_double/exp",
                           "shipped/double_double_log/pow",
                           "shipped/halved_taylor/exp",
                           "shipped/naive_pow/pow",
                           "shipped/one_less/expm1",
                           "shipped/own_base/exp10",
                           "shipped/own_base/exp2",
                           "shipped/own_base_less_one/exp10m1",
                           "shipped/own_base_less_one/exp2m1",
                           "shipped/pade/exp",
                           "shipped/repeated_multiplication/pow",
                           "shipped/schraudolph/exp",
                           "shipped/shift_and_add/exp",
                           "shipped/tang/exp",
                           "shipped/taylor/exp",
                           "shipped/two_word_log/log",
                           "shipped/derivative/dual/d_exp",
                           "shipped/derivative/dual/d_pow_y"})
    EXPECT_NO_THROW(target_named(name, *native_format<TypeParam>)) << name;
}

TYPED_TEST(Shelf, ExponentialsHaveTheValuesOfAnnexFInEveryMode) {
  using T = TypeParam;
  for (const Function* function : {&functions::exp, &functions::exp2, &functions::exp10})
    for (const std::string& name : promising_special_values<T>(*function))
      for (const Rounding mode : all_roundings) {
        const auto power = [&](T x) { return value<T>(name, x, 0, mode); };
        EXPECT_EQ(power(0), 1) << name;
        EXPECT_EQ(power(-T(0)), 1) << name;
        EXPECT_EQ(power(this->inf), this->inf) << name;
        EXPECT_TRUE(same_bits(power(-this->inf), T(0))) << name;
        EXPECT_TRUE(std::isnan(power(this->nan))) << name;
      }
}

TYPED_TEST(Shelf, ExponentialsLessOneHaveTheValuesOfAnnexFInEveryMode) {
  using T = TypeParam;
  for (const Function* function : {&functions::expm1, &functions::exp2m1, &functions::exp10m1})
    for (const std::string& name : promising_special_values<T>(*function))
      for (const Rounding mode : all_roundings) {
        const auto growth = [&](T x) { return value<T>(name, x, 0, mode); };
        EXPECT_TRUE(same_bits(growth(0), T(0))) << name;
        EXPECT_TRUE(same_bits(growth(-T(0)), -T(0))) << name;
        EXPECT_EQ(growth(this->inf), this->inf) << name;
        EXPECT_EQ(growth(-this->inf), -1) << name;
        EXPECT_TRUE(std::isnan(growth(this->nan))) << name;
      }
}

TYPED_TEST(Shelf, LogarithmsHaveTheValuesOfAnnexFInEveryMode) {
  using T = TypeParam;
  for (const std::string& name : promising_special_values<T>(functions::log))
    for (const Rounding mode : all_roundings) {
      const auto log = [&](T x) { return value<T>(name, x, 0, mode); };
      EXPECT_TRUE(same_bits(log(1), T(0))) << name << ", and not -0 in down";
      for (const T zero : {T(0), -T(0)}) EXPECT_EQ(log(zero), -this->inf) << name;
      EXPECT_EQ(log(this->inf), this->inf) << name;
      for (const T none : {-this->least, T(-1), -this->inf, this->nan})
        EXPECT_TRUE(std::isnan(log(none))) << name;
    }
}

TYPED_TEST(Shelf, PowersLessOneAreExactAtWholeExponents) {
  using T = TypeParam;
  constexpr int digits = std::numeric_limits<T>::digits;
  for (int n = -digits; n <= digits; ++n)
    EXPECT_EQ(value("shipped/own_base_less_one/exp2m1", static_cast<T>(n)), std::ldexp(T(1), n) - 1)
        << n;
  T ten_to_n = 1;
  for (int n = 0; n <= (std::is_same_v<T, float> ? 7 : 15); ++n, ten_to_n *= 10)
    EXPECT_EQ(value("shipped/own_base_less_one/exp10m1", static_cast<T>(n)), ten_to_n - 1) << n;
}

/// x·ln a of a subnormal x is rounded once: 3·2^-149·ln 2 is 2.08 of the least subnormal, and of
/// 10 it is 6.9.
TYPED_TEST(Shelf, PowersLessOneOfSubnormalsAreRoundedOnce) {
  using T = TypeParam;
  const T x = 3 * this->least;
  for (const T sign : {T(1), T(-1)}) {
    EXPECT_EQ(value("shipped/own_base_less_one/exp2m1", sign * x), sign * 2 * this->least);
    EXPECT_EQ(value("shipped/own_base_less_one/exp10m1", sign * x), sign * 7 * this->least);
  }
}

TYPED_TEST(Shelf, ExponentialsOverflowAndVanishAsTheModeSays) {
  using T = TypeParam;
  for (const Function* function : {&functions::exp, &functions::exp2, &functions::exp10})
    for (const std::string& name : promising_special_values<T>(*function))
      for (const T far : {T(1100), this->max}) {
        EXPECT_EQ(value(name, far), this->inf) << name;
        EXPECT_EQ(value(name, -far), 0) << name;
        if (!target_named(name, *native_format<T>).claim.max_ulp_directed) continue;
        EXPECT_EQ(value<T>(name, far, 0, Rounding::up), this->inf) << name;
        EXPECT_GE(value<T>(name, far, 0, Rounding::down), this->max) << name;
        EXPECT_LE(value<T>(name, -far, 0, Rounding::up), this->least) << name;
        EXPECT_EQ(value<T>(name, -far, 0, Rounding::down), 0) << name;
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

TYPED_TEST(Shelf, PowersOfEveryExponentHaveTheValuesOfAnnexF) {
  using T = TypeParam;
  const auto power = [](T x, T y) { return value<T>("shipped/double_double_log/pow", x, y); };
  for (const T y : {this->nan, this->inf, -this->inf, this->max, T(0.5)}) EXPECT_EQ(power(1, y), 1);
  for (const T far : {this->inf, -this->inf}) EXPECT_EQ(power(-1, far), 1);
  for (const T inside : {T(0), -T(0), T(0.5), T(-0.5)}) {
    EXPECT_TRUE(same_bits(power(inside, this->inf), T(0)));
    EXPECT_EQ(power(inside, -this->inf), this->inf);
  }
  for (const T outside : {T(1.5), T(-2), -this->inf}) {
    EXPECT_EQ(power(outside, this->inf), this->inf);
    EXPECT_TRUE(same_bits(power(outside, -this->inf), T(0)));
  }
  for (const T zero : {T(0), -T(0)}) {
    EXPECT_TRUE(same_bits(power(zero, T(0.5)), T(0)));
    EXPECT_EQ(power(zero, T(-0.5)), this->inf);
    EXPECT_EQ(power(zero, -this->max), this->inf);
  }
  EXPECT_EQ(power(-this->inf, T(1.5)), this->inf);
  EXPECT_TRUE(std::isnan(power(T(-8), T(0.5))));
  EXPECT_TRUE(std::isnan(power(this->nan, 1)));
  EXPECT_TRUE(std::isnan(power(2, this->nan)));
}

TYPED_TEST(Shelf, PowersKeepTheSignWhereTheyOverflowInADirectedMode) {
  using T = TypeParam;
  const auto power = [](T x, Rounding mode) {
    return value<T>("shipped/double_double_log/pow", x, 1001, mode);
  };
  EXPECT_EQ(power(-10, Rounding::down), -this->inf);
  EXPECT_EQ(power(-10, Rounding::up), -this->max);
  EXPECT_EQ(power(-10, Rounding::zero), -this->max);
  EXPECT_EQ(power(10, Rounding::down), this->max);
}

/// 0 is within the claim where the least subnormal is right and the mode rounds towards 0, but −0
/// is not what a positive power underflows to.
TYPED_TEST(Shelf, PowersKeepTheSignWhereTheyVanishInEveryMode) {
  using T = TypeParam;
  for (const Rounding mode : all_roundings) {
    const auto power = [&](T x, T y) {
      return value<T>("shipped/double_double_log/pow", x, y, mode);
    };
    for (const T x : {this->least, 2 * this->least, T(0.5)})
      for (const T y : {T(1), T(3), this->max}) {
        EXPECT_FALSE(std::signbit(power(x, y))) << x << ' ' << y << ' ' << name(mode);
        EXPECT_EQ(std::signbit(power(-x, y)), y != this->max) << x << ' ' << y << ' ' << name(mode);
      }
    for (const Function* function : {&functions::exp, &functions::exp2, &functions::exp10})
      for (const std::string& name : promising_special_values<T>(*function))
        for (T x = std::numeric_limits<T>::min_exponent; x > -1100; x -= T(0.125))
          EXPECT_FALSE(std::signbit(value<T>(name, x, 0, mode))) << name << ' ' << x;
  }
}

TYPED_TEST(Shelf, ExactPowersAreExact) {
  using T = TypeParam;
  for (int n = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits;
       n < std::numeric_limits<T>::max_exponent; ++n)
    EXPECT_EQ(value("shipped/own_base/exp2", static_cast<T>(n)), std::ldexp(T(1), n)) << n;
  T ten_to_n = 1;
  for (int n = 0; n <= (std::is_same_v<T, float> ? 10 : 22); ++n, ten_to_n *= 10) {
    EXPECT_EQ(value("shipped/own_base/exp10", static_cast<T>(n)), ten_to_n) << n;
    EXPECT_EQ(value("shipped/double_double_log/pow", T(10), static_cast<T>(n)), ten_to_n) << n;
  }
  for (const char* name : {"shipped/binary_powering/pow", "shipped/repeated_multiplication/pow",
                           "shipped/double_double_log/pow"}) {
    EXPECT_EQ(value<T>(name, 3, 15), 14348907) << name;
    EXPECT_EQ(value<T>(name, -3, 15), -14348907) << name;
    EXPECT_EQ(value<T>(name, T(-0.5), 15), -std::ldexp(T(1), -15)) << name;
    for (int n = -16; n <= 16; ++n)
      EXPECT_EQ(value<T>(name, T(2), T(n)), std::ldexp(T(1), n)) << name << n;
  }
}

TYPED_TEST(Shelf, MultiplicationKnowsOnlyIntegerExponents) {
  using T = TypeParam;
  for (const char* name : {"shipped/binary_powering/pow", "shipped/repeated_multiplication/pow"})
    for (const T y : {T(0.5), T(-1.5), this->inf, this->nan, this->least})
      EXPECT_TRUE(std::isnan(value<T>(name, 2, y))) << name << y;
  EXPECT_EQ(value<T>("shipped/binary_powering/pow", 1, this->max), 1);
}

TYPED_TEST(Shelf, CorrectRoundingIsOrderedOverTheModes) {
  using T = TypeParam;
  const auto power = [](T x, Rounding mode) {
    return value<T>("shipped/correctly_rounded/exp", x, 0, mode);
  };
  for (const T x : {T(0.5), T(-0.5), T(1), T(-1), T(20), T(-80), T(-90), this->least, -this->least,
                    T(-103), T(88)}) {
    const T down = power(x, Rounding::down);
    const T up = power(x, Rounding::up);
    const T nearest = power(x, Rounding::nearest);
    EXPECT_EQ(up, std::nextafter(down, this->inf)) << x;
    EXPECT_EQ(power(x, Rounding::zero), down) << x;
    EXPECT_TRUE(nearest == down || nearest == up) << x;
  }
  EXPECT_EQ(power(this->least, Rounding::nearest), 1);
  EXPECT_EQ(power(this->least, Rounding::down), 1);
  EXPECT_EQ(power(-this->least, Rounding::up), 1);
}

/// Both are near the truth, one within its claim and one within half an ulp: so they are as near to
/// each other, in the larger of the two ulps that come into question.
TYPED_TEST(Shelf, ExponentialsKeepTheirClaimsNextToTheCorrectlyRoundedOne) {
  using T = TypeParam;
  const Format& format = *native_format<T>;
  for (const std::string& name :
       shipped<T>(functions::exp, [](const Claim& claim) { return claim.max_ulp.has_value(); })) {
    const Claim& claim = target_named(name, format).claim;
    const double claimed = claim.max_ulp ? to_double(claim.max_ulp->limit) : 0;
    Random random(1);
    for (int i = 0; i < 2000; ++i) {
      const double widest = std::is_same_v<T, float> ? 88 : 709;
      const double lo = std::max(claim.domain.x.lo, -widest);
      const double hi = std::min(claim.domain.x.hi, widest);
      const T x = static_cast<T>(lo + (hi - lo) * static_cast<double>(random.next()) * 0x1p-64);
      const T best = value<T>("shipped/correctly_rounded/exp", x);
      const T y = value(name, x);
      const double ulp =
          std::ldexp(1, static_cast<int>(ulp_exponent(format, std::ilogb(std::max(best, y)))));
      const double distance = std::fabs(static_cast<double>(y) - static_cast<double>(best));
      EXPECT_LE(distance / ulp, claimed + 0.5) << name << " at " << x;
    }
  }
}

TYPED_TEST(Shelf, DualNumbersCarryTheShelfsOwnValues) {
  using T = TypeParam;
  const Target& slope = target_named("shipped/derivative/dual/d_exp", *native_format<T>);
  for (const T x : {T(-2.5), T(0), T(0.75), T(80)}) {
    const Call call{from_native(x), {}};
    Answer answer;
    slope.primal->open()->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
    EXPECT_EQ(to_native<T>(answer.value), value("shipped/tang/exp", x));
    EXPECT_EQ(value("shipped/derivative/dual/d_exp", x), value("shipped/tang/exp", x));
  }
  EXPECT_EQ(value<T>("shipped/derivative/dual/d_pow_y", 1, 5), 0);
  EXPECT_LT(value<T>("shipped/derivative/dual/d_pow_y", T(0.5), 5), 0);
}

}  // namespace
}  // namespace napier
