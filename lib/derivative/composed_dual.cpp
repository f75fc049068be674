// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Compositions run on dual numbers: nothing is differentiated by hand, the chain rule is carried
// along through their plain definitions.
//
// The claims, in units of u = 2^-p, with e off by 1.14u (tang.cpp):
//
//   1/(1 + e^−x), slope v·e/s with s = 1 + e and v = 1/s: e counts |1 − e|/(1 + e) of 1.14, s is
//   rounded once and divides twice, 2, v 1, the product 1, and the last rounding ½:  5.65
//   ln(1 + e^x), slope e/s: 1.14, 1 and ½:  2.65. Where e would overflow or s·s vanish the domain
//   ends.
//   2^(x/y), slope 2^q·(ln 2·(1/y)): q is rounded, |q| ln 2·u, 44.4 for |q| ≤ 64; 2^q itself
//   1.0001, ln 2 0.302, and 1, 1 and ½:  48.3
#include "lib/composition/growth.hpp"
#include "lib/composition/logistic.hpp"
#include "lib/derivative/dual.hpp"
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"dual", "dual numbers: the chain rule carried along with the value",
                               "lib/derivative/composed_dual.cpp"};

template <Working T>
T d_sigmoid(T x) {
  const auto one = shelf::constant(T(1));
  return (one / (one + exp(-shelf::variable(x)))).slope;
}

template <Working T>
T d_softplus(T x) {
  return log(shelf::constant(T(1)) + exp(shelf::variable(x))).slope;
}

template <Working T>
T d_growth_x(T x, T y) {
  return exp2(shelf::variable(x) / shelf::constant(y)).slope;
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_sigmoid, Unary<T>(d_sigmoid<T>),
                           {"ulp <= 5.65 on [-85, 85]", "ulp <= 5.65 on [-700, 700]"},
                           {Unary<T>(shelf::sigmoid<T>), shelf::sigmoid_claim<T>()});
  shelf::add_derivative<T>(catalogue, method, functions::d_softplus, Unary<T>(d_softplus<T>),
                           {"ulp <= 2.65 on [-85, 85]", "ulp <= 2.65 on [-700, 700]"},
                           {Unary<T>(shelf::softplus<T>), shelf::softplus_claim<T>()});
  constexpr std::string_view along_time = "ulp <= 48.3 on x in [-64, 64], y in [1, 64]";
  shelf::add_derivative<T>(catalogue, method, functions::d_growth_x, Binary<T>(d_growth_x<T>),
                           {along_time, along_time},
                           {Binary<T>(shelf::growth<T>), shelf::growth_claim<T>()});
}

}  // namespace

void contribute_composed_dual(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
