// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"

namespace napier {
namespace {

/// Digits that tell any two data of a format apart: 2 + ⌊p·log10 2⌋ (Matula 1968).
constexpr int enough_digits(const Format& format) { return 2 + format.precision * 30103 / 100000; }

template <class T>
std::string shortest(T value) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

/// The first of 1, 2, … digits that reads back. A decimal is read in binary128 and rounded once
/// more, which could matter only to one within 2^-113 of the middle between two data, and those of
/// so few digits are that middle or not that near.
std::string shortest_by_trial(Float x) {
  const auto wide = to_native<Quad>(round_to(binary128, exact_value(x), Rounding::nearest));
  std::array<char, 64> buffer;
  for (int digits = 1;; ++digits) {
    const std::string form = "%." + std::to_string(digits) + "g";
    strfromf128(buffer.data(), buffer.size(), form.c_str(), wide);
    const Float read = from_native(Quad(strtof128(buffer.data(), nullptr)));
    const bool same =
        is_finite(read) && round_to(*x.format, exact_value(read), Rounding::nearest) == x;
    if (same || digits == enough_digits(*x.format)) return buffer.data();
  }
}

}  // namespace

std::string to_decimal(Float x) {
  const std::string sign = is_negative(x) ? "-" : "";
  if (is_nan(x)) return absolute(x) == quiet_nan(*x.format) ? sign + "nan" : to_hex(x);
  if (is_infinite(x)) return sign + "inf";
  if (is_zero(x)) return sign + "0";
  if (x.format == &binary64) return shortest(to_native<double>(x));
  if (x.format == &binary32) return shortest(to_native<float>(x));
  return shortest_by_trial(x);
}

bool is_exact_in_decimal(Float x) {
  if (!is_finite(x) || is_zero(x)) return true;
  const std::string text = to_decimal(absolute(x));
  const Dyadic value = exact_value(absolute(x)).reduced();
  const std::size_t power = std::min(text.find('e'), text.size());
  std::string digits = text.substr(0, power);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::int64_t places = 0;  // behind the point
  if (point < digits.size()) {
    digits.erase(point, 1);
    places = static_cast<std::int64_t>(digits.size() - point);
  }
  if (power < text.size()) places -= std::stoll(text.substr(power + 1));
  // An odd multiple of 2^-k has k digits behind the point, and of so many the nearest is it.
  if (value.exponent < 0) return places == -value.exponent;
  constexpr std::int64_t most = 62;
  if (places > 0 || value.binade() > most) return false;
  auto written = Bits(std::stoull(digits));
  for (; places < 0; ++places) written *= 10;
  return written == value.significand << static_cast<int>(value.exponent);
}

std::string to_decimal_and_hex(Float x) {
  const std::string decimal = to_decimal(x);
  return is_exact_in_decimal(x) ? decimal : decimal + " (" + to_hex(x) + ")";
}

}  // namespace napier
