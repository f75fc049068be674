// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/pair.hpp"
#include "lib/exponential/powers_of_two.hpp"

namespace napier::shelf {

// An exponential in two words, for the methods that round once at the end: 2^(n/32)·e^r with
// |r| ≤ ln2/64 and a little, all constants by scripts/exp_pair.sollya.
//
// The error. In binary64, |r| < 2^-6.5 and r.lo < 2^-60:
//
//   e^r's first term left out, r⁹/9!                                2^-77
//   r³·tail < 2^-22: its five roundings                             2^-72.8
//   the sums below 2^-22 that take it in; r.lo·r²/2 left out        2^-73.3
//   r (two words), the table (2^-107), T·p in two words             2^-100
//
// together below 2^-71.9 of the power; in binary32, with r⁶/6!, r.lo < 2^-31, n·lo < 2^-21 and a
// table within 2^-49, in the same way below 2^-42.6. In a directed mode the roundings double and
// each pair may be off by 4u² more: 2^-70.9 and 2^-41.6. `exp_pair_error` is rounded up from these.

/// |(hi + lo)·2^k / the power − 1| is below this, in every rounding mode.
template <Working T>
inline constexpr T exp_pair_error = power_of_two<T>(std::same_as<T, float> ? -41 : -70);

/// (hi + lo)·2^k.
template <Working T>
struct ScaledPair {
  Pair<T> value;
  int k;

  T rounded(T sign = 1) const { return scaled(value.hi, value.lo, k, sign); }
};

/// ln2/32 within 2^-141 (2^-58).
template <Working T>
inline constexpr ThreeWords<T> ln2_by_32{};
template <>
inline constexpr ThreeWords<double> ln2_by_32<double>{0x1.62e42fefap-6, 0x1.cf79abc9ep-45,
                                                      0x1.d9cc01f97b57ap-84};
template <>
inline constexpr ThreeWords<float> ln2_by_32<float>{0x1.63p-6f, -0x1.bdp-18f, -0x1.05c61p-34f};

/// 1/3!, 1/4!, …
template <Working T>
inline constexpr auto inverse_factorials = [] {
  std::array<T, std::same_as<T, float> ? 3 : 6> values{};
  double factorial = 2;
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<T>(1 / (factorial *= static_cast<double>(i + 3)));
  return values;
}();

/// e^r − 1 = r + r²/2 + r³·(1/3! + r/4! + …).
template <Working T>
Pair<T> expm1_pair(Pair<T> r) {
  T tail = inverse_factorials<T>.back();
  for (std::size_t i = inverse_factorials<T>.size() - 1; i-- > 0;)
    tail = inverse_factorials<T>[i] + r.hi * tail;
  const auto [square, square_lo] = two_product(r.hi, r.hi);
  const auto [hi, lo] = fast_two_sum(r.hi, square / 2);
  return fast_two_sum(hi, lo + (r.lo + (square_lo / 2 + r.hi * (r.lo + square * tail))));
}

/// 2^(n/32)·(1 + p).
template <Working T>
ScaledPair<T> times_table(int n, Pair<T> p) {
  const auto [t, t_lo] = powers_of_two<T>[static_cast<std::size_t>(n & 31)];
  const auto [growth, growth_lo] = two_product(t, p.hi);
  const auto [hi, lo] = fast_two_sum(t, growth);
  return {fast_two_sum(hi, lo + (growth_lo + (t_lo + t * p.lo + t_lo * p.hi))), n >> 5};
}

/// e^(x + x_lo) for |x_lo| ≤ ulp(x) and x with exp_is_ordinary(x).
template <Working T>
ScaledPair<T> exp_pair(T x, T x_lo = 0) {
  constexpr T per_cell = static_cast<T>(0x1.71547652b82fep+5);
  const int n = nearest_integer(x * per_cell);
  const auto [hi, lo] = minus_multiple(x, static_cast<T>(n), ln2_by_32<T>);
  return times_table(n, expm1_pair(two_sum(hi, lo + x_lo)));
}

}  // namespace napier::shelf
