// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives by MPFR, rounded once: of several orders, along the base and the exponent, in every
// format. Nothing is refuted and nothing is left undecided.
#include <gtest/gtest.h>

#include <tuple>

#include "lib/fp/environment.hpp"
#include "lib/target/composition.hpp"
#include "tests/honest/court.hpp"
#include "tests/honest/mpfr_numbers.hpp"

namespace napier::honest {
namespace {

/// Enough for 1 + y ln x with the least y of binary64 and an x next to 1; there are no such points
/// among those of the wide formats.
constexpr int precision = 2600;

/// Enough for y − n of every y of every format: its parity is that of the power.
constexpr int exact_precision = 33'000;

void raise(Number& value, const Number& factor, int n) {
  for (int i = 0; i < n; ++i) mpfr_mul(value, value, factor, MPFR_RNDN);
}

void set_log(Number& log, const Function& f, const Number& x) {
  if (f.base == Base::two) mpfr_const_log2(log, MPFR_RNDN);
  if (f.base == Base::ten) mpfr_log_ui(log, 10, MPFR_RNDN);
  if (f.base == Base::e) mpfr_set_ui(log, 1, MPFR_RNDN);
  if (f.base == Base::argument) mpfr_log(log, x, MPFR_RNDN);
}

void fixed_base(Number& value, const Function& f, const Number& x) {
  if (f.base == Base::two) mpfr_exp2(value, x, MPFR_RNDN);
  if (f.base == Base::ten) mpfr_exp10(value, x, MPFR_RNDN);
  if (f.base == Base::e) mpfr_exp(value, x, MPFR_RNDN);
  Number log(precision);
  set_log(log, f, x);
  raise(value, log, f.order);
}

/// x^y (ln x)^n; where a factor is 0 and the other infinite, the power has the last word.
void along_exponent(Number& value, const Function& f, const Number& x, const Number& y) {
  mpfr_pow(value, x, y, MPFR_RNDN);
  if (mpfr_cmp_ui(x, 1) == 0) mpfr_set_zero(value, 1);
  if (mpfr_zero_p(value) != 0 && (mpfr_zero_p(x) != 0 || mpfr_inf_p(x) != 0)) return;
  Number log(precision);
  set_log(log, f, x);
  if (mpfr_zero_p(log) == 0) raise(value, log, f.order);
}

/// y (y − 1) … (y − n + 1) x^(y−n).
void along_base(Number& value, const Function& f, const Number& x, const Number& y) {
  Number factor(exact_precision), falling(precision);
  mpfr_set_ui(falling, 1, MPFR_RNDN);
  for (int k = 0; k <= f.order; ++k) {
    mpfr_sub_si(factor, y, k, MPFR_RNDN);
    if (k < f.order) mpfr_mul(falling, falling, factor, MPFR_RNDN);
  }
  if (mpfr_zero_p(falling) != 0) return static_cast<void>(mpfr_set_zero(value, 1));
  mpfr_pow(value, x, factor, MPFR_RNDN);
  mpfr_mul(value, value, falling, MPFR_RNDN);
}

/// x^(y−1) (1 + y ln x).
void mixed(Number& value, const Number& x, const Number& y) {
  Number power(exact_precision), log(precision);
  mpfr_sub_ui(power, y, 1, MPFR_RNDN);
  mpfr_pow(value, x, power, MPFR_RNDN);
  if (mpfr_zero_p(x) != 0) return;
  mpfr_log(log, x, MPFR_RNDN);
  mpfr_mul(log, log, y, MPFR_RNDN);
  mpfr_add_ui(log, log, 1, MPFR_RNDN);
  mpfr_mul(value, value, log, MPFR_RNDN);
}

/// Of a^x what is asked for: one less if that is a^x − 1, by its exponent where x is no integer and
/// the difference may cancel.
void less_one(Number& value, const Function& f, const Number& x) {
  if (f.kind != Kind::power_minus_one) return;
  if (mpfr_integer_p(x) != 0 || mpfr_inf_p(x) != 0)
    return static_cast<void>(mpfr_sub_ui(value, value, 1, MPFR_RNDN));
  set_log(value, f, x);
  mpfr_mul(value, value, x, MPFR_RNDN);
  mpfr_expm1(value, value, MPFR_RNDN);
}

/// The value that is differentiated.
void power(Number& value, const Function& f, const Number& x, const Number& y) {
  if (f.base == Base::argument) mpfr_pow(value, x, y, MPFR_RNDN);
  if (f.base == Base::two) mpfr_exp2(value, x, MPFR_RNDN);
  if (f.base == Base::ten) mpfr_exp10(value, x, MPFR_RNDN);
  if (f.base == Base::two || f.base == Base::ten) return less_one(value, f, x);
  if (f.base != Base::e) return;
  if (f.kind == Kind::power) mpfr_exp(value, x, MPFR_RNDN);
  if (f.kind == Kind::power_minus_one) mpfr_expm1(value, x, MPFR_RNDN);
}

Float rounded_derivative(const Function& f, const Call& call) {
  const Quietly quietly;
  const Format& format = *call.x.format;
  Number x(format.precision), y(format.precision), value(precision), result(format.precision);
  assign(x, call.x);
  if (f.arity == 2) assign(y, call.y);
  const bool is_value = f.kind != Kind::slope;
  if (is_value) power(value, f, x, y);
  if (!is_value && f.arity == 1) fixed_base(value, f, x);
  if (!is_value && f.arity == 2 && f.variable == Variable::exponent) along_exponent(value, f, x, y);
  if (f.variable == Variable::base) along_base(value, f, x, y);
  if (f.variable == Variable::both) mixed(value, x, y);
  {
    const ExponentsOf exponents(format);
    int ternary = mpfr_set(result, value, MPFR_RNDN);
    ternary = mpfr_check_range(result, ternary, MPFR_RNDN);
    mpfr_subnormalize(result, ternary, MPFR_RNDN);
  }
  return datum(format, result);
}

class MpfrCaller final : public Caller {
 public:
  explicit MpfrCaller(const Function& function) : function_(function) {}
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i)
      answers[i].value = rounded_derivative(function_, calls[i]);
    reset_environment();
  }

