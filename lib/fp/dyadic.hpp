// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

#include "lib/fp/format.hpp"

namespace napier {

/// Position of the highest set bit; −1 for 0.
constexpr int top_bit(Bits bits) {
  const auto high = static_cast<std::uint64_t>(bits >> 64);
  const auto low = static_cast<std::uint64_t>(bits);
  if (high != 0) return 127 - std::countl_zero(high);
  return low != 0 ? 63 - std::countl_zero(low) : -1;
}

/// Number of zero bits below the lowest set bit; 0 for 0.
constexpr int trailing_zeros(Bits bits) {
  const auto high = static_cast<std::uint64_t>(bits >> 64);
  const auto low = static_cast<std::uint64_t>(bits);
  if (low != 0) return std::countr_zero(low);
  return high != 0 ? 64 + std::countr_zero(high) : 0;
}

/// An exact dyadic rational (−1)^negative · significand · 2^exponent, at most 128 bits long.
/// Zero has significand 0 and no sign.
struct Dyadic {
  bool negative = false;
  Bits significand = 0;
  std::int64_t exponent = 0;

  constexpr bool is_zero() const { return significand == 0; }
  constexpr int sign() const { return significand == 0 ? 0 : negative ? -1 : 1; }
  /// e with 2^e ≤ |value| < 2^(e+1). Not for zero.
  constexpr std::int64_t binade() const { return exponent + top_bit(significand); }
  constexpr Dyadic operator-() const {
    return {!negative && significand != 0, significand, exponent};
  }
  constexpr Dyadic scaled(std::int64_t power) const {
    return {negative, significand, exponent + power};
  }
  /// The same value with an odd significand (or zero with exponent 0).
  constexpr Dyadic reduced() const {
    if (significand == 0) return {};
    const int zeros = trailing_zeros(significand);
    return {negative, significand >> zeros, exponent + zeros};
  }

  /// The exact value of a finite double.
  static Dyadic of(double value);
  static constexpr Dyadic of_integer(std::int64_t value) {
    const Bits magnitude = value < 0 ? Bits(0) - Bits(SignedBits(value)) : Bits(value);
    return {value < 0, magnitude, 0};
  }
  static constexpr Dyadic power_of_two(std::int64_t power) { return {false, 1, power}; }
};

/// Exact comparison of values.
std::strong_ordering compare(const Dyadic& a, const Dyadic& b);
constexpr Dyadic magnitude(const Dyadic& a) { return {false, a.significand, a.exponent}; }

/// Exact sum. The operands must overlap so that it fits 128 bits (asserted).
Dyadic add(const Dyadic& a, const Dyadic& b);
/// Exact product. It must fit 128 bits (asserted).
Dyadic multiply(const Dyadic& a, const Dyadic& b);
inline Dyadic subtract(const Dyadic& a, const Dyadic& b) { return add(a, -b); }

/// The same rounded upwards, to about `bits` ≤ 120 of them: never below the exact result, nor by
/// more than 2^(2−bits) of the larger operand above it.
Dyadic round_up(const Dyadic& value, int bits);
Dyadic add_up(const Dyadic& a, const Dyadic& b, int bits);
Dyadic multiply_up(const Dyadic& a, const Dyadic& b, int bits);
/// At least 1/d of a d > 0, to 2^-59 of it.
Dyadic reciprocal_up(const Dyadic& d);

/// The nearest double (ties to even; overflow gives ±inf).
double to_double(const Dyadic& value);

}  // namespace napier
