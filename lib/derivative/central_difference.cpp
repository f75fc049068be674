// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (f(x + h) − f(x − h))/2h, by the step that was made: odd powers of h cancel.
//
// The claim (difference.hpp), relative: λ − 1 = sinh θ/θ − 1, ε·cosh θ/θ, the middle of the chord
// half an ulp of x off, and 3u. For e^x − 1 at x ≥ −1 a value is off by no more than 1.73ε of e^x.
//
//                                    λ − 1       rounding    middle      sum
//   e^x      binary64, h = 2^-17     9.71e-12    1.55e-11    5.7e-14     2.53e-11
//            binary32, h = 2^-7      1.02e-5     8.71e-6     3.9e-6      2.30e-5
//   2^x      binary64, h = 2^-17     4.67e-12    2.10e-11    4.0e-14     2.58e-11
//            binary32, h = 2^-7      4.90e-6     1.11e-5     2.7e-6      1.88e-5
//   e^x − 1  binary64, h = 2^-17     9.71e-12    2.53e-11    5.7e-14     3.52e-11
//            binary32, h = 2^-7      1.02e-5     1.33e-5     3.9e-6      2.76e-5
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"central_difference", "a chord over both neighbours at 2^-17",
                               "lib/derivative/central_difference.cpp"};

template <Working T>
T d_exp(T x) {
  return shelf::central_difference(shelf::tang_exp<T>, x, shelf::step<T>(-7, -17));
}

template <Working T>
T d_exp2(T x) {
  return shelf::central_difference(shelf::own_base_exp2<T>, x, shelf::step<T>(-7, -17));
}

template <Working T>
T d_expm1(T x) {
  return shelf::central_difference(shelf::expm1<T>, x, shelf::step<T>(-7, -17));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
                           {"rel <= 2.3e-5 on [-86, 88]", "rel <= 2.53e-11 on [-708, 709]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
                           {"rel <= 1.88e-5 on [-125, 127]", "rel <= 2.58e-11 on [-1021, 1023]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_expm1, Unary<T>(d_expm1<T>),
                           {"rel <= 2.76e-5 on [-1, 88]", "rel <= 3.52e-11 on [-1, 709]"});
}

}  // namespace

void contribute_central_difference(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
