// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/exp_pair.hpp"
#include "lib/target/claim.hpp"

namespace napier::shelf {

// 2^x and 10^x, reduced in their own base. Taken as e^(x·ln 10), the rounding of x·ln 10 alone
// would cost hundreds of ulp at the ends of the range. So the whole powers of 2^(1/32) are taken
// off x itself, n/32 without any error or n·log10(2)/32 in three words, and only what is left, at
// most 1/64 of an octave, is turned into a natural exponent, in two words. All constants by
// scripts/exp_pair.sollya.

/// a^x = 2^(n/32)·e^r.
template <Working T>
struct OwnCell {
  int n;
  Pair<T> r;  ///< |r| ≤ ln2/64 and a little; off by less than 2^-100 (2^-46), and of itself by 4u²
              ///< where n = 0
};

template <Working T>
inline constexpr Pair<T> ln2{};
template <>
inline constexpr Pair<double> ln2<double>{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
template <>
inline constexpr Pair<float> ln2<float>{0x1.62e43p-1f, -0x1.05c61p-29f};

template <Working T>
inline constexpr Pair<T> ln10{};
template <>
inline constexpr Pair<double> ln10<double>{0x1.26bb1bbb55516p1, -0x1.f48ad494ea3e9p-53};
template <>
inline constexpr Pair<float> ln10<float>{0x1.26bb1cp1f, -0x1.12aabap-25f};

template <Working T>
inline constexpr ThreeWords<T> log10_2_by_32{};
template <>
inline constexpr ThreeWords<double> log10_2_by_32<double>{0x1.34413509fp-7, 0x1.e7fbcc47cp-45,
                                                          0x1.2b35816f922fp-83};
template <>
inline constexpr ThreeWords<float> log10_2_by_32<float>{0x1.344p-7f, 0x1.35p-23f, 0x1.3ef3fep-36f};

/// For an x whose x·ln 2 has exp_is_ordinary.
template <Working T>
OwnCell<T> cell_of_two(T x) {
  // Just below 1/64 the nearest integer may come out as 1, and x − 1/32 has a bit too many.
  const int n = x > T(-0x1p-6) && x < T(0x1p-6) ? 0 : nearest_integer(x * 32);
  const T rest = x - static_cast<T>(n) / 32;  // exact: both are multiples of the smaller last place
  return {n, product(rest, ln2<T>)};
}

/// For an x whose x·ln 10 has exp_is_ordinary.
template <Working T>
OwnCell<T> cell_of_ten(T x) {
  constexpr T per_cell = static_cast<T>(0x1.a934f0979a371p+6);
  const int n = nearest_integer(x * per_cell);
  const auto [rest, rest_lo] = minus_multiple(x, static_cast<T>(n), log10_2_by_32<T>);
  const auto [hi, lo] = product(rest, ln10<T>);
  return {n, fast_two_sum(hi, lo + rest_lo * ln10<T>.hi)};
}

/// 2^x and 10^x in two words, rounded once.
template <Working T>
T own_base_exp2(T x) {
  if (!exp_is_ordinary(x * ln2<T>.hi)) return exp_limit(x);
  const auto [n, r] = cell_of_two(x);
  return times_table(n, expm1_pair(r)).rounded();
}
template <Working T>
T own_base_exp10(T x) {
  if (!exp_is_ordinary(x * ln10<T>.hi)) return exp_limit(x);
  const auto [n, r] = cell_of_ten(x);
  return times_table(n, expm1_pair(r)).rounded();
}

/// What own_base.cpp derives and promises of both.
template <Working T>
Claim own_base_claim();

}  // namespace napier::shelf
