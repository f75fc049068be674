// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The log-normal density, by one exponential in two words of the logarithm in two words.
//
// The claim. Where the density is no 0, L²/2 + L + ln(2π)/2 < 746 (104): L is off by 2^-68.6
// (2^-39.6) of itself, so L² + L by no more than 2^-67.6·(746·2 + 40) = 2^-57.0 (2^-31.8), and the
// sums in two words by less than 2^-90 (2^-38). That is relative to the density, as is the
// exponential's 2^-70 (2^-41): 2^-4 ulp (2^-7.7) beside one rounding, and what scaled loses where
// the result is subnormal, 2^-p. 0.5626 (0.505).
#include "lib/composition/lognormal.hpp"

#include "lib/target/claim_grammar.hpp"
#include "lib/target/contribute.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim lognormal_claim() {
  constexpr bool single = std::same_as<T, float>;
  Claim claim = parse_claim(single ? "ulp <= 0.506" : "ulp <= 0.564", functions::lognormal,
                            *native_format<T>);
  claim.source = "lib/composition/lognormal.cpp";
  return claim;
}
template Claim lognormal_claim<float>();
template Claim lognormal_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "two_words",
                   .idea = "one exponential, of ln x in two words",
                   .function = &functions::lognormal,
                   .format = native_format<T>,
                   .code = Unary<T>(shelf::lognormal<T>),
                   .claim = shelf::lognormal_claim<T>()});
}

}  // namespace

void contribute_lognormal(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
