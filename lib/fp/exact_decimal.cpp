// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/exact_decimal.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

Bits power_of_five(int n) {
  Bits power = 1;
  for (int i = 0; i < n; ++i) power *= 5;
  return power;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  Bits digits = 0;
  int places = 0;  // after the point
  int zeros = 0;   // that await a digit after them
  int count = 0;   // of digits, from the first that is no zero
  bool point = false, any = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any = true;
    if (point && c == '0') {
      ++zeros;
      continue;
    }
    for (; zeros > 0; --zeros) digits *= 10, ++places, count += count != 0 ? 1 : 0;
    digits = digits * 10 + static_cast<unsigned>(c - '0');
    if (point) ++places;
    if (digits != 0) ++count;
    if (count > most_digits || places > most_digits) return std::nullopt;
  }
  if (!any) return std::nullopt;
  int fives = places;
  for (; fives > 0 && digits % 5 == 0; --fives) digits /= 5;
  return Decimal{Dyadic{false, digits, -places}.reduced(), digits == 0 ? 0 : fives};
}

namespace {

/// Of numbers with an exponent: 10^-5000 is less than every format holds.
constexpr int most_scientific_fives = 5000;

/// value·10^power; nullopt if it takes too many digits.
std::optional<Decimal> times_ten_to(Decimal value, int power) {
  Dyadic numerator = value.numerator.scaled(power);
  for (; power > 0; --power) {
    if (value.fives > 0)
      --value.fives;
    else if (numerator.significand >> 120 == 0)
      numerator.significand *= 5;
    else
      return std::nullopt;
  }
  for (; power < 0; ++power) {
    if (numerator.significand % 5 == 0)
      numerator.significand /= 5;
    else if (++value.fives > most_scientific_fives)
      return std::nullopt;
  }
  return Decimal{numerator.reduced(), value.fives};
}

}  // namespace

std::optional<Decimal> parse_scientific(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    try {
      const Float value = parse_float(binary128, text);
      if (!is_finite(value)) return std::nullopt;
      return Decimal::of(exact_value(value).reduced());
    } catch (const std::invalid_argument&) {
      return std::nullopt;
    }
  }
  const auto mark = text.find_first_of("eE");
  const auto value = parse_decimal(text.substr(0, mark));
  if (!value || mark == text.npos) return value;
  std::string_view exponent = text.substr(mark + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  int power = 0;
  const auto [stop, error] =
      std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
  if (error != std::errc() || stop != exponent.data() + exponent.size()) return std::nullopt;
  if (value->numerator.is_zero()) return value;
  constexpr int farthest = most_digits + most_scientific_fives;
  return power < -farthest || power > farthest ? std::nullopt : times_ten_to(*value, power);
}

Dyadic just_above(const Decimal& value) {
  if (value.is_dyadic()) return round_up(value.numerator, 62);
  // 1/5^n rounded up, and a product rounded up; again for what is left of n.
  Dyadic above = value.numerator;
  for (int left = value.fives; left > 0; left -= most_fives) {
    const Dyadic fives{false, power_of_five(std::min(left, most_fives)), 0};
    above = multiply_up(above, reciprocal_up(fives), 62);
  }
  return above;
}

bool is_at_least_one(const Decimal& value) {
  return compare(value.numerator, {false, power_of_five(value.fives), 0}) >= 0;
}

Dyadic rounded_up(const Decimal& value, int fraction_bits) {
  const Dyadic& numerator = value.numerator;
  if (numerator.is_zero()) return {};
  // Long division, one binary place after the other: the divisor is at most 10^most_digits < 2^120.
  const bool whole = numerator.exponent >= 0;
  assert(numerator.binade() < 126 && numerator.exponent >= -most_digits);
  const Bits dividend = whole ? numerator.significand << numerator.exponent : numerator.significand;
  const Bits divisor = power_of_five(value.fives) << (whole ? 0 : -numerator.exponent);
  Bits quotient = dividend / divisor;
  Bits rest = dividend % divisor;
  assert(quotient >> 62 == 0);
  for (int i = 0; i < fraction_bits; ++i) {
    rest *= 2;
    quotient = quotient * 2 + (rest >= divisor ? 1 : 0);
    if (rest >= divisor) rest -= divisor;
  }
  return Dyadic{false, quotient + (rest != 0 ? 1 : 0), -fraction_bits}.reduced();
}

double double_below(const Decimal& value) {
  const double numerator = to_double(value.numerator);
  if (value.is_dyadic())
    return compare(Dyadic::of(numerator), value.numerator) > 0 ? std::nextafter(numerator, 0)
                                                               : numerator;
  // Two conversions and a quotient are off by less than 2^-51 in all.
  return numerator / to_double({false, power_of_five(value.fives), 0}) * (1 - 0x1p-47);
}

}  // namespace napier
