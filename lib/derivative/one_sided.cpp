// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (3f(x) − 4f(x − h) + f(x − 2h))/2h, from one side alone: it goes on up to where f overflows, and
// serves where f ends, at a price.
//
// The claim (difference.hpp), in ulp: 1 − λ is below θ²/3; of ε 4/θ times is left, for f(x) stands
// there three times, f(x − h) four times and f(x − 2h) once; of the arguments' rounding, u(|x| +
// 2h), 5/2θ times; the other steps add 4.
//
//                                   λ         ε         beside these    times |x|
//   e^x    binary64, h = 2^-17      174763    555747    9               327681
//          binary32, h = 2^-7       341.4     583.7     9               320.1
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"one_sided", "three points of one side",
                               "lib/derivative/one_sided.cpp"};

template <Working T>
T d_exp(T x) {
  return shelf::one_sided_difference(shelf::tang_exp<T>, x, shelf::step<T>(-7, -17));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
      {"ulp <= 935 + 320.1*|x| on [-86, 88.7]", "ulp <= 730525 + 327681*|x| on [-708, 709.7]"});
}

}  // namespace

void contribute_one_sided(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
