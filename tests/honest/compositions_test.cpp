// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Compositions and their derivatives by MPFR, rounded once, from their definitions alone. Nothing
// is refuted and nothing is left undecided.
#include <gtest/gtest.h>

#include <tuple>

#include "lib/fp/environment.hpp"
#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "tests/honest/court.hpp"
#include "tests/honest/mpfr_numbers.hpp"

namespace napier::honest {
namespace {

/// What cancels in 1 + e^−d over binary64's range, twice, and its digits.
constexpr int precision = 6000;

/// 1/(1 + e^(b − a)).
void share(Number& value, const Number& a, const Number& b) {
  mpfr_sub(value, b, a, MPFR_RNDN);
  mpfr_exp(value, value, MPFR_RNDN);
  mpfr_add_ui(value, value, 1, MPFR_RNDN);
  mpfr_ui_div(value, 1, value, MPFR_RNDN);
}

/// ln(e^a + e^b).
void log_sum(Number& value, const Number& a, const Number& b) {
  Number other(precision);
  mpfr_exp(value, a, MPFR_RNDN);
  mpfr_exp(other, b, MPFR_RNDN);
  mpfr_add(value, value, other, MPFR_RNDN);
  mpfr_log(value, value, MPFR_RNDN);
}

void growth(Number& value, const Function& f, const Number& x, const Number& y) {
  Number factor(precision), ln2(precision);
  mpfr_div(factor, x, y, MPFR_RNDN);
  mpfr_exp2(value, factor, MPFR_RNDN);
  if (f.order == 0) return;
  mpfr_const_log2(ln2, MPFR_RNDN);
  mpfr_mul(value, value, ln2, MPFR_RNDN);
  mpfr_div(value, value, y, MPFR_RNDN);
  if (f.variable == Variable::base) return;
  mpfr_mul(value, value, factor, MPFR_RNDN);
  mpfr_neg(value, value, MPFR_RNDN);
}

/// e^(−(ln x)²/2)/(x√2π), and −f·(1 + ln x)/x.
void lognormal(Number& value, const Function& f, const Number& x) {
  Number log(precision), factor(precision);
  mpfr_log(log, x, MPFR_RNDN);
  mpfr_sqr(value, log, MPFR_RNDN);
  mpfr_div_si(value, value, -2, MPFR_RNDN);
  mpfr_exp(value, value, MPFR_RNDN);
  mpfr_const_pi(factor, MPFR_RNDN);
  mpfr_mul_ui(factor, factor, 2, MPFR_RNDN);
  mpfr_sqrt(factor, factor, MPFR_RNDN);
  mpfr_div(value, value, factor, MPFR_RNDN);
  mpfr_div(value, value, x, MPFR_RNDN);
  if (f.order == 0) return;
  mpfr_add_ui(log, log, 1, MPFR_RNDN);
  mpfr_mul(value, value, log, MPFR_RNDN);
  mpfr_div(value, value, x, MPFR_RNDN);
  mpfr_neg(value, value, MPFR_RNDN);
}

/// Values and first derivatives, at finite arguments.
void value_of(Number& value, const Function& f, const Number& x, const Number& y) {
  using namespace functions;
  if (&f == &functions::log) return static_cast<void>(mpfr_log(value, x, MPFR_RNDN));
  if (&f == &d_log) return static_cast<void>(mpfr_ui_div(value, 1, x, MPFR_RNDN));
  if (f.primal == &functions::lognormal || &f == &functions::lognormal)
    return lognormal(value, f, x);
  if (f.primal == &functions::growth || &f == &functions::growth) return growth(value, f, x, y);
  Number zero(precision);
  mpfr_set_zero(zero, 1);
  const bool log_of_sum = &f == &softplus || &f == &logaddexp;
  const Number& other = f.arity == 2 ? y : zero;
  if (log_of_sum) return log_sum(value, x, other);
  if (&f == &d_logaddexp_y) return share(value, y, x);
  share(value, x, other);
  if (&f != &d_sigmoid) return;
  Number rest(precision);
  share(rest, zero, x);
  mpfr_mul(value, value, rest, MPFR_RNDN);
}

Float rounded_value(const Function& f, const Call& call) {
  const Quietly quietly;
  const Format& format = *call.x.format;
  Number x(format.precision), y(format.precision), value(precision), result(format.precision);
  assign(x, call.x);
  if (f.arity == 2) assign(y, call.y);
  value_of(value, f, x, y);
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
      answers[i].value = rounded_value(function_, calls[i]);
    reset_environment();
  }

 private:
  const Function& function_;
};

using Composed = std::tuple<const Function*, const Format*>;
class HonestComposition : public testing::TestWithParam<Composed> {};

TEST_P(HonestComposition, Stands) {
  const auto& [function, format] = GetParam();
  Target target;
  target.name = "honest/" + std::string(function->name) + ":" + std::string(format->name);
  target.function = function;
  target.format = format;
  target.claim.correctly_rounded = true;
  target.claim.source = "MPFR";
  // Where MPFR's working precision is enough: |x|, |y| up to 800.
  target.claim.domain.x = {-800, 800};
  if (takes_positive(*function)) target.claim.domain.x = {0x1p-14, 800};
  if (function->arity == 2) target.claim.domain.y = {-800, 800};
  target.open = [f = function] { return std::make_unique<MpfrCaller>(*f); };
  if (is_derivative(*function))
    target.primal = std::make_shared<const Primal>(
        Primal{target.claim, [f = function->primal] { return std::make_unique<MpfrCaller>(*f); }});
  expect_stands(target, Rounding::nearest, Calls::singly,
                long_run() ? Counts{3000, 300, 1 << 16} : Counts{150, 20, 0}, is_claimed);
}

INSTANTIATE_TEST_SUITE_P(All, HonestComposition,
                         testing::Combine(testing::ValuesIn(all_compositions().begin(),
                                                            all_compositions().end()),
                                          testing::Values(&binary16, &binary32, &binary64)),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param)->name) + "_" +
                                  std::string(std::get<1>(row.param)->name);
                         });

}  // namespace
}  // namespace napier::honest
