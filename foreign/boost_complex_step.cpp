// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <boost/math/differentiation/finite_difference.hpp>
#include <cmath>
#include <complex>

namespace {

namespace bd = boost::math::differentiation;

template <class F, class T>
T slope(F f, T x) {
  return bd::complex_step_derivative(f, x);
}

}  // namespace

extern "C" {

float d_exp_binary32(float x) {
  return slope([](std::complex<float> z) { return std::exp(z); }, x);
}
double d_exp_binary64(double x) {
  return slope([](std::complex<double> z) { return std::exp(z); }, x);
}
double d_exp2_binary64(double x) {
  return slope([](std::complex<double> z) { return std::pow(2.0, z); }, x);
}
double d_pow_x_binary64(double x, double y) {
  return slope([y](std::complex<double> z) { return std::pow(z, y); }, x);
}
double d_pow_y_binary64(double x, double y) {
  return slope([x](std::complex<double> z) { return std::pow(x, z); }, y);
}

}  // extern "C"
