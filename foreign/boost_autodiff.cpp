// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <boost/math/differentiation/autodiff.hpp>
#include <boost/math/special_functions/expm1.hpp>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <tuple>

namespace {

namespace bd = boost::math::differentiation;

template <std::size_t order>
auto variable(double x) {
  return bd::make_fvar<double, order>(x);
}

/// e^x − 1 in Boost's own words, which throw where the value overflows.
double slope_of_expm1(double x) try {
  return boost::math::expm1(variable<1>(x)).derivative(1);
} catch (const std::overflow_error&) {
  return HUGE_VAL;
}

}  // namespace

extern "C" {

float d_exp_binary32(float x) { return exp(bd::make_fvar<float, 1>(x)).derivative(1); }
double d_exp_binary64(double x) { return exp(variable<1>(x)).derivative(1); }
double d2_exp_binary64(double x) { return exp(variable<2>(x)).derivative(2); }
double d3_exp_binary64(double x) { return exp(variable<3>(x)).derivative(3); }
double d_expm1_binary64(double x) { return slope_of_expm1(x); }
double d_exp2_binary64(double x) { return pow(2.0, variable<1>(x)).derivative(1); }
double d2_exp2_binary64(double x) { return pow(2.0, variable<2>(x)).derivative(2); }
double d_exp10_binary64(double x) { return pow(10.0, variable<1>(x)).derivative(1); }
double d_pow_x_binary64(double x, double y) { return pow(variable<1>(x), y).derivative(1); }
double d_pow_y_binary64(double x, double y) { return pow(x, variable<1>(y)).derivative(1); }
double d2_pow_x_binary64(double x, double y) { return pow(variable<2>(x), y).derivative(2); }
double d2_pow_y_binary64(double x, double y) { return pow(x, variable<2>(y)).derivative(2); }
double d2_pow_xy_binary64(double x, double y) {
  const auto both = bd::make_ftuple<double, 1, 1>(x, y);
  return pow(std::get<0>(both), std::get<1>(both)).derivative(1, 1);
}

}  // extern "C"
