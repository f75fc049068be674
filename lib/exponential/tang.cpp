// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Table-driven exponential after P. T. P. Tang, ACM TOMS 15 (1989) 144–157.
//
// The claim. In units of ulp(t), whose least value for t = h·e^r near h ∈ [1, 2) is 2^-p: it is
// that for h = 1 and r < 0, and for larger h each error below grows by h < 2 while ulp(t) doubles.
// |p| < 0.0109 < 2^-6, so a rounding at p's size is at most 2^(-7-p).
//
//                                          binary64          binary32
//   the last rounding, hi + (…)            0.5               0.5
//   hi·p, lo + hi·p, and p's own           3·2^-7 = 0.0235   3·2^-7 = 0.0235
//   n·cell_lo; adding it to r²·tail        0.0001            2·2^-6 = 0.0313
//   r²·tail < 2^-14, four roundings        0.0002            0.0005
//   cell_hi + cell_lo against ln2/32       2^-30             2^(12-44.1+24) = 0.0037
//   the polynomial                         0.0013            0.0024
//   sum                                    0.5251            0.5614
//
// In a subnormal result every term but the first is at least halved, and the first is the only
// rounding (see scaled). In binary32 |n·cell_lo| passes 2^-5 only there. In a directed mode each
// rounding is at most one ulp instead of half of one, the exact steps stay exact, and n may be the
// other neighbour only within an ulp of a tie: twice the sum.
#include "lib/exponential/tang.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim tang_claim() {
  constexpr bool single = std::same_as<T, float>;
  return claim_of({.max_ulp = single ? "0.57" : "0.53",
                   .max_ulp_directed = single ? "1.13" : "1.06",
                   .special_values = true},
                  *native_format<T>, "lib/exponential/tang.cpp");
}
template Claim tang_claim<float>();
template Claim tang_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "tang",
                   .idea = "a table of 2^(j/32) and a short polynomial",
                   .function = &functions::exp,
                   .format = native_format<T>,
                   .code = Unary<T>(shelf::tang_exp<T>),
                   .claim = shelf::tang_claim<T>()});
}

}  // namespace

void contribute_tang(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
