// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Everybody's first pow, and why it is not enough: an error of the exponent z = y·ln x is a
// relative error of e^z, and z's own rounding is as large as z is.
//
// The claim, for 2^-10 ≤ x ≤ 2^10 and |y| ≤ 12, in units of u = 2^-p:
//
//   s·(f − R) ≤ 0.068, from four roundings: 4·0.068                      0.27
//   its sum with k·lo < 2^-13, below 2^-3                                0.07
//   f − (…), below 1/2                                                   0.25
//   k·hi + (…) = ln x, below 8                                           4
//   so ln x is off by at most 4.59u, and y·ln x, |y| ≤ 12, by           55.1
//   the rounding of z, |z| ≤ 83.2 < 128                                 64
//   together, relative to e^z (second order: 119²u/2 < 0.001)          119.1
//
// and in ulp no more, since t < 2^p·ulp(t); e^z itself adds 0.57 (0.53). The rounding of z doubles
// with every binade of z: over the whole range of binary64 it alone would be 512 ulp. For |ln x|
// below 4 each line is smaller or the same, so the corners of the domain are the worst. In a
// directed mode everything doubles.
#include "lib/exponential/naive_pow.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim naive_pow_claim() {
  return claim_of({.max_ulp = "119.7",
                   .max_ulp_directed = "239.4",
                   .domain = {.x = {0x1p-10, 0x1p10}, .y = {-12, 12}}},
                  *native_format<T>, "lib/exponential/naive_pow.cpp");
}
template Claim naive_pow_claim<float>();
template Claim naive_pow_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "naive_pow",
                   .idea = "x^y = e^(y ln x) in working precision",
                   .function = &functions::pow,
                   .format = native_format<T>,
                   .code = Binary<T>(shelf::naive_pow<T>),
                   .claim = shelf::naive_pow_claim<T>()});
}

}  // namespace

void contribute_naive_pow(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
