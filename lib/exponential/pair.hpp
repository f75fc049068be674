// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/encoding.hpp"

namespace napier::shelf {

// Sums and products without an error, as a rounded value and what its rounding left out (Møller,
// Knuth, Dekker). In round to nearest the pair is exact. In a directed mode `lo` is itself rounded:
// the pair is then off by at most 4u² of its value, u = 2^-p. Nothing here may overflow.

/// a + b, where a = 0 or the exponent of a is not below that of b.
template <Working T>
Pair<T> fast_two_sum(T a, T b) {
  const T sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b.
template <Working T>
Pair<T> two_sum(T a, T b) {
  const T sum = a + b;
  const T from_b = sum - a;
  return {sum, (a - (sum - from_b)) + (b - from_b)};
}

/// The upper half of the significand of a, at most p − ⌈p/2⌉ bits, and the rest (Veltkamp).
template <Working T>
Pair<T> halves(T a) {
  constexpr T splitter = power_of_two<T>((precision<T> + 1) / 2) + 1;
  const T large = splitter * a;
  const T hi = large - (large - a);
  return {hi, a - hi};
}

/// a·b, unless the product's rounding is subnormal.
template <Working T>
Pair<T> two_product(T a, T b) {
  const T product = a * b;
  const auto [a_hi, a_lo] = halves(a);
  const auto [b_hi, b_lo] = halves(b);
  return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

/// a·b within 4u² of it.
template <Working T>
Pair<T> product(T a, Pair<T> b) {
  const auto [hi, lo] = two_product(a, b.hi);
  return fast_two_sum(hi, lo + a * b.lo);
}

}  // namespace napier::shelf
