// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Compositions as many programs have them, and their derivatives gone wrong.
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

using Long = long double;

// Honest ones, for values beside derivatives.
double honest_sigmoid(double x) {
  const Long e = std::exp(-std::fabs(static_cast<Long>(x)));
  return static_cast<double>(x < 0 ? e / (1 + e) : 1 / (1 + e));
}
double honest_softplus(double x) {
  const Long beyond = std::log1p(std::exp(-std::fabs(static_cast<Long>(x))));
  return static_cast<double>(x > 0 ? x + beyond : beyond);
}
double honest_logaddexp(double x, double y) {
  if (x == y) return static_cast<double>(x + std::numbers::ln2_v<Long>);
  const Long d = std::fabs(static_cast<Long>(x) - y);
  return static_cast<double>(std::fmax(x, y) + std::log1p(std::exp(-d)));
}
double honest_lognormal(double x) {
  const Long l = std::log(static_cast<Long>(x));
  return static_cast<double>(std::exp(-l * l / 2) / (x * std::sqrt(2 * std::numbers::pi_v<Long>)));
}
double honest_log(double x) { return static_cast<double>(std::log(static_cast<Long>(x))); }
double honest_growth(double x, double y) {
  return static_cast<double>(std::exp2(static_cast<Long>(x) / y));
}
Long softmax(double x, double y) { return 1 / (1 + std::exp(static_cast<Long>(y) - x)); }
Long wide_growth(double x, double y) { return std::exp2(static_cast<Long>(x) / y); }

// Values.
double sigmoid_of_large(double x) { return std::exp(x) / (1 + std::exp(x)); }
double softplus_as_written(double x) { return std::log(1 + std::exp(x)); }
double logaddexp_as_written(double x, double y) { return std::log(std::exp(x) + std::exp(y)); }
double growth_of_rounded(double x, double y) { return honest_exp2(x / y); }

double density_of_the_logarithm(double x) { return honest_lognormal(x) * x; }

// Derivatives.
double slope_of_log2(double x) { return static_cast<double>(1 / (x * std::numbers::ln2_v<Long>)); }
double rough_reciprocal(double x) { return static_cast<float>(1 / x); }
double second_without_sign(double x) { return 1 / (x * x); }
double lognormal_forgotten_chain(double x) {
  return static_cast<double>(-honest_lognormal(x) * (std::log(static_cast<Long>(x)) + 1));
}
double gradient_saturates(double x) {
  const double s = honest_sigmoid(x);
  return s * (1 - s);
}
double forgotten_rest(double x) { return honest_sigmoid(x); }
double twice_the_rest(double x) {
  const Long s = honest_sigmoid(x);
  return static_cast<double>(s * (1 - 2 * s));
}
double half_second(double x) {
  const Long e = std::exp(-std::fabs(static_cast<Long>(x)));
  const Long second =
      e / ((1 + e) * (1 + e)) * std::expm1(-std::fabs(static_cast<Long>(x))) / (1 + e);
  return static_cast<double>((x < 0 ? -second : second) / 2);
}
double tail_of_one(double x) { return 1 - 1 / (1 + std::exp(x)); }
double swapped_softmax(double x, double y) { return static_cast<double>(softmax(y, x)); }
double not_normalised(double x, double y) {
  return static_cast<double>(std::exp(static_cast<Long>(y)) + 0 * x);
}
double mixed_of_wrong_sign(double x, double y) {
  return static_cast<double>(softmax(x, y) * softmax(y, x));
}
double growth_without_ln2(double x, double y) { return static_cast<double>(wide_growth(x, y) / y); }
double forgotten_scale(double x, double y) {
  return static_cast<double>(wide_growth(x, y) * std::numbers::ln2_v<Long>);
}
double growth_forgotten_chain(double x, double y) {
  return static_cast<double>(-wide_growth(x, y) * std::numbers::ln2_v<Long> / y);
}

void differentiates(Mutant& mutant, ScalarFunction code, std::string_view claim) {
  const Claim of_value = parse_claim(claim, *mutant.target.function->primal, *mutant.target.format);
  mutant.target.primal =
      std::make_shared<const Primal>(Primal{of_value, [code] { return direct_caller(code); }});
}

