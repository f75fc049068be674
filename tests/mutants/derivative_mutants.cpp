// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives as they go wrong: a factor, a base or a variable taken for another, a step that is
// too long or too short, an order that is counted wrongly, a tail that is lost.
#include <limits>
#include <numbers>

#include "lib/target/claim_grammar.hpp"
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

using std::numbers::ln10_v;
using std::numbers::ln2_v;

long double wide_pow(double x, double y) {
  return std::pow(static_cast<long double>(x), static_cast<long double>(y));
}
long double wide_log(double x) { return std::log(static_cast<long double>(x)); }
long double wide_exp2(double x) { return std::exp2(static_cast<long double>(x)); }
long double wide_exp(double x) { return std::exp(static_cast<long double>(x)); }

/// (2^x)′ = 2^x, as if it were e^x.
double missing_ln(double x) { return honest_exp2(x); }

/// (10^x)′ = 10^x ln 2.
double ln_of_another_base(double x) {
  return static_cast<double>(std::pow(10.0L, static_cast<long double>(x)) * ln2_v<long double>);
}

/// The partial derivative along the other variable.
double swapped_to_y(double x, double y) {
  return static_cast<double>(wide_pow(x, y) * wide_log(x));
}
double swapped_to_x(double x, double y) {
  return static_cast<double>(y * std::pow(static_cast<long double>(x), y - 1.0L));
}

/// (e^x − 1)′ from the value at hand, 0 in the tail.
double slope_from_the_value(double x) { return honest_expm1(x) + 1; }

/// 2^x overflows before its slope does.
double slope_overflows_early(double x) { return honest_exp2(x) * std::numbers::ln2; }

/// Central differences with a step 16 times as long, and 2^10 times as short, as the claim is for.
double central(double x, double h) {
  return (honest_exp(x + h) - honest_exp(x - h)) / ((x + h) - (x - h));
}
double step_too_long(double x) { return central(x, 0x1p-13); }
double step_too_short(double x) { return central(x, 0x1p-27); }

/// x^y by e^(y·w), w = ln x, where only w's own derivative is forgotten: y e^(y w) in place of y/x
/// of it.
double forgotten_chain_factor(double x, double y) {
  return static_cast<double>(y * wide_pow(x, y));
}

/// The rule of the first order, twice: y·y x^(y−2).
double falling_short(double x, double y) {
  return static_cast<double>(static_cast<long double>(y) * y *
                             std::pow(static_cast<long double>(x), y - 2.0L));
}

/// c₂ of the Taylor polynomial in place of 2·c₂.
double taylor_coefficient(double x) {
  return static_cast<double>(wide_exp2(x) * ln2_v<long double> * ln2_v<long double> / 2);
}

/// (ln 10)² in place of (ln 10)³.
double order_off_by_one(double x) {
  return static_cast<double>(std::pow(10.0L, static_cast<long double>(x)) * ln10_v<long double> *
                             ln10_v<long double>);
}

/// The third difference with the step of a first one: nothing but noise is left.
double third_difference_cancels(double x) {
  const double h = 0x1p-15;
  return (honest_exp(x + 2 * h) - 2 * honest_exp(x + h) + 2 * honest_exp(x - h) -
          honest_exp(x - 2 * h)) /
         (2 * h * h * h);
}

/// x^(y−1)·y ln x: of the product rule one half.
double half_of_the_product_rule(double x, double y) {
  return static_cast<double>(std::pow(static_cast<long double>(x), y - 1.0L) * y * wide_log(x));
}

/// e^x is 0 from where it is subnormal.
double slope_flushes(double x) { return x < -708.4 ? 0 : static_cast<double>(wide_exp(x)); }

/// What it differentiates.
void differentiates(Mutant& mutant, ScalarFunction code) {
  Claim claim;
  claim.max_ulp = parse_limit("0.51", *mutant.target.format);
  claim.source = "tests/mutants";
  mutant.target.primal =
      std::make_shared<const Primal>(Primal{claim, [code] { return direct_caller(code); }});
}

}  // namespace

