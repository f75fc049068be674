// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// e^x − 1 done properly: subtracted before the exponential is rounded, not after. Rounded first,
// e^x has lost all that matters near 0: at x = 2^-30, 23 bits of e^x − 1 are left of 53.
//
// For |x| < ln2/64, where the table's index n is 0, e^r − 1 is what exp_pair.hpp computes on the
// way. Elsewhere |e^x − 1| > 0.0107, and one is taken from the two words of e^x without an error.
//
// The claim. e^x in two words is off by less than 2^-70 (2^-41) of itself in every mode. For n ≠ 0
// that is most, next to e^x − 1, for x just below −ln2/64: 2^-70/0.0107 = 2^-63.4 (2^-34.4) of the
// result, 2^-10.4 ulp. For n = 0 the errors listed there are of the size of x³, and those of r.lo
// are nothing, since it is 0: less than 2^-12 ulp. The rest is one rounding. −1, returned below
// −(p + 2)·ln2, is off by e^x < 2^(−p−2), a quarter of an ulp of the numbers just inside of −1.
// For |x| < 2^-p, x + x²/2 lacks x³/6 < 2^-2p·|x|, and no other x has a subnormal result. In all
// 0.5 + 2^-10.4 ulp, and 1 + 2^-10.4 in a directed mode.
#include "lib/exponential/expm1.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim expm1_claim() {
  return claim_of({.max_ulp = "0.501", .max_ulp_directed = "1.001", .special_values = true},
                  *native_format<T>, "lib/exponential/expm1.cpp");
}
template Claim expm1_claim<float>();
template Claim expm1_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "one_less",
                   .idea = "one taken from the exponential before it is rounded",
                   .function = &functions::expm1,
                   .format = native_format<T>,
                   .code = Unary<T>(shelf::expm1<T>),
                   .claim = shelf::expm1_claim<T>()});
}

}  // namespace

void contribute_expm1(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
