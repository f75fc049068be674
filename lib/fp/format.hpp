// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace napier {

/// An unsigned integer wide enough for any encoding and any significand of ours.
__extension__ using Bits = unsigned __int128;
/// Its signed companion: ordinals and differences of ordinals.
__extension__ using SignedBits = __int128;

/// A binary floating-point format: five facts, all else derives (IEEE 754-2019 §3.3).
///
/// A finite number is ±m·2^(e−p+1) with an integer 0 ≤ m < 2^p and emin ≤ e ≤ emax. Formats are
/// compared by address: a value carries a pointer to its row.
struct Format {
  std::string_view name;      ///< as on the command line: "binary64"
  int precision;              ///< p, bits of the significand with the leading one
  int max_exponent;           ///< emax; emin = 1 − emax
  int width;                  ///< bits of an encoding
  bool explicit_integer_bit;  ///< x87: the leading one is stored
  std::string_view c_type;    ///< the type of a C function's argument in this format

  constexpr int min_exponent() const { return 1 - max_exponent; }
  /// Exponent of the least subnormal: q(emin) = 2^least_exponent().
  constexpr int least_exponent() const { return min_exponent() - precision + 1; }
  /// Stored significand bits without the integer bit.
  constexpr int fraction_bits() const { return precision - 1; }
  constexpr int exponent_bits() const {
    return width - 1 - fraction_bits() - (explicit_integer_bit ? 1 : 0);
  }
  constexpr int bytes() const { return width <= 16 ? 2 : width <= 32 ? 4 : width <= 64 ? 8 : 16; }

  Format(const Format&) = delete;  // a row is one object, known by its address
  constexpr Format(std::string_view name_, int precision_, int max_exponent_, int width_,
                   bool explicit_integer_bit_, std::string_view c_type_)
      : name(name_),
        precision(precision_),
        max_exponent(max_exponent_),
        width(width_),
        explicit_integer_bit(explicit_integer_bit_),
        c_type(c_type_) {}
};

inline constexpr Format binary16{"binary16", 11, 15, 16, false, "_Float16"};
inline constexpr Format bfloat16{"bfloat16", 8, 127, 16, false, "uint16_t"};
inline constexpr Format binary32{"binary32", 24, 127, 32, false, "float"};
inline constexpr Format binary64{"binary64", 53, 1023, 64, false, "double"};
inline constexpr Format binary80{"binary80", 64, 16383, 80, true, "long double"};
inline constexpr Format binary128{"binary128", 113, 16383, 128, false, "__float128"};

/// Every format, narrowest first. A new format is a new row here.
inline constexpr std::array<const Format*, 6> all_formats{&binary16, &bfloat16, &binary32,
                                                          &binary64, &binary80, &binary128};

/// The format of that name, or nullptr.
constexpr const Format* find_format(std::string_view name) {
  for (const Format* format : all_formats)
    if (format->name == name) return format;
  return nullptr;
}

}  // namespace napier
