// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Bernoulli's limit of 1683: capital at interest x, compounded n times, grows to (1 + x/n)^n → e^x.
// With n = 2^m it is m squarings – and half of the digits, whatever n is.
//
// The claim, for |x| ≤ 1. Stopping at n leaves out a factor: n·ln(1 + x/n) = x − x²/2n + …, so it
// costs at most x²/2n. The rounding of 1 + x/n, u = 2^-p for x > 0, counts n times in its n-th
// power, and that of the i-th square 2^(m−i) times: n·u + (n − 1)·u. One falls with n and the other
// rises: n = 2^25 (2^11 in binary32) is the best power of two. Relative to t, in all:
//
//   2n·u + x²/2n = 2^-27 + x²·2^-26 (binary64),   2^-12 + x²·2^-12 (binary32).
//
// In ulp(t) that is most at the top of a binade, at x = 1 or just below x = ln 2:
//
//   binary64   x = 1:    3·2^-27·1.36·2^52      = 1.369e8   x = ln 2: 1.961·2^-27·2^53 = 1.316e8
//   binary32   x = ln 2: 1.481·2^-12·2^24       = 6066      x = 1: 2^-11·1.36·2^23     = 5567
//
// Below 1 the roundings near the start are half as large: x < 0 is better. Terms of second order
// are below 2^-11 of these. A directed mode doubles the roundings, not the truncation.
#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
constexpr int squarings = std::same_as<T, float> ? 11 : 25;

template <shelf::Working T>
T compound_interest(T x) {
  T growth = 1 + x * shelf::power_of_two<T>(-squarings<T>);
  for (int i = 0; i < squarings<T>; ++i) growth *= growth;
  return growth;
}

template <class T>
void add(Catalogue& catalogue, std::string_view ulp, std::string_view ulp_directed) {
  const shelf::Promise promise{
      .max_ulp = ulp, .max_ulp_directed = ulp_directed, .domain = {.x = {-1, 1}, .y = {}}};
  ship(catalogue,
       {.method = "compound_interest",
        .idea = "the limit (1 + x/n)^n, stopped where rounding catches up with it",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(compound_interest<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/compound_interest.cpp")});
}

}  // namespace

void contribute_compound_interest(Catalogue& catalogue) {
  add<float>(catalogue, "6080", "10200");
  add<double>(catalogue, "137000000", "203000000");
}

}  // namespace napier
