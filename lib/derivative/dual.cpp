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
//
// For (x + ε)^y it is (y·(1/x))·e^z: 120.3 and 1, 1 and ½: 122.8.
//
// For 2^(x + ε) the exponent is z = fl(x·L), L = ln 2 rounded, and its slope L. L is off by 0.302u
// (0.047u in binary32), so z by 1.302u·|x| ln 2, and that is a relative error of e^z: 0.903|x| ulp
// (0.726|x|). To that come e^z itself, L and the product: 1.06 + 0.302 + ½ (1.14 + 0.047 + ½), a
// hundredth for what is of second order. e^z overflows before its slope does: the domain ends
// there.
#include "lib/derivative/dual.hpp"

#include "lib/derivative/row.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

constexpr std::string_view file = "lib/derivative/dual.cpp";

template <class T>
T exp_slope(T x) {
  return exp(shelf::variable(x)).slope;
}

template <class T>
T exp2_slope(T x) {
  return exp(shelf::constant(shelf::ln2<T>.hi) * shelf::variable(x)).slope;
}

template <class T>
T pow_slope(T x, T y) {
  return pow(shelf::constant(x), shelf::variable(y)).slope;
}

template <class T>
T pow_slope_along_base(T x, T y) {
  return pow(shelf::variable(x), shelf::constant(y)).slope;
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

  const shelf::Method method{"dual", "dual numbers: the chain rule carried along with the value",
                             file};
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp2, Unary<T>(exp2_slope<T>),
      {"ulp <= 1.7 + 0.726*|x| on [-200, 127]", "ulp <= 1.88 + 0.903*|x| on [-1200, 1023]"});
  constexpr std::string_view along_base =
      "ulp <= 123 on x in [0x1p-10, 0x1p10], y in [0x1p-20, 12]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_x,
                           Binary<T>(pow_slope_along_base<T>), {along_base, along_base},
                           {Binary<T>(shelf::naive_pow<T>), primal});
}

}  // namespace

void contribute_dual(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
