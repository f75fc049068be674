// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "lib/fp/native.hpp"

namespace napier::shelf {

/// The formats that most methods of this folder are written for.
template <class T>
concept Working = std::same_as<T, float> || std::same_as<T, double>;
/// Those beyond: extended.hpp.
template <class T>
concept Extended = std::same_as<T, long double> || std::same_as<T, Quad>;
template <class T>
concept Floating = Working<T> || Extended<T>;

template <Working T>
using Word = std::conditional_t<std::same_as<T, float>, std::uint32_t, std::uint64_t>;

template <Floating T>
inline constexpr int precision = std::same_as<T, Quad> ? 113 : std::numeric_limits<T>::digits;
template <Working T>
inline constexpr int max_exponent = std::numeric_limits<T>::max_exponent - 1;
template <Working T>
inline constexpr int min_exponent = 1 - max_exponent<T>;
template <Floating T>
inline constexpr T infinity = static_cast<T>(std::numeric_limits<double>::infinity());

/// An unevaluated sum hi + lo with |lo| ≤ ½ ulp(hi).
template <Floating T>
struct Pair {
  T hi;
  T lo;
};

/// 2^k for emin ≤ k ≤ emax.
template <Working T>
constexpr T power_of_two(int k) {
  return std::bit_cast<T>(static_cast<Word<T>>(k + max_exponent<T>) << (precision<T> - 1));
}

/// The integer nearest to z, in every rounding mode; |z| < 2^30. Near a tie, and there only, the
/// rounding of z + 1/2 may pick the other neighbour.
template <Floating T>
int nearest_integer(T z) {
  return static_cast<int>(z < 0 ? z - T(0.5) : z + T(0.5));
}

/// v·2^k for |k| ≤ 2·emax; exact unless the result is subnormal or overflows.
template <Working T>
T times_power_of_two(T v, int k) {
  const int half = k / 2;
  return v * power_of_two<T>(half) * power_of_two<T>(k - half);
}

template <Working T>
struct Normalised {
  T fraction;
  int exponent;
};

/// x = fraction·2^exponent with √½ ≤ fraction < √2, for a finite x > 0. Exact.
template <Working T>
Normalised<T> normalised(T x) {
  constexpr auto root_half = std::bit_cast<Word<T>>(static_cast<T>(0x1.6a09e667f3bcdp-1));
  constexpr int fraction_bits = precision<T> - 1;
  int exponent = 0;
  if (x < std::numeric_limits<T>::min()) {
    x *= power_of_two<T>(precision<T>);
    exponent = -precision<T>;
  }
  const auto bits = std::bit_cast<Word<T>>(x);
  // Counted from √½, the exponent field says how often to halve or double; >> is arithmetic.
  const auto steps = static_cast<std::make_signed_t<Word<T>>>(bits - root_half) >> fraction_bits;
  const auto fraction = bits - (static_cast<Word<T>>(steps) << fraction_bits);
  return {std::bit_cast<T>(fraction), exponent + static_cast<int>(steps)};
}

/// (hi + lo)·2^k, rounded once, gradual underflow included; ½ ≤ hi < 2, |lo| ≤ hi/2 and
/// emin − 2p ≤ k ≤ emax + 1.
///
/// A subnormal result is a multiple of q = 2^(emin−p+1), so hi + lo must be rounded to a multiple
/// of q·2^−k and not to p bits first. Added to the anchor 2^(emin−k) it is: in [anchor, 2·anchor)
/// that multiple is the last place. The anchor's sum with hi is error free (fast two-sum), and the
/// small terms add up within half their own last place: q/8 for |lo| ≤ 1/2, q/256 for |lo| ≤ 1/64,
/// 2^-p·q for |lo| ≤ ulp(hi).
///
/// The sum is never below the anchor, but where both are equal their difference is −0 when rounding
/// down: its sign is dropped. A `sign` of −1 negates the result, before it may overflow in a
/// directed mode.
template <Working T>
T scaled(T hi, T lo, int k, T sign = 1) {
  const T value = hi + lo;
  if (k <= min_exponent<T> + 1) {
    const T anchor = power_of_two<T>(min_exponent<T> - k);
    if (value < anchor) {
      const T sum = anchor + hi;
      const T rest = (hi - (sum - anchor)) + lo;
      return times_power_of_two(sign * std::fabs((sum + rest) - anchor), k);
    }
  }
  return times_power_of_two(sign * value, k);
}

/// Beyond these, a^x = e^z certainly overflows or is below half of the least subnormal.
template <Working T>
inline constexpr T exp_overflows = std::same_as<T, float> ? T(89) : T(710);
template <Working T>
inline constexpr T exp_vanishes = std::same_as<T, float> ? T(-105) : T(-746);

/// Can e^z be anything but a limit? False for a NaN.
template <Working T>
constexpr bool exp_is_ordinary(T z) {
  return z > exp_vanishes<T> && z < exp_overflows<T>;
}

/// sign·e^z where it is a limit: of a NaN, ±inf, overflow or underflow. Computed, not stored, so
/// that flags and directed modes are those of an operation that overflows or underflows.
template <Working T>
T exp_limit(T z, T sign = 1) {
  constexpr T huge = std::numeric_limits<T>::max();
  constexpr T tiny = std::numeric_limits<T>::min();
  if (z != z) return z + z;
  if (z > 0) return sign * z * huge;
  return z == -infinity<T> ? sign * 0 : sign * (tiny / -z) * tiny;
}

}  // namespace napier::shelf
