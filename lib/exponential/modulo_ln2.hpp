// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/encoding.hpp"

namespace napier::shelf {

/// ln 2 = hi + lo, by scripts/cody_waite.sollya, within 2^-102 (2^-44 in binary32). The product of
/// hi and an exponent is exact: 42 and 11 bits, 16 and 8 bits.
template <Working T>
inline constexpr Pair<T> ln2_parts{};
template <>
inline constexpr Pair<double> ln2_parts<double>{0x1.62e42fefa38p-1, 0x1.ef35793c7673p-45};
template <>
inline constexpr Pair<float> ln2_parts<float>{0x1.62e4p-1f, 0x1.7f7d1cp-20f};

/// x = k·ln 2 + hi + lo.
template <Working T>
struct Reduced {
  int k;
  T hi;  ///< exact: x − k·ln2_parts.hi
  T lo;  ///< −k·ln2_parts.lo, rounded; |lo| < 2^-34 (2^-12 in binary32)

  /// In one word, rounded: |r| < 0.3466.
  T r() const { return hi + lo; }
};

/// e^x = 2^k·e^(hi + lo) with |hi + lo| ≤ ln2/2 and a little, after Cody and Waite (1980): with one
/// word for ln 2, k·ln 2 would be off by k times its rounding. For x with exp_is_ordinary(x).
template <Working T>
Reduced<T> modulo_ln2(T x) {
  constexpr T per_ln2 = static_cast<T>(0x1.71547652b82fep+0);
  const int n = nearest_integer(x * per_ln2);
  const T k = static_cast<T>(n);
  // The difference is below ½ and a multiple of ulp(x) or of k·hi's last place: it fits.
  return {n, x - k * ln2_parts<T>.hi, -(k * ln2_parts<T>.lo)};
}

}  // namespace napier::shelf
