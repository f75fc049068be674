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
namespace {

template <shelf::Working T>
T power(const shelf::OwnCell<T>& cell) {
  return shelf::times_table(cell.n, shelf::expm1_pair(cell.r)).rounded();
}

template <shelf::Working T>
T exp2(T x) {
  if (!shelf::exp_is_ordinary(x * shelf::ln2<T>.hi)) return shelf::exp_limit(x);
  return power(shelf::cell_of_two(x));
}

template <shelf::Working T>
T exp10(T x) {
  if (!shelf::exp_is_ordinary(x * shelf::ln10<T>.hi)) return shelf::exp_limit(x);
  return power(shelf::cell_of_ten(x));
}

template <class T>
void add(Catalogue& catalogue, const Function& function, Unary<T> code) {
  // Just below 1 in up, the one ulp above 1 is two of the binade that the true value is in.
  const shelf::Promise promise{
      .max_ulp = "0.50001", .max_ulp_directed = "2.00001", .special_values = true};
  ship(catalogue, {.method = "own_base",
                   .idea = "reduced in its own base, so that exact powers stay exact",
                   .function = &function,
                   .format = native_format<T>,
                   .code = code,
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/own_base.cpp")});
}

}  // namespace

void contribute_own_base(Catalogue& catalogue) {
  add<float>(catalogue, functions::exp2, exp2<float>);
  add<double>(catalogue, functions::exp2, exp2<double>);
  add<float>(catalogue, functions::exp10, exp10<float>);
  add<double>(catalogue, functions::exp10, exp10<double>);
}

}  // namespace napier
