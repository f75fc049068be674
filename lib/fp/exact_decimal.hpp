// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "lib/fp/dyadic.hpp"

namespace napier {

/// A number ≥ 0 as people write it: exactly numerator / 5^fives, in lowest terms.
struct Decimal {
  Dyadic numerator;
  int fives = 0;

  static Decimal of(const Dyadic& value) { return {value, 0}; }
  bool is_dyadic() const { return fives == 0; }
};

/// Digits of a decimal, the zeros at its ends left out, at most.
inline constexpr int most_digits = 36;

/// Reads a decimal such as 0.53. nullopt if it is none, or has more than most_digits digits.
std::optional<Decimal> parse_decimal(std::string_view text);

/// Fives in the denominator of a decimal, at most: 5^54 is the last that a Dyadic holds.
inline constexpr int most_fives = 54;

/// The same with an exponent, such as 1.5e-7, or in hex, such as 0x1p-21.
std::optional<Decimal> parse_scientific(std::string_view text);

bool is_at_least_one(const Decimal& value);

/// The least multiple of 2^−fraction_bits that is at least the value; the value is below 2^62.
Dyadic rounded_up(const Decimal& value, int fraction_bits);

/// At least the value, by 2^-59 of it at most.
Dyadic just_above(const Decimal& value);

/// A double at most the value and not far below it, by 2^-46 of it at most; the value itself if it
/// is a double.
double double_below(const Decimal& value);

}  // namespace napier
