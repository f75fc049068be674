// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (45(f₁ − f₋₁) − 9(f₂ − f₋₂) + (f₃ − f₋₃))/60h with f_c = f(x + ch): the sixth power of h is the
// first that is left, so h may be large and the noise small.
//
// 45 times a difference overflows a little before e^x in binary32: the domain ends there.
//
// The claim (difference.hpp), in ulp: λ − 1 is θ⁶/140 and less than 2 % beyond it; of ε and of the
// arguments' rounding, u(|x| + 3h), 11/6·cosh(3θ)/θ times is left; the other steps add 6.
//
//                                   λ        ε        beside these    times |x|
//   e^x    binary64, h = 2^-7       15       249      12              234.8
//          binary32, h = 2^-3       0.47     17.95    12              15.8
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"seven_point", "seven points, errors of h^2 and h^4 cancelled",
                               "lib/derivative/seven_point.cpp"};

template <Working T>
T d_exp(T x) {
  return shelf::seven_point_difference(shelf::tang_exp<T>, x, shelf::step<T>(-3, -7));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
      {"ulp <= 30.5 + 15.8*|x| on [-86, 86]", "ulp <= 277 + 234.8*|x| on [-708, 709]"});
}

}  // namespace

void contribute_seven_point(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
