// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <boost/math/differentiation/finite_difference.hpp>
#include <cmath>

namespace {

namespace bd = boost::math::differentiation;

template <std::size_t order, class T>
T slope(T (*f)(T), T x) {
  return bd::finite_difference_derivative<decltype(f), T, order>(f, x);
}
float exp32(float x) { return std::exp(x); }
double exp64(double x) { return std::exp(x); }
double expm1_of(double x) { return std::expm1(x); }
double exp2_of(double x) { return std::exp2(x); }

}  // namespace

extern "C" {

float d_exp_binary32(float x) { return slope<6>(exp32, x); }
double d_exp_binary64(double x) { return slope<6>(exp64, x); }
double d_expm1_binary64(double x) { return slope<6>(expm1_of, x); }
double d_exp2_binary64(double x) { return slope<6>(exp2_of, x); }

}  // extern "C"
