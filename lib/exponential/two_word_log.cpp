// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ln x in two words, rounded once: the table of log_pair.hpp, made for powers, put to its own use.
//
// The claim. log_pair.hpp has ln x within 2^-68.6 (2^-39.6) of itself, twice that in a directed
// mode, also next to 1, where ln x is nearly x − 1. With t < 2^p·ulp(t) that is 2^-15.6 ulp in
// either format, or 2^-14.6, beside one rounding: no result but that of 1 is subnormal or below
// 2^-p. The rounding counts by the ulp of the two words. Those may lie above a power of two and the
// true value below it, so that in a directed mode one ulp is two of the smaller: 2 + 2^-13.6.
#include "lib/exponential/log_pair.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T log(T x) {
  if (x == 1) return 0;  // in down, 1 − 1 is −0
  if (x > 0 && x < shelf::infinity<T>) {
    const auto [hi, lo] = shelf::log_pair(x);
    return hi + lo;
  }
  if (x == 0) return -1 / (x * x);   // −inf, a division by zero
  if (x < 0) return (x - x) / T(0);  // NaN, an invalid operation
  return x + x;                      // inf, NaN
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "0.50003", .max_ulp_directed = "2.0001", .special_values = true};
  ship(catalogue,
       {.method = "two_word_log",
        .idea = "a table of 91 logarithms and a short series, in two words",
        .function = &functions::log,
        .format = native_format<T>,
        .code = Unary<T>(log<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/two_word_log.cpp")});
}

}  // namespace

void contribute_two_word_log(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
