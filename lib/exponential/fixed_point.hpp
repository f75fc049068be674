// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/encoding.hpp"
#include "lib/fp/format.hpp"
#include "lib/fp/rounding.hpp"

namespace napier::shelf {

/// A finite x as ±significand·2^exponent, an integer below 2^p times a power of two.
template <Working T>
struct Scattered {
  bool negative;
  Word<T> significand;
  int exponent;
};
template <Working T>
Scattered<T> scattered(T x) {
  constexpr int stored = precision<T> - 1;
  constexpr Word<T> one = Word<T>(1) << stored;
  const auto bits = std::bit_cast<Word<T>>(x);
  const int field = static_cast<int>((bits >> stored) & (2 * max_exponent<T> + 1));
  const Word<T> fraction = bits & (one - 1);
  if (field == 0) return {x < 0, fraction, min_exponent<T> - stored};
  return {x < 0, fraction | one, field - max_exponent<T> - stored};
}

/// The number significand·2^(exponent − 63), 2^63 ≤ significand, or, if there is `more`, a number
/// between that and the next significand: rounded once, in that direction, by integers alone.
template <Working T>
T gathered(std::uint64_t significand, bool more, int exponent, Rounding rounding) {
  const bool to_nearest = rounding == Rounding::nearest;
  if (exponent > max_exponent<T>)
    return to_nearest || rounding == Rounding::up ? infinity<T> : std::numeric_limits<T>::max();
  // 64 − p bits are beyond the last place of a normal number, more of a subnormal one; where all
  // of them are, the value is below half of the least subnormal.
  const int below_normal = exponent < min_exponent<T> ? min_exponent<T> - exponent : 0;
  const int beyond = 64 - precision<T> + below_normal;
  const Bits wide = beyond > 64 ? 1 : (Bits(significand) << 63) + (more ? 1 : 0);
  const int shift = 63 + (beyond > 64 ? 64 : beyond);
  auto kept = static_cast<Word<T>>(wide >> shift);
  const Bits rest = wide & ((Bits(1) << shift) - 1);
  const Bits half = Bits(1) << (shift - 1);
  if (to_nearest ? rest > half || (rest == half && kept % 2 == 1)
                 : rounding == Rounding::up && rest != 0)
    ++kept;
  // kept holds the leading one, so it raises the exponent field by one, and by two if it carried.
  if (below_normal > 0) return std::bit_cast<T>(kept);
  const auto field = static_cast<Word<T>>(exponent + max_exponent<T> - 1);
  return std::bit_cast<T>((field << (precision<T> - 1)) + kept);
}

}  // namespace napier::shelf
