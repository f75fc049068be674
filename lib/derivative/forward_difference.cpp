// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (f(x + h) − f(x))/h, by the step that was made: the first thing that everybody writes.
//
// The claim (difference.hpp), relative: λ − 1 = (e^θ − 1)/θ − 1, ε(e^θ + 1)/θ, and 3u for the step,
// the quotient and its operands. The step that is made differs from h by half an ulp of x at most.
//
//                                    λ − 1       rounding    sum
//   e^x    binary64, h = 2^-26       7.45e-9     1.58e-8     2.33e-8
//          binary32, h = 2^-11       2.46e-4     2.81e-4     5.27e-4
//   10^x   binary64, h = 2^-26       1.72e-8     6.48e-9     2.37e-8
//          binary32, h = 2^-11       5.65e-4     1.07e-4     6.72e-4
//
// Half of the digits are lost at best: with h √u times as large as x is, λ and rounding meet.
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"forward_difference", "a chord to a neighbour at 2^-26",
                               "lib/derivative/forward_difference.cpp"};

template <Working T>
T d_exp(T x) {
  return shelf::forward_difference(shelf::tang_exp<T>, x, shelf::step<T>(-11, -26));
}

template <Working T>
T d_exp10(T x) {
  return shelf::forward_difference(shelf::own_base_exp10<T>, x, shelf::step<T>(-11, -26));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
                           {"rel <= 5.27e-4 on [-86, 88]", "rel <= 2.33e-8 on [-708, 709]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
                           {"rel <= 6.72e-4 on [-37, 38]", "rel <= 2.37e-8 on [-307, 308]"});
}

}  // namespace

void contribute_forward_difference(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
