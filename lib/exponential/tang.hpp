// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/powers_of_two.hpp"
#include "lib/target/claim.hpp"

namespace napier::shelf {

/// By scripts/tang.sollya.
template <Working T>
struct TangConstants;

template <>
struct TangConstants<double> {
  static constexpr double per_cell = 0x1.71547652b82fep5;   // 32/ln2
  static constexpr double cell_hi = 0x1.62e42fefap-6;       // ln2/32, 37 bits
  static constexpr double cell_lo = 0x1.cf79abc9e3b3ap-45;  // the rest, within 2^-98
  // e^r − 1 = r + r²·tail(r) within 2^-62.6 for |r| ≤ ln2/64.
  static constexpr std::array tail{0x1p-1, 0x1.555555554af31p-3, 0x1.5555555553ee6p-5,
                                   0x1.111156c962801p-7, 0x1.6c16f6e3084a7p-10};
};

template <>
struct TangConstants<float> {
  static constexpr float per_cell = 0x1.715476p5f;
  static constexpr float cell_hi = 0x1.63p-6f;                       // 11 bits
  static constexpr float cell_lo = -0x1.bd0106p-18f;                 // the rest, within 2^-44
  static constexpr std::array tail{0x1.00007cp-1f, 0x1.55558ap-3f};  // within 2^-32.7
};

/// e^x = 2^k·2^(j/32)·e^r with x = (32k + j)·ln2/32 + r and |r| ≤ ln2/64 (Tang 1989, "Table-driven
/// implementation of the exponential function in IEEE floating-point arithmetic").
///
/// With T = 2^(j/32) = hi + lo the result is hi + (lo + hi·p), p = e^r − 1: |p| ≤ 0.0109, so all
/// errors but the last rounding's are a hundredth of its size. tang.cpp derives the claim.
template <Working T>
T tang_exp(T x) {
  using C = TangConstants<T>;
  if (!exp_is_ordinary(x)) return exp_limit(x);
  const int n = nearest_integer(x * C::per_cell);
  const T cells = static_cast<T>(n);
  // n·cell_hi is exact (|n| < 2^16 and 37 bits; 2^13 and 11), and so is the difference, a multiple
  // of ulp(x) below 2^-4.
  const T r_hi = x - cells * C::cell_hi;
  const T r_lo = -cells * C::cell_lo;
  const T r = r_hi + r_lo;
  T tail = C::tail.back();
  for (std::size_t i = C::tail.size() - 1; i-- > 0;) tail = C::tail[i] + r * tail;
  const T p = r_hi + (r_lo + r * r * tail);
  const auto [hi, lo] = powers_of_two<T>[static_cast<std::size_t>(n & 31)];
  return scaled(hi, lo + hi * p, n >> 5);
}

/// What tang.cpp derives and promises of it.
template <Working T>
Claim tang_claim();

}  // namespace napier::shelf
