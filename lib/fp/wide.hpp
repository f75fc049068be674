// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>

#include "lib/fp/dyadic.hpp"

namespace napier {

/// A 256-bit unsigned integer: room for an exact sum or product of two significands.
struct Wide {
  Bits high = 0;
  Bits low = 0;

  constexpr bool is_zero() const { return high == 0 && low == 0; }
  constexpr int top() const { return high != 0 ? 128 + top_bit(high) : top_bit(low); }
  constexpr int zeros() const {
    return low != 0 ? trailing_zeros(low) : 128 + trailing_zeros(high);
  }
  friend constexpr auto operator<=>(const Wide&, const Wide&) = default;

  static constexpr Wide product(Bits a, Bits b) {
    const Bits mask = ~std::uint64_t(0);
    const Bits low_low = (a & mask) * (b & mask);
    const Bits low_high = (a & mask) * (b >> 64);
    const Bits high_low = (a >> 64) * (b & mask);
    const Bits middle = (low_low >> 64) + (low_high & mask) + (high_low & mask);
    return {(a >> 64) * (b >> 64) + (low_high >> 64) + (high_low >> 64) + (middle >> 64),
            (middle << 64) | (low_low & mask)};
  }
};

constexpr Wide operator<<(const Wide& a, int n) {
  if (n == 0) return a;
  if (n >= 256) return {};
  if (n >= 128) return {a.low << (n - 128), 0};
  return {(a.high << n) | (a.low >> (128 - n)), a.low << n};
}
constexpr Wide operator>>(const Wide& a, int n) {
  if (n == 0) return a;
  if (n >= 256) return {};
  if (n >= 128) return {0, a.high >> (n - 128)};
  return {a.high >> n, (a.low >> n) | (a.high << (128 - n))};
}
constexpr Wide operator+(const Wide& a, const Wide& b) {
  const Bits low = a.low + b.low;
  return {a.high + b.high + (low < a.low ? 1 : 0), low};
}
constexpr Wide operator-(const Wide& a, const Wide& b) {
  return {a.high - b.high - (a.low < b.low ? 1 : 0), a.low - b.low};
}

}  // namespace napier