 private:
  const Function& function_;
};

std::vector<const Function*> tried() {
  using namespace functions;
  return {&d_exp,
          &d_exp2,
          &d_expm1,
          &d_exp2m1,
          &d_exp10m1,
          &d_pow_x,
          &d_pow_y,
          &derivative(d_exp2, 2),
          &derivative(d_exp10, 3),
          &derivative(d_pow_x, 2),
          &derivative(d_pow_x, 3),
          &derivative(d_pow_y, 2),
          &derivative(d_pow_y, 5),
          &mixed_derivative()};
}

using Derivative = std::tuple<const Function*, const Format*>;
class HonestDerivative : public testing::TestWithParam<Derivative> {};

TEST_P(HonestDerivative, Stands) {
  const auto& [function, format] = GetParam();
  Target target;
  target.name = "honest/" + std::string(function->name) + ":" + std::string(format->name);
  target.function = function;
  target.format = format;
  target.claim.correctly_rounded = true;
  target.claim.source = "MPFR";
  target.open = [f = function] { return std::make_unique<MpfrCaller>(*f); };
  target.primal = std::make_shared<const Primal>(
      Primal{target.claim, [f = function->primal] { return std::make_unique<MpfrCaller>(*f); }});
  expect_stands(target, Rounding::nearest, Calls::singly,
                long_run() ? Counts{5000, 100, 1 << 16} : Counts{250, 20, 0}, is_claimed);
}

INSTANTIATE_TEST_SUITE_P(All, HonestDerivative,
                         testing::Combine(testing::ValuesIn(tried()),
                                          testing::ValuesIn(all_formats)),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param)->name) + "_" +
                                  std::string(std::get<1>(row.param)->name);
                         });

}  // namespace
}  // namespace napier::honest
