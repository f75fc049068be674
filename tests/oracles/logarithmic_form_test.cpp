// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/logarithmic_form.hpp"

#include <gtest/gtest.h>

#include "oracles/traced_enclosure.hpp"

namespace napier {
namespace {

using Rational = LogarithmicForm::Rational;

LogarithmicForm log_of(const Rational& value) { return LogarithmicForm::log_of(value).value(); }

TEST(LogarithmicForm, IsZeroExactlyWhereAProductOfPowersIsOne) {
  EXPECT_TRUE(LogarithmicForm().is_zero());
  EXPECT_TRUE((log_of(6) - log_of(2) - log_of(3)).is_zero());
  EXPECT_TRUE((log_of(12).times(2) - log_of(144)).is_zero());
  EXPECT_TRUE((log_of(Rational(1, 8)) + log_of(2).times(3)).is_zero());
  EXPECT_TRUE((log_of(36).times(Rational(1, 2)) - log_of(6)).is_zero());
  // 2^127 to the power 127/128 is 2^126·2^(1/128).
  EXPECT_TRUE(
      (log_of(2).times(127).times(Rational(127, 128)) - log_of(2).times(126 + Rational(1, 128)))
          .is_zero());
  EXPECT_FALSE((log_of(9) - log_of(3)).is_zero());
  EXPECT_FALSE((log_of(6) - log_of(10)).is_zero());
  EXPECT_FALSE((log_of(3) - LogarithmicForm::number(1)).is_zero());
  EXPECT_FALSE((log_of(8).times(Rational(1, 3)) - log_of(2).times(Rational(1001, 1000))).is_zero());
}

TEST(LogarithmicForm, KnowsWhereItIsANumber) {
  EXPECT_EQ(LogarithmicForm::number(Rational(3, 4)).as_number(), Rational(3, 4));
  EXPECT_EQ((log_of(4) - log_of(2).times(2) + LogarithmicForm::number(5)).as_number(), Rational(5));
  EXPECT_FALSE(log_of(5).as_number());
  EXPECT_FALSE(LogarithmicForm::log_of(0));
  EXPECT_FALSE(LogarithmicForm::log_of(-2));
}

TEST(TracedEnclosure, KnowsEqualPowersFromNearOnes) {
  const Precision p{200};
  const auto number = [&](double x) { return TracedEnclosure(p, Dyadic::of(x)); };
  const auto power = [](const TracedEnclosure& a, const TracedEnclosure& y) {
    return exp(y * log(a));
  };
  const TracedEnclosure left = power(number(0x1p127), number(127.0 / 128));
  const TracedEnclosure right = number(0x1p126) * power(number(2), number(1.0 / 128));
  EXPECT_TRUE(certainly_at_most(left, right));
  EXPECT_TRUE(certainly_at_most(right, left));
  EXPECT_FALSE(certainly_at_most(left.enclosure(), right.enclosure()));
  EXPECT_FALSE(certainly_less(left, right));
  const TracedEnclosure other = number(0x1p126) * power(number(2), number(1.0 / 256));
  EXPECT_FALSE(certainly_at_most(left, other));
  EXPECT_TRUE(certainly_less(other, left));
  // 10^-2 / 10^-3 is 10, and (9 + 1)·(0.5 + 1) − 1 less one 14.
  const TracedEnclosure ln10 = log_of_base(Base::ten, number(1));
  const TracedEnclosure ten = exp(number(-2) * ln10) / exp(number(-3) * ln10);
  EXPECT_TRUE(certainly_at_most(ten, number(10)) && certainly_at_most(number(10), ten));
  const TracedEnclosure m = expm1(number(1) * ln10), n = number(0.5);
  const TracedEnclosure product = product_less_one(m + n + m * n, m, n);
  EXPECT_TRUE(certainly_at_most(product, number(14)) && certainly_at_most(number(14), product));
  // e is no power of a number.
  const TracedEnclosure e = exp(number(1));
  EXPECT_FALSE(certainly_at_most(e, number(2.5)) && certainly_at_most(number(2.5), e));
  EXPECT_TRUE(certainly_at_most(exp(log(number(3))), number(3)));
  EXPECT_TRUE(is_exactly_zero(log(number(8)) - number(3) * log(number(2))));
}

}  // namespace
}  // namespace napier
