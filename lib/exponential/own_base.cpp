// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// 2^x and 10^x, each reduced in its own base (own_base.hpp).
//
// Exact cases come out exact, without being looked for. 2^n leaves r = 0 and a table entry 1. And
// for 10^n, n = 0 … 22 (10 in binary32), the two words are within 2^-17 ulp of a number of the
// format, so that is what the last rounding returns.
//
// The claim. r = (x − n·c)·ln(base) in two words is off by less than 2^-100 (2^-46): the rest
// n·c.lo, rounded, and the product, 4u². Beyond that it is exp_pair.hpp: below 2^-70 (2^-41) of the
// power in every mode, 2^-17 ulp, and one rounding.
#include "lib/exponential/own_base.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim own_base_claim() {
  // Just below 1 in up, the one ulp above 1 is two of the binade that the true value is in.
  return claim_of({.max_ulp = "0.50001", .max_ulp_directed = "2.00001", .special_values = true},
                  *native_format<T>, "lib/exponential/own_base.cpp");
}
template Claim own_base_claim<float>();
template Claim own_base_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue, const Function& function, Unary<T> code) {
  ship(catalogue, {.method = "own_base",
                   .idea = "reduced in its own base, so that exact powers stay exact",
                   .function = &function,
                   .format = native_format<T>,
                   .code = code,
                   .claim = shelf::own_base_claim<T>()});
}

}  // namespace

void contribute_own_base(Catalogue& catalogue) {
  add<float>(catalogue, functions::exp2, shelf::own_base_exp2<float>);
  add<double>(catalogue, functions::exp2, shelf::own_base_exp2<double>);
  add<float>(catalogue, functions::exp10, shelf::own_base_exp10<float>);
  add<double>(catalogue, functions::exp10, shelf::own_base_exp10<double>);
}

}  // namespace napier
