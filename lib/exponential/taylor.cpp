// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Newton's series of 1669, e^x = 1 + x + x²/2! + x³/3! + …, multiplied out from the inside:
//
//   1 + x·(1 + x/2·(1 + x/3·(1 + …)))
//
// without any help, and so only where it needs none: for large x it wants many terms, and for
// x < −½ they cancel.
//
// The claim, for −½ ≤ x ≤ 1. With s_k = 1 + (x/k)·s_(k+1) each step rounds three times, each time
// at most half an ulp of what it rounds, and what went before shrinks by x/k. At x = 1, where
// ulp(t) = 2^(2−p) and x/1 is exact, in ulp of t:
//
//   the last 1 + …                             0.5
//   x·s_2 = 1.718                              0.25
//   s_2 = 1.718                                0.25
//   x/2 (exact), (x/2)·s_3 = 0.718             0.125
//   s_3 = 1.437, (x/3)·s_4, x/3                0.125 + 0.036 + 0.18
//   all before: s_4, s_5, …                    0.125 + 0.041 + …, together < 0.15
//
// 1.59 by summing all terms; x just below ln 2, where ulp(t) is half of that, has 1.51, and the
// rest of the domain less. The first term dropped is below 2^-65 (2^-32). A directed mode doubles
// it all.
#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T taylor(T x) {
  constexpr int terms = std::same_as<T, float> ? 12 : 20;
  T sum = 1;
  for (int k = terms; k > 0; --k) sum = 1 + x / static_cast<T>(k) * sum;
  return sum;
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "1.6", .max_ulp_directed = "3.2", .domain = {.x = {-0.5, 1}, .y = {}}};
  ship(catalogue, {.method = "taylor",
                   .idea = "the power series itself, where it needs no help",
                   .function = &functions::exp,
                   .format = native_format<T>,
                   .code = Unary<T>(taylor<T>),
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/taylor.cpp")});
}

}  // namespace

void contribute_taylor(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
