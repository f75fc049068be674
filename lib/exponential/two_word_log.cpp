// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ln x in two words, rounded once: the table of log_pair.hpp, made for powers, put to its own use.
//
// The claim. log_pair.hpp has ln x within 2^-68.6 (2^-39.6) of itself, twice that in a directed
// mode, also next to 1, where ln x is nearly x − 1. With t < 2^p·ulp(t) that is 2^-15.6 ulp in
// either format, or 2^-14.6, beside one rounding: no result but that of 1 is subnormal or below
// 2^-p. The rounding counts by the ulp of the two words. Those may lie above a power of two and the
// true value below it, so that in a directed mode one ulp is two of the smaller: 2 + 2^-13.6.
#include "lib/exponential/two_word_log.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim two_word_log_claim() {
  return claim_of({.max_ulp = "0.50003", .max_ulp_directed = "2.0001", .special_values = true},
                  *native_format<T>, "lib/exponential/two_word_log.cpp");
}
template Claim two_word_log_claim<float>();
template Claim two_word_log_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "two_word_log",
                   .idea = "a table of 91 logarithms and a short series, in two words",
                   .function = &functions::log,
                   .format = native_format<T>,
                   .code = Unary<T>(shelf::two_word_log<T>),
                   .claim = shelf::two_word_log_claim<T>()});
}

}  // namespace

void contribute_two_word_log(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
