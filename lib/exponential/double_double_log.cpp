// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// x^y = e^(y·ln x) with the logarithm and its product with y in two words: the cure for naive_pow.
//
// The claim. ln x is off by 2^-68.6 (2^-39.6) of itself (log_pair.hpp), so z = y·ln x by as much,
// and that is a relative error of e^z: for |z| < 710 (89) 2^-59.1 (2^-33.1). The products are off
// by 4u², and e^z in two words by another 2^-70 (2^-41). In ulp, with t < 2^p·ulp(t): 0.0147 +
// 2^-17 in binary64 and 0.0019 + 2^-17 in binary32, beside the one rounding. For a subnormal result
// |z| is a little larger and an ulp twice as large or more. In a directed mode all of it doubles.
#include "lib/exponential/double_double_log.hpp"

#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {

template <Working T>
Claim power_claim() {
  // Just below 1 in up, the one ulp above 1 is two of the binade that the true value is in.
  constexpr bool single = std::same_as<T, float>;
  return claim_of({.max_ulp = single ? "0.503" : "0.516",
                   .max_ulp_directed = single ? "2.006" : "2.032",
                   .special_values = true},
                  *native_format<T>, "lib/exponential/double_double_log.cpp");
}
template Claim power_claim<float>();
template Claim power_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  ship(catalogue, {.method = "double_double_log",
                   .idea = "x^y = e^(y ln x) with the logarithm in two words",
                   .function = &functions::pow,
                   .format = native_format<T>,
                   .code = Binary<T>(shelf::power<T>),
                   .claim = shelf::power_claim<T>()});
}

}  // namespace

void contribute_double_double_log(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
