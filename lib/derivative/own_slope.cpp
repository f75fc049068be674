// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (e^x)′ = e^x: the derivative of e^x and of e^x − 1 is the exponential itself, and no operation is
// left that could lose anything.
//
// Of e^x − 1 it is often taken from the value at hand, as (e^x − 1) + 1. For x below −37 (−17 in
// binary32) the value is −1, and that sum 0 in place of e^x: the whole derivative is lost, and with
// it every step that an optimiser would take there. Here the exponential is asked again.
//
// The claim is that of two words rounded once (double_double.cpp): 0.5 + 2^-17 ulp, twice that in a
// directed mode.
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"own_slope", "(e^x)' = e^x: the value is its own slope",
                               "lib/derivative/own_slope.cpp"};

template <Working T>
T own_slope(T x) {
  return shelf::exp_is_ordinary(x) ? shelf::exp_pair(x).rounded() : shelf::exp_limit(x);
}

template <Working T>
void add(Catalogue& catalogue) {
  constexpr std::string_view text = "ulp <= 0.50001; ulp <= 1.00001 in directed";
  for (const Function* function : {&functions::d_exp, &functions::d_expm1})
    shelf::add_derivative<T>(catalogue, method, *function, Unary<T>(own_slope<T>), {text, text});
}

}  // namespace

void contribute_own_slope(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