std::vector<Mutant> made() {
  using namespace functions;
  using One = Unary<double>;
  using Two = Binary<double>;
  std::vector<Mutant> all;
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code, std::string_view claim) -> Mutant& {
    all.push_back(mutant<double>(name, sin, function, code));
    all.back().target.claim = parse_claim(claim, function, binary64);
    all.back().target.claim.source = "tests/mutants";
    return all.back();
  };
  add("sigmoid_of_large", "e^x/(1 + e^x): inf/inf", sigmoid, One(sigmoid_of_large), "ulp <= 3");
  add("softplus_as_written", "ln(1 + e^x): 0, and inf", softplus, One(softplus_as_written),
      "ulp <= 4");
  add("logaddexp_as_written", "ln(e^x + e^y): overflows", logaddexp, Two(logaddexp_as_written),
      "abs + rel <= 4e-16 + 2e-16");
  add("growth_of_rounded", "x/y rounded before it is raised", growth, Two(growth_of_rounded),
      "ulp <= 1 on x in [-900, 900], y in [1, 1000]");

  constexpr std::string_view close = "ulp <= 0.51";
  constexpr std::string_view sum = "abs + rel <= 1e-18 + 1.2e-16";
  constexpr std::string_view box = "ulp <= 2 on x in [-900, 900], y in [1, 1000]";
  constexpr std::string_view of_growth = "ulp <= 0.51 on x in [-900, 900], y in [1, 1000]";
  add("density_of_the_logarithm", "the normal density of ln x, without 1/x", lognormal,
      One(density_of_the_logarithm), "ulp <= 2 on [0x1p-20, 0x1p20]");
  constexpr std::string_view near = "ulp <= 2 on [0x1p-20, 0x1p20]";
  differentiates(
      add("slope_of_log2", "1/(x ln 2) in place of 1/x", d_log, One(slope_of_log2), near),
      One(honest_log), close);
  differentiates(
      add("rough_reciprocal", "1/x in single precision", d_log, One(rough_reciprocal), near),
      One(honest_log), close);
  differentiates(add("second_without_sign", "1/x^2 in place of -1/x^2", derivative(d_log, 2),
                     One(second_without_sign), near),
                 One(honest_log), close);
  differentiates(add("lognormal_forgotten_chain", "-f (1 + ln x) in place of -f (1 + ln x)/x",
                     d_lognormal, One(lognormal_forgotten_chain), "ulp <= 8 on [0.5, 1000]"),
                 One(honest_lognormal), "ulp <= 0.6 on [0x1p-20, 0x1p20]");
  differentiates(add("gradient_saturates", "s (1 - s): 0 where s is 1", d_sigmoid,
                     One(gradient_saturates), "ulp <= 4"),
                 One(honest_sigmoid), close);
  differentiates(
      add("forgotten_rest", "s in place of s (1 - s)", d_sigmoid, One(forgotten_rest), "ulp <= 2"),
      One(honest_sigmoid), close);
  differentiates(
      add("twice_the_rest", "s (1 - 2s)", d_sigmoid, One(twice_the_rest), "ulp <= 2 on [-30, 30]"),
      One(honest_sigmoid), close);
  differentiates(add("half_second", "c2 in place of 2 c2", derivative(d_sigmoid, 2),
                     One(half_second), "ulp <= 2"),
                 One(honest_sigmoid), close);
  differentiates(add("tail_of_one", "1 - 1/(1 + e^x): 0 in the tail", d_softplus, One(tail_of_one),
                     "ulp <= 3"),
                 One(honest_softplus), close);
  differentiates(add("swapped_softmax", "d/dy in place of d/dx", d_logaddexp_x,
                     Two(swapped_softmax), "ulp <= 2"),
                 Two(honest_logaddexp), sum);
  differentiates(add("not_normalised", "e^y in place of e^y/(e^x + e^y)", d_logaddexp_y,
                     Two(not_normalised), "ulp <= 2"),
                 Two(honest_logaddexp), sum);
  differentiates(add("mixed_of_wrong_sign", "s(x-y) s(y-x) without the minus",
                     mixed_derivative_of(logaddexp), Two(mixed_of_wrong_sign), "ulp <= 2"),
                 Two(honest_logaddexp), sum);
  differentiates(add("growth_without_ln2", "G/y in place of G ln 2/y", d_growth_x,
                     Two(growth_without_ln2), box),
                 Two(honest_growth), of_growth);
  differentiates(
      add("forgotten_scale", "G ln 2 in place of G ln 2/y", d_growth_x, Two(forgotten_scale), box),
      Two(honest_growth), of_growth);
  differentiates(add("growth_forgotten_chain", "-G ln 2/y in place of -G ln 2 x/y^2", d_growth_y,
                     Two(growth_forgotten_chain), box),
                 Two(honest_growth), of_growth);
  return all;
}

}  // namespace

std::span<const Mutant> compositions() {
  static const std::vector<Mutant> rows = made();
  return rows;
}

}  // namespace napier::mutants
