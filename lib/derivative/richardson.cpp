// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Richardson's extrapolation (1910): central differences with h, h/2 and h/4, of which the errors
// of h² and h⁴ are cancelled by what they have in common, (D(h) − 20D(h/2) + 64D(h/4))/45.
//
// The claim (difference.hpp), in ulp. Each central difference is sinh(θ)/θ, so that λ − 1
// is 3.11e-6·θ⁶ and less than 2 % beyond it. A central difference has ε·cosh θ/θ; of θ, θ/2 and θ/4
// that makes (1 + 40 + 256)/45 = 6.6 times. They divide by the step that was made, so the
// arguments' rounding only moves their middles: 85/45 times ln a(|x| + h). The other steps add 11.
//
//                                   λ        ε        beside these    times |x|
//   e^x    binary64, h = 2^-5       26.6     224      11              1.9
//          binary32, h = 2^-2       0.013    31.1     11              1.9
//   10^x   binary64, h = 2^-6       61.8     184      11              4.4
//          binary32, h = 2^-2       2.0      13.5     11              4.4
#include "lib/derivative/difference.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"richardson", "central differences at h, h/2 and h/4, extrapolated",
                               "lib/derivative/richardson.cpp"};

template <Working T, class Function>
T richardson(Function f, T x, T h) {
  const T coarse = shelf::central_difference(f, x, h);
  const T middle = shelf::central_difference(f, x, h / 2);
  const T fine = shelf::central_difference(f, x, h / 4);
  const T better = middle + (middle - coarse) / 3;
  const T best = fine + (fine - middle) / 3;
  return best + (best - better) / 15;
}

template <Working T>
T d_exp(T x) {
  return richardson(shelf::tang_exp<T>, x, shelf::step<T>(-2, -5));
}

template <Working T>
T d_exp10(T x) {
  return richardson(shelf::own_base_exp10<T>, x, shelf::step<T>(-2, -6));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
      {"ulp <= 43 + 1.9*|x| on [-86, 88]", "ulp <= 262 + 1.9*|x| on [-708, 709]"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
      {"ulp <= 28 + 4.4*|x| on [-37, 38]", "ulp <= 257 + 4.4*|x| on [-307, 307.8]"});
}

}  // namespace

void contribute_richardson(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
