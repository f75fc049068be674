// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Compound growth, 2^(x/y), from 2^x in its own base (own_base.cpp).
//
// The claim. x − q·y is exact, and its quotient by y, half an ulp of q at most, is off by 3u of
// itself, u = 2^-p: 3u²·|q| ln 2 < 2^-94 (2^-39) of the power for |q| < 2^11 (2^8), with the sum in
// two words twice that. The power itself is off by 2^-70 (2^-41) (own_base.cpp): together 2^-15
// ulp beside one rounding, 0.50004, in binary32, and less than 0.00001 in binary64. Products of
// the two words must neither overflow nor lose what matters: the domain ends before.
#include "lib/composition/growth.hpp"

#include "lib/target/claim_grammar.hpp"
#include "lib/target/contribute.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim growth_claim() {
  constexpr bool single = std::same_as<T, float>;
  Claim claim =
      parse_claim(single ? "ulp <= 0.50004 on x in [-0x1p60, 0x1p60], y in [0x1p-20, 0x1p60]"
                         : "ulp <= 0.50001 on x in [-0x1p400, 0x1p400], y in [0x1p-400, 0x1p400]",
                  functions::growth, *native_format<T>);
  claim.source = "lib/composition/growth.cpp";
  return claim;
}
template Claim growth_claim<float>();
template Claim growth_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "doubling",
                   .idea = "2^(x/y) in base 2, the quotient in two words",
                   .function = &functions::growth,
                   .format = native_format<T>,
                   .code = Binary<T>(shelf::growth<T>),
                   .claim = shelf::growth_claim<T>()});
}

}  // namespace

void contribute_growth(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
