// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include "lib/fp/native.hpp"

namespace napier {

// The formats of 16 bits to float, exactly, and back.

inline float widened(BFloat16 x) { return std::bit_cast<float>(std::uint32_t(x.bits) << 16); }

/// Rounded to nearest, ties to even. (In other modes binary16 is what the compiler makes of it.)
template <class T>
T narrowed(float x);

/// Half of the last place is added, less one unit if that is even already. A NaN stays one.
template <>
inline BFloat16 narrowed(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  if (x != x) return {static_cast<std::uint16_t>((bits >> 16) | 0x40)};
  return {static_cast<std::uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16)};
}

#ifdef __FLT16_MAX__
inline float widened(_Float16 x) { return x; }
template <>
inline _Float16 narrowed(float x) {
  return static_cast<_Float16>(x);
}
#endif

}  // namespace napier
