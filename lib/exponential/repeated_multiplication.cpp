// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The definition: a^n is a·a·…·a, n factors, and a^-n is 1/a/a/…/a.
//
// The claim. The i-th step rounds a number near a^±i by half of its ulp; the first product 1·a is
// exact, so a^-n with its n divisions is the worse case. Write |a^∓i| = 2^(e + f_i), 0 ≤ f_i < 1:
// the i-th rounding is at most ½·2^(1−p)/2^f_i of that number, and so of the result ½·2^(f_n − f_i)
// ulp. As log2 a moves, each f_n − f_i grows until some f jumps, so the sum over i is largest just
// below such a point; of all of them log2 a = ∓1/n is the worst, where f_i = i/n and then f_n = 1:
//
//   ½·Σ 2^(1−i/n) + ½ over 0 < i < n  =  11.294 for n = 16, which is the largest n here.
//
// In second order 16·11.3·2^-24. In a directed mode each rounding is up to a whole ulp: 22.6.
//
// Overflow and underflow keep the claim: the partial results run monotonically from 1 to a^±n, so
// none overflows unless the last one does, and once one is subnormal, off by half of the least
// subnormal, the steps that follow only shrink it.
#include <cmath>
#include <limits>

#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

constexpr int most_factors = 16;

/// a^n for an integer |n| ≤ most_factors, NaN for any other n: nobody counts further.
template <shelf::Working T>
T power(T a, T n) {
  if (!(std::fabs(n) <= most_factors) || n != std::trunc(n))
    return std::numeric_limits<T>::quiet_NaN();
  T product = 1;
  for (T count = 0; count < n; ++count) product *= a;
  for (T count = 0; count > n; --count) product /= a;
  return product;
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "11.3",
      .max_ulp_directed = "22.6",
      .special_values = true,
      .domain = {.x = {}, .y = {-most_factors, most_factors}, .integer_exponent = true}};
  ship(catalogue, {.method = "repeated_multiplication",
                   .idea = "the definition of an exponent: n factors, one after the other",
                   .function = &functions::pow,
                   .format = native_format<T>,
                   .code = Binary<T>(power<T>),
                   .claim = claim_of(promise, *native_format<T>,
                                     "lib/exponential/repeated_multiplication.cpp")});
}

}  // namespace

void contribute_repeated_multiplication(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
