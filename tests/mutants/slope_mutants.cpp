// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives by formulas that hold nearly everywhere.
#include <numbers>

#include "lib/target/composition.hpp"
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// d/dx 10^x with ln 10 in single precision.
double short_ln10(double x) {
  return static_cast<double>(std::pow(10.0L, static_cast<long double>(x)) *
                             static_cast<float>(std::numbers::ln10));
}

long double wide_pow(double x, double y) {
  return std::pow(static_cast<long double>(x), static_cast<long double>(y));
}
double right_d_pow_x(double x, double y) {
  if (y == 0) return std::isnan(x) ? x : 0;
  if (is_special(x) || is_special(y)) return y * std::pow(x, y - 1);
  return static_cast<double>(y * std::pow(static_cast<long double>(x), y - 1.0L));
}

/// y x^y / x, no number at 0.
double power_over_base(double x, double y) {
  if (x != 0) return right_d_pow_x(x, y);
  return y * std::pow(x, y) / x;
}
/// At a base of -0 the parity of y - 1 is forgotten.
double slope_loses_parity(double x, double y) {
  const double slope = right_d_pow_x(x, y);
  return x < 0 || (x == 0 && std::signbit(x)) ? std::abs(slope) : slope;
}
/// x^y ln x as a product: 0·inf at the base 0.
double logarithm_of_zero(double x, double y) {
  if (x == 0 || is_special(x) || is_special(y)) return std::pow(x, y) * std::log(x);
  return static_cast<double>(wide_pow(x, y) * std::log(static_cast<long double>(x)));
}

}  // namespace

void add_slope_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code) {
    all.push_back(mutant<double>(name, sin, function, code, "2"));
    all.back().target.claim.special_values = false;  // Annex F knows no derivatives
  };
  using Two = Binary<double>;
  add("short_ln10", "ln 10 in single precision", functions::d_exp10, Unary<double>(short_ln10));
  add("short_ln10_less_one", "ln 10 in single precision", functions::d_exp10m1,
      Unary<double>(short_ln10));
  add("missing_ln2_less_one", "(2^x - 1)' without ln 2", functions::d_exp2m1,
      Unary<double>([](double x) { return std::exp2(x); }));
  add("power_over_base", "y x^y / x, NaN at 0", functions::d_pow_x, Two(power_over_base));
  add("slope_loses_parity", "positive at negative bases", functions::d_pow_x,
      Two(slope_loses_parity));
  add("logarithm_of_zero", "x^y ln x, NaN at 0", functions::d_pow_y, Two(logarithm_of_zero));
}

}  // namespace napier::mutants
