// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "lib/exponential/pair.hpp"

namespace napier::shelf {

// binary80 and binary128: of one exponent range, and with no integer type or literal that would
// serve both.

inline constexpr int extended_max_exponent = 16383;
inline constexpr int extended_min_exponent = -16382;

/// 2^k for a normal one.
template <Extended T>
T power_of_two(int k) {
  constexpr int field_of_binary80 = 63;  // whose leading one is written out
  constexpr int field_of_binary128 = 112;
  const std::int64_t biased = std::int64_t(k) + extended_max_exponent;
  const auto field = static_cast<Bits>(biased);
  if constexpr (std::same_as<T, Quad>) return std::bit_cast<Quad>(field << field_of_binary128);
  return to_native<T>({(field << 64) | (Bits(1) << field_of_binary80), native_format<T>});
}

/// A constant as multiples of 2^-48, 2^-96, … of its binade: one piece is a short part of binary80
/// and two are one of binary128. By scripts/doubled_growth.sollya, within 2^-240.
using Pieces = std::array<double, 5>;
inline constexpr Pieces ln2_pieces{0x1.62e42fefa39fp-1, -0x1.950d87131ap-54, 0x1.f97b57a079cp-103,
                                   -0x1.e6cc6b3a4e94p-147, 0x1.41a2eb71756p-197};
inline constexpr Pieces ln10_pieces{0x1.26bb1bbb5551p1, 0x1.60b752b6b15cp-49, 0x1.6985147148p-101,
                                    -0x1.30625a206f18p-146, 0x1.e30f4100f8p-197};
inline constexpr Pieces log10_2_pieces{0x1.34413509f7ap-2, -0x1.0cee0ed4ca8p-54,
                                       0x1.6f922f04d5ap-102, 0x1.862a1e8f9a4cp-148,
                                       0x1.4bcde4d6f99p-198};

/// Within 2^-144 (2^-240) of its binade.
template <Extended T>
constexpr ThreeWords<T> three_words(const Pieces& c) {
  if constexpr (std::same_as<T, Quad>) return {Quad(c[0]) + c[1], Quad(c[2]) + c[3], Quad(c[4])};
  return {T(c[0]), T(c[1]), T(c[2])};
}

/// Within 2^-112 (2^-192) of itself. The words need not be as far apart as a Pair's to be
/// multiplied by.
template <Extended T>
constexpr Pair<T> two_words(const Pieces& c) {
  if constexpr (std::same_as<T, Quad>) return {Quad(c[0]) + c[1], Quad(c[2]) + c[3]};
  return {T(c[0]), T(c[1]) + T(c[2])};
}

}  // namespace napier::shelf
