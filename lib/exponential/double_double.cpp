// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An exponential in twice the working precision, rounded once: what extended precision buys when
// there is none, for about three times the work of a table-driven one.
//
// The claim. exp_pair.hpp has e^x in two words within 2^-70 (2^-41) of itself, in every mode, and
// t < 2^p·ulp(t): 2^-17 ulp. The rest is one rounding, of the sum of the two words, also where the
// result is subnormal (scaled loses 2^-p ulp there). 0.5 + 2^-17, and 1 + 2^-17 in a directed mode.
#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T double_double(T x) {
  return shelf::exp_is_ordinary(x) ? shelf::exp_pair(x).rounded() : shelf::exp_limit(x);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "0.50001", .max_ulp_directed = "1.00001", .special_values = true};
  ship(catalogue,
       {.method = "double_double",
        .idea = "two words in place of one, rounded once",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(double_double<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/double_double.cpp")});
}

}  // namespace

void contribute_double_double(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
