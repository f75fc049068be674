// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The classic: ln 2 in two parts (Cody and Waite, 1980) and a polynomial that is off equally often
// and equally far in both directions over |r| ≤ ln2/2, found by the exchange algorithm and a
// lattice (scripts/cody_waite.sollya), so that it needs fewer terms than the series.
//
// With x − k·ln2 = hi + lo, 1 + hi is taken without an error as a sum of two words. What is rounded
// before the last step is then only lo + r²·(½ + …), below 0.07.
//
// The claim. The worst r is −ln2/2, where t = 0.707 has a small ulp; in ulp of t:
//
//   r = hi + lo, where it enters r²·tail       0.073
//   tail, r², their product 0.053              0.035 + 0.028 + 0.031
//   lo + …, rest + …                           0.031 + 0.031
//   the polynomial                             0.001 (binary32: 0.003)
//   the last rounding                          0.5
//
// 0.735 in all, 0.737 in binary32; at r = ln2/2 it is 0.70. In a subnormal result all but the last
// line are at least halved and that is 0.5 + 2^-6 (see scaled). A directed mode doubles it all.
#include "lib/exponential/minimax_tail.hpp"
#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

using shelf::minimax_tail;

template <shelf::Working T>
T cody_waite(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  const auto [k, hi, lo] = shelf::modulo_ln2(x);
  const T r = hi + lo;
  T sum = minimax_tail<T>.back();
  for (std::size_t i = minimax_tail<T>.size() - 1; i-- > 0;) sum = minimax_tail<T>[i] + r * sum;
  // 1 + hi without an error, so that only what is small is rounded before the last step.
  const T one = 1 + hi;
  const T rest = hi - (one - 1);
  return shelf::scaled(one, rest + (lo + r * r * sum), k);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "0.74", .max_ulp_directed = "1.48", .special_values = true};
  ship(catalogue,
       {.method = "cody_waite",
        .idea = "ln 2 in two parts and a minimax polynomial",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(cody_waite<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/cody_waite.cpp")});
}

}  // namespace

void contribute_cody_waite(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
