// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives by dual numbers, of the shelf's own exp and pow: the values are theirs, bit for bit.
//
// The claims. (e^x)′ = e^x·1 is exact: the slope is as good as the value, which is tang's.
//
// For x^(y + ε) the logarithm is L + 0·ε with L = ln x rounded, the exponent y·L + (L + y·0)·ε, and
// the slope fl(e^z·L). In units of u = 2^-p, relative to the true x^y·ln x:
//
//   e^z against x^y: 119.1 for z (naive_pow.cpp) and 2·0.57 for Tang's exp     120.3
//   L against ln x: 4.59 where it is above 4, and never more than 2.2            1.2
//   the product                                                                  1
//
// and in ulp no more. The second line is 4.59/4 in the corner where the first is reached; where
// |ln x| < 1, L may be off by 2.2u, but then z is off by at most 12·1.1 + 8 only.
#include "lib/derivative/dual.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

constexpr std::string_view file = "lib/derivative/dual.cpp";

template <class T>
T exp_slope(T x) {
  return exp(shelf::variable(x)).slope;
}

template <class T>
T pow_slope(T x, T y) {
  return pow(shelf::constant(x), shelf::variable(y)).slope;
}

template <class T>
void add(Catalogue& catalogue) {
  Claim as_tang = shelf::tang_claim<T>();
  as_tang.special_values = false;  // C23 knows no derivatives
  as_tang.source = file;
  ship_derivative(catalogue,
                  {.method = "dual",
                   .idea = "dual numbers: the chain rule carried along with the value",
                   .function = &functions::d_exp,
                   .format = native_format<T>,
                   .code = Unary<T>(exp_slope<T>),
                   .claim = as_tang},
                  Unary<T>(shelf::tang_exp<T>), shelf::tang_claim<T>());

  const Claim primal = shelf::naive_pow_claim<T>();
  ship_derivative(
      catalogue,
      {.method = "dual",
       .idea = "dual numbers through e^(y ln x): the slope x^y ln x comes out by itself",
       .function = &functions::d_pow_y,
       .format = native_format<T>,
       .code = Binary<T>(pow_slope<T>),
       .claim =
           shelf::claim_of({.max_ulp = "122.5", .max_ulp_directed = "245", .domain = primal.domain},
                           *native_format<T>, file)},
      Binary<T>(shelf::naive_pow<T>), primal);
}

}  // namespace

void contribute_dual(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
