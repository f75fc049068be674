// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (8(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h)))/12h, the fourth power of h being the first
// that is left. It divides by the step that was meant: the rounding of its arguments is noise.
//
// The claim (difference.hpp), in ulp: λ − 1 is −θ⁴/30 and less than 2 % beyond it; of ε and of the
// arguments' rounding, u ln a(|x| + 2h), 1.5·cosh(2θ)/θ times is left; the other steps add 6.
//
//                                   λ        ε        beside these    times |x|
//   e^x    binary64, h = 2^-10      279      1629     9               1536.1
//          binary32, h = 2^-4       8.71     27.6     9.1             24.2
//   2^x    binary64, h = 2^-10      65       2217     9               1536.1
//          binary32, h = 2^-4       2.01     34.8     9.1             24.1
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"five_point", "five points, errors of h^2 cancelled",
                               "lib/derivative/five_point.cpp"};

template <Working T>
T d_exp(T x) {
  return shelf::five_point_difference(shelf::tang_exp<T>, x, shelf::step<T>(-4, -10));
}

template <Working T>
T d_exp2(T x) {
  return shelf::five_point_difference(shelf::own_base_exp2<T>, x, shelf::step<T>(-4, -10));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
      {"ulp <= 45.5 + 24.2*|x| on [-86, 88]", "ulp <= 1920 + 1536.1*|x| on [-708, 709]"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
      {"ulp <= 46 + 24.1*|x| on [-125, 127]", "ulp <= 2295 + 1536.1*|x| on [-1021, 1023]"});
}

}  // namespace

void contribute_five_point(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
