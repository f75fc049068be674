// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Central differences of compositions, of which no exact factor is known: what they leave out is
// bounded by Taylor's remainder, h²/6 times the largest |f‴| over [x − h, x + h].
//
// The claims are absolute. s‴ is at most 1/8 anywhere and softplus‴ = s″ at most 1/(6√3) < 0.0963.
// A value that is off by δ makes δ/h. s is off by 1.5u at most, u = 2^-p; softplus below 8 by 3.48
// ulp of 4, 3.48·2^(3-p). Differences of neighbours are exact. The arguments' rounding moves the
// middle of the chord, by at most an ulp of x, which f″ makes into less than 10^-15 (4·10^-7).
//
//                                        truncation   values     sum
//   s         binary64, h = 2^-16        4.86e-12     1.10e-11   1.59e-11
//             binary32, h = 2^-6         5.09e-6      5.73e-6    1.13e-5
//   softplus  binary64, h = 2^-14        5.98e-11     5.07e-11   1.11e-10
//             binary32, h = 2^-5         1.57e-5      5.32e-5    6.93e-5
#include "lib/composition/logistic.hpp"
#include "lib/derivative/difference.hpp"
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"central_difference", "a chord over both neighbours",
                               "lib/derivative/composed_difference.cpp"};

template <Working T>
T d_sigmoid(T x) {
  return shelf::central_difference(shelf::sigmoid<T>, x, shelf::step<T>(-6, -16));
}

template <Working T>
T d_softplus(T x) {
  return shelf::central_difference(shelf::softplus<T>, x, shelf::step<T>(-5, -14));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_sigmoid, Unary<T>(d_sigmoid<T>),
                           {"abs <= 1.16e-5 on [-32, 32]", "abs <= 1.6e-11 on [-32, 32]"},
                           {Unary<T>(shelf::sigmoid<T>), shelf::sigmoid_claim<T>()});
  shelf::add_derivative<T>(catalogue, method, functions::d_softplus, Unary<T>(d_softplus<T>),
                           {"abs <= 6.95e-5 on [-7.9, 7.9]", "abs <= 1.12e-10 on [-7.9, 7.9]"},
                           {Unary<T>(shelf::softplus<T>), shelf::softplus_claim<T>()});
}

}  // namespace

void contribute_composed_difference(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
