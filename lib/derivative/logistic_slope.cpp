// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The logistic function's derivative and the gradient of log-sum-exp, the softmax, in closed form
// and from an exponential that cannot overflow: e = e^−|x|, or e^−|x−y|,
//
//   s′ = e/(1 + e)²,   s″ = s′·(t − s) with t − s = (e^−|x| − 1)/(1 + e) for x ≥ 0,
//   L_x = s(x − y),    L_xy = −s′(x − y).
//
// The claims, in units of u = 2^-p; an error of n·u of itself is at most n ulp. Of x alone e is
// off by 1.14u (tang.cpp), of x − y, which is taken in two words, by 1.0001u. 1 + e is rounded, u,
// twice that and one more in its square, and the quotient's rounding is ½ ulp:
//
//   s′    1.14 + 3 + ½             4.65      L_xy  1 + 3 + ½   4.51
//   s″    1.14 + 3 + 1, t − s with 1.01 + 1 + 1, and ½:  8.65, less what e has in common: 8.66
//   L_x   1 + 1 + ½ where it is below a half, 1.5 above:  2.51
//
// Where e is subnormal all other factors are 1, and it is off by 0.57 least subnormals.
//
// s(1 − s), as most programs have it, loses 1 − s: its error is absolute. 1.5u of s (logistic.cpp)
// times |1 − 2s| ≤ 1, the roundings of 1 − s, half an ulp of at most u times s, ¼u at most, and of
// the product, ⅛u: 1.875u.
#include "lib/composition/logistic.hpp"
#include "lib/derivative/row.hpp"
#include "lib/exponential/expm1.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method closed{"logistic_slope", "s' = e/(1 + e)^2 of e = e^-|x|",
                               "lib/derivative/logistic_slope.cpp"};
constexpr shelf::Method by_value{"value_times_rest", "s' = s (1 - s), of the value alone",
                                 "lib/derivative/logistic_slope.cpp"};

template <Working T>
T slope_of(T e) {
  return e / ((1 + e) * (1 + e));
}

template <Working T>
T d_sigmoid(T x) {
  return slope_of(shelf::tang_exp(-std::fabs(x)));
}

template <Working T>
T d2_sigmoid(T x) {
  const T e = shelf::tang_exp(-std::fabs(x));
  const T rest = shelf::expm1(-std::fabs(x)) / (1 + e);
  return x < 0 ? -(slope_of(e) * rest) : slope_of(e) * rest;
}

template <Working T>
T d_sigmoid_by_value(T x) {
  const T s = shelf::sigmoid(x);
  return s * (1 - s);
}

/// s(x − y).
template <Working T>
T d_logaddexp_x(T x, T y) {
  const T e = shelf::falling_exp(x, y);
  return x < y ? e / (1 + e) : 1 / (1 + e);
}
template <Working T>
T d_logaddexp_y(T x, T y) {
  return d_logaddexp_x(y, x);
}
template <Working T>
T d2_logaddexp_xy(T x, T y) {
  return -slope_of(shelf::falling_exp(x, y));
}

template <Working T>
void add(Catalogue& catalogue) {
  namespace fn = functions;
  const shelf::Value sigmoid{Unary<T>(shelf::sigmoid<T>), shelf::sigmoid_claim<T>()};
  const shelf::Value softplus{Unary<T>(shelf::softplus<T>), shelf::softplus_claim<T>()};
  const shelf::Value logaddexp{Binary<T>(shelf::logaddexp<T>), shelf::logaddexp_claim<T>()};
  const auto add_one = [&](const Function& f, ScalarFunction code, std::string_view claim,
                           const shelf::Value& value) {
    shelf::add_derivative<T>(catalogue, closed, f, code, {claim, claim}, value);
  };
  add_one(fn::d_sigmoid, Unary<T>(d_sigmoid<T>), "ulp <= 4.65", sigmoid);
  add_one(derivative(fn::d_sigmoid, 2), Unary<T>(d2_sigmoid<T>), "ulp <= 8.66", sigmoid);
  add_one(fn::d_softplus, Unary<T>(shelf::sigmoid<T>),
          "ulp <= 1.501 on [0, inf]; ulp <= 2.65 on [-inf, 0]", softplus);
  add_one(fn::d_logaddexp_x, Binary<T>(d_logaddexp_x<T>), "ulp <= 2.51", logaddexp);
  add_one(fn::d_logaddexp_y, Binary<T>(d_logaddexp_y<T>), "ulp <= 2.51", logaddexp);
  add_one(mixed_derivative_of(fn::logaddexp), Binary<T>(d2_logaddexp_xy<T>), "ulp <= 4.51",
          logaddexp);
  shelf::add_derivative<T>(catalogue, by_value, fn::d_sigmoid, Unary<T>(d_sigmoid_by_value<T>),
                           {"abs <= 0x1p-23", "abs <= 0x1p-52"}, sigmoid);
}

}  // namespace

void contribute_logistic_slope(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
