// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/tang.hpp"

namespace napier::shelf {

/// 2/3, 2/5, 2/7, …: as many as the series of series_log needs.
template <Working T>
inline constexpr auto artanh_terms = [] {
  std::array<T, std::same_as<T, float> ? 5 : 11> terms{};
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = T(2) / static_cast<T>(2 * i + 3);
  return terms;
}();

/// ln x in working precision: x = 2^k·(1 + f) with √½ ≤ 1 + f < √2, s = f/(2 + f) and, because
/// 2s = f − s·f,
///
///   ln(1 + f) = 2·artanh s = f − s·(f − R),   R = (2/3)s² + (2/5)s⁴ + …
///
/// f is exact and |s·(f − R)| < 0.068, so that little is lost beyond the rounding of f − ….
/// s² < 0.0295: the first term dropped is below 2^-60 (2^-30 in binary32) of the logarithm.
template <Working T>
T series_log(T x) {
  if (!(x > 0)) return x == 0 ? T(-1) / (x * x) : (x - x) / (x - x);
  if (x == infinity<T>) return x;
  const auto [fraction, exponent] = normalised(x);
  const T k = static_cast<T>(exponent);
  const T f = fraction - 1;
  const T s = f / (2 + f);
  const T square = s * s;
  T series = artanh_terms<T>.back();
  for (std::size_t i = artanh_terms<T>.size() - 1; i-- > 0;)
    series = artanh_terms<T>[i] + square * series;
  const auto [hi, lo] = ln2_parts<T>;
  return k * hi + (f - (s * (f - square * series) - k * lo));
}

/// x^y as e^(y·ln x), in working precision throughout.
template <Working T>
T naive_pow(T x, T y) {
  return tang_exp(y * series_log(x));
}

/// What naive_pow.cpp derives and promises of it.
template <Working T>
Claim naive_pow_claim();

}  // namespace napier::shelf
