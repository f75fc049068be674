// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/encoding.hpp"

namespace napier::shelf {

// Sums and products without an error, as a rounded value and what its rounding left out (Møller,
// Knuth, Dekker). In round to nearest the pair is exact. In a directed mode `lo` is itself rounded:
// the pair is then off by at most 4u² of its value, u = 2^-p. Nothing here may overflow.

/// a + b, where a = 0 or the exponent of a is not below that of b.
template <Floating T>
Pair<T> fast_two_sum(T a, T b) {
  const T sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b.
template <Floating T>
Pair<T> two_sum(T a, T b) {
  const T sum = a + b;
  const T from_b = sum - a;
  return {sum, (a - (sum - from_b)) + (b - from_b)};
}

/// The upper half of the significand of a, at most p − ⌈p/2⌉ bits, and the rest (Veltkamp).
template <Floating T>
Pair<T> halves(T a) {
  constexpr T splitter = static_cast<T>((std::uint64_t(1) << ((precision<T> + 1) / 2)) + 1);
  const T large = splitter * a;
  const T hi = large - (large - a);
  return {hi, a - hi};
}

/// a·b, unless the product's rounding is subnormal.
template <Floating T>
Pair<T> two_product(T a, T b) {
  const T product = a * b;
  const auto [a_hi, a_lo] = halves(a);
  const auto [b_hi, b_lo] = halves(b);
  return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

/// a·b within 4u² of it.
template <Floating T>
Pair<T> product(T a, Pair<T> b) {
  const auto [hi, lo] = two_product(a, b.hi);
  return fast_two_sum(hi, lo + a * b.lo);
}

/// A constant in three words; n·hi and n·middle are exact for |n| < 2^16 (2^13 in binary32, 2^15 in
/// extended formats).
template <Floating T>
struct ThreeWords {
  T hi;
  T middle;
  T lo;
};

/// x − n·c, where the difference is small.
template <Floating T>
Pair<T> minus_multiple(T x, T n, const ThreeWords<T>& c) {
  const auto [hi, lo] = two_sum(x - n * c.hi, -(n * c.middle));
  return two_sum(hi, lo - n * c.lo);
}

}  // namespace napier::shelf