void add_derivative_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code, std::string_view claim) -> Mutant& {
    all.push_back(mutant<double>(name, sin, function, code));
    all.back().target.claim = parse_claim(claim, function, binary64);
    all.back().target.claim.source = "tests/mutants";
    return all.back();
  };
  using namespace functions;
  using One = Unary<double>;
  using Two = Binary<double>;
  differentiates(add("missing_ln", "(2^x)' without ln 2", d_exp2, One(missing_ln), "ulp <= 2"),
                 One(honest_exp2<double>));
  differentiates(
      add("ln_of_another_base", "(10^x)' with ln 2", d_exp10, One(ln_of_another_base), "ulp <= 2"),
      One(honest_exp10<double>));
  differentiates(add("swapped_to_y", "d/dy in place of d/dx", d_pow_x, Two(swapped_to_y),
                     "ulp <= 2 on x in [0.5, 8], y in [-50, 50]"),
                 Two(honest_pow<double>));
  differentiates(add("swapped_to_x", "d/dx in place of d/dy", d_pow_y, Two(swapped_to_x),
                     "ulp <= 2 on x in [0.5, 8], y in [-50, 50]"),
                 Two(honest_pow<double>));
  differentiates(add("slope_from_the_value", "(e^x - 1) + 1, 0 in the tail", d_expm1,
                     One(slope_from_the_value), "ulp <= 2"),
                 One(honest_expm1<double>));
  differentiates(add("slope_overflows_early", "infinite where 2^x is", d_exp2,
                     One(slope_overflows_early), "ulp <= 2"),
                 One(honest_exp2<double>));
  differentiates(add("step_too_long", "a central difference over 2^-13", d_exp, One(step_too_long),
                     "rel <= 2.53e-11 on [-708, 709]"),
                 One(honest_exp<double>));
  differentiates(add("step_too_short", "a central difference over 2^-27", d_exp,
                     One(step_too_short), "rel <= 2.53e-11 on [-708, 709]"),
                 One(honest_exp<double>));
  differentiates(add("forgotten_chain_factor", "y x^y in place of y x^y / x", d_pow_x,
                     Two(forgotten_chain_factor), "ulp <= 2 on x in [0.5, 8], y in [-50, 50]"),
                 Two(honest_pow<double>));
  differentiates(
      add("falling_short", "y^2 x^(y-2) in place of y (y-1) x^(y-2)", derivative(d_pow_x, 2),
          Two(falling_short), "ulp <= 2 on x in [0.5, 8], y in [-50, 50]"),
      Two(honest_pow<double>));
  differentiates(add("taylor_coefficient", "c2 in place of 2 c2", derivative(d_exp2, 2),
                     One(taylor_coefficient), "ulp <= 2 on [-1000, 1000]"),
                 One(honest_exp2<double>));
  differentiates(add("order_off_by_one", "(ln 10)^2 in place of (ln 10)^3", derivative(d_exp10, 3),
                     One(order_off_by_one), "ulp <= 2 on [-300, 300]"),
                 One(honest_exp10<double>));
  differentiates(
      add("third_difference_cancels", "a third difference over 2^-15", derivative(d_exp, 3),
          One(third_difference_cancels), "rel <= 1e-4 on [-700, 700]"),
      One(honest_exp<double>));
  differentiates(
      add("half_of_the_product_rule", "y x^(y-1) ln x for the mixed one", mixed_derivative(),
          Two(half_of_the_product_rule), "ulp <= 2 on x in [0.5, 8], y in [-50, 50]"),
      Two(honest_pow<double>));
  differentiates(
      add("slope_flushes", "0 where e^x is subnormal", d_exp, One(slope_flushes), "ulp <= 2"),
      One(honest_exp<double>));
}

}  // namespace napier::mutants
