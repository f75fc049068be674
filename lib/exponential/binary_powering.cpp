// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An integer exponent is a repeated multiplication, and squares do most of it: with
// n = Σ b_i·2^i, a^n is the product of the squares a^(2^i) with b_i = 1, at most two
// multiplications a bit.
//
// The claim. Let u = 2^-p; a rounding is a factor 1 + δ, |δ| ≤ u. If a^m carries m − 1 of them (a
// itself: none), then a^m·a^l carries (m − 1) + (l − 1) + 1 = (m + l) − 1: so a^n carries n − 1,
// whichever way it is multiplied together. A negative power starts from 1/a, whose rounding counts
// n times in (1/a)^n: 2n − 1 in all. Now (1 + u)^(2n−1) − 1 < (2n − 1)·u·(1 + (2n − 1)·u) and
// t < 2^p·ulp(t), so for |n| ≤ 64 the error is below 127·(1 + 127u) ulp: 127.001 in binary32. In a
// directed mode |δ| < 2u and everything doubles.
//
// It nearly happens: for a = 0.989 each square of 1/a is just above one, where a rounding weighs
// most, but (1/a)^64 is just below two, where an ulp weighs least.
//
// Overflow and underflow keep the claim. A square is taken only if it goes into the result, so it
// overflows only if the result does; and after a subnormal partial product, off by half of the
// least subnormal, all that follows multiplies by less than one. 1/a comes first and not last,
// because 1/a^n would be 0 where a^n overflows but a^-n is still a subnormal.
#include <cmath>
#include <limits>

#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

/// a^n for every integer n; NaN for any other n, of which multiplication knows nothing.
template <shelf::Working T>
T power(T a, T n) {
  if (n != std::floor(n) || n - n != 0) return std::numeric_limits<T>::quiet_NaN();
  T square = n < 0 ? 1 / a : a;
  T product = 1;
  for (T count = n < 0 ? -n : n; count != 0;) {
    const T half = std::floor(count / 2);
    if (2 * half != count) product *= square;
    if (half != 0) square *= square;
    count = half;
  }
  return product;
}

template <class T>
void add(Catalogue& catalogue) {
  constexpr const Format& format = *native_format<T>;
  const shelf::Promise promise{.max_ulp = "127.01",
                               .max_ulp_directed = "254.02",
                               .special_values = true,
                               .domain = {.x = {}, .y = {-64, 64}, .integer_exponent = true}};
  ship(catalogue, {.method = "binary_powering",
                   .idea = "squares, multiplied by the bits of an integer exponent",
                   .function = &functions::pow,
                   .format = &format,
                   .code = Binary<T>(power<T>),
                   .claim = claim_of(promise, format, "lib/exponential/binary_powering.cpp")});
}

}  // namespace

void contribute_binary_powering(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
