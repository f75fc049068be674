// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (f(x + h) − 2f(x) + f(x − h))/h², the second derivative as the grid sees it.
//
// The claim (difference.hpp), in ulp: λ − 1 = 2(cosh θ − 1)/θ² − 1, θ²/12 and a little; of ε
// (2cosh θ + 2)/θ² times is left, and of the arguments' rounding, u(|x| + h), 2cosh θ/θ² times: two
// of them that are off by different amounts tilt the parabola. The other steps add 4.
//
//                                   λ          ε          beside these    times |x|
//   e^x    binary64, h = 2^-12      4.479e7    7.114e7    8300            3.3555e7
//          binary32, h = 2^-5       1367       4671       70              2050
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"second_difference", "the second difference over h^2",
                               "lib/derivative/second_difference.cpp"};

template <Working T>
T d2_exp(T x) {
  return shelf::second_difference(shelf::tang_exp<T>, x, shelf::step<T>(-5, -12));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, derivative(functions::d_exp, 2), Unary<T>(d2_exp<T>),
      {"ulp <= 6108 + 2050*|x| on [-86, 88]", "ulp <= 1.1594e8 + 3.3555e7*|x| on [-708, 709]"});
}

}  // namespace

void contribute_second_difference(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
