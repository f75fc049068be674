// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/decimal.hpp"

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
  if (is_nan(x)) return "nan";
  if (is_infinite(x)) return sign + "inf";
  if (is_zero(x)) return sign + "0";
  if (x.format == &binary64) return shortest(to_native<double>(x));
  if (x.format == &binary32) return shortest(to_native<float>(x));
  return shortest_by_trial(x);
}

std::string to_hex_and_decimal(Float x) {
  if (!is_finite(x) || is_zero(x)) return to_hex(x);
  return to_hex(x) + " (" + to_decimal(x) + ")";
}

}  // namespace napier
