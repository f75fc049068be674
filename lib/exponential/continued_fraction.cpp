// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Lambert's continued fraction of 1761, with which he proved that e^r is irrational for rational r:
//
//   tanh h = h/(1 + h²/(3 + h²/(5 + …))),   e^r = (1 + t)/(1 − t) = 1 + 2t/(1 − t), t = tanh(r/2).
//
// Nothing but odd numbers. Depth m leaves a relative error of 2^-62 for m = 6 and 2^-38 for m = 4,
// |r| ≤ ln2/2: it is Padé's approximant of degree m, in another guise and with other roundings.
//
// The claim. The worst r is −ln2/2, t = −0.172, e^r = 0.707; in ulp of e^r:
//
//   r = hi + lo                                0.18
//   the outermost denominator, 1.01            0.25
//   h divided by it                            0.18
//   1 − t = 1.17; the quotient −0.293          0.25 + 0.25
//   the last 1 + …                             0.5
//   inside the fraction                        0.01
//
// 1.62 in all; r = ln2/2 has 1.37. In a subnormal result all but the last rounding are at least
// halved and that is 0.5 + 1/8 (see scaled). A directed mode doubles it all.
#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T continued_fraction(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  constexpr int depth = std::same_as<T, float> ? 4 : 6;
  const auto reduced = shelf::modulo_ln2(x);
  const T h = reduced.r() / 2;
  const T square = h * h;
  T denominator = 2 * depth - 1;
  for (int odd = 2 * depth - 3; odd > 0; odd -= 2)
    denominator = static_cast<T>(odd) + square / denominator;
  const T tanh = h / denominator;
  return shelf::scaled(T(1), 2 * tanh / (1 - tanh), reduced.k);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "1.63", .max_ulp_directed = "3.26", .special_values = true};
  ship(catalogue,
       {.method = "continued_fraction",
        .idea = "Lambert's fraction of the hyperbolic tangent, e^r = (1 + t)/(1 - t)",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(continued_fraction<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/continued_fraction.cpp")});
}

}  // namespace

void contribute_continued_fraction(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
