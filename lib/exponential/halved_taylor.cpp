// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Scaling and squaring: e^x = 2^k·e^r, |r| ≤ ln2/2, and e^r = (e^(r/8))^8. A few terms of the
// series do for r/8, and three squarings undo the halvings. Squared as they are, the powers would
// lose a bit each time; their distance d from 1 loses none, since (1 + d)² = 1 + (2d + d²) and only
// d² and the sum are rounded.
//
// The claim. Errors of d grow by 2 + 2d in a doubling while d grows by 2 + d: for r < 0 relative
// errors shrink a little. The worst r is −0.2879, where d passes −1/4 and t = 3/4; in ulp of t:
//
//   r = hi + lo                                0.19
//   the series, 0.98; r/8 times it             0.11 + 0.20
//   d after 1, 2, 3 doublings                  0.20 + 0.22 + 0.25
//   d² each time                               0.02
//   the last 1 + d                             0.5
//
// 1.70 in all. r = ln2/2 has 1.56. The first term dropped is below 2^-66 (2^-36), and ln 2 in two
// parts off by 2^-92 (2^-37) at most. In a subnormal result all but the last line are at least
// halved and the last is 0.5 + 1/8 (see scaled). A directed mode doubles it all.
#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T halved_taylor(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  constexpr int halvings = 3;
  constexpr int terms = std::same_as<T, float> ? 5 : 9;
  const auto reduced = shelf::modulo_ln2(x);
  const T r = reduced.r() * shelf::power_of_two<T>(-halvings);
  T sum = 1;
  for (int i = terms; i > 1; --i) sum = 1 + r / static_cast<T>(i) * sum;
  T growth = r * sum;
  for (int i = 0; i < halvings; ++i) growth = 2 * growth + growth * growth;
  return shelf::scaled(T(1), growth, reduced.k);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "1.71", .max_ulp_directed = "3.42", .special_values = true};
  ship(catalogue,
       {.method = "halved_taylor",
        .idea = "scaling and squaring: a short series for r/8, then three times d <- 2d + d^2",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(halved_taylor<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/halved_taylor.cpp")});
}

}  // namespace

void contribute_halved_taylor(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
