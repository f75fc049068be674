// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/log_pair.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/composition.hpp"

namespace napier::shelf {

/// ln(2π)/2 within 2^-107 (2^-49).
template <Working T>
inline constexpr Pair<T> half_log_two_pi{0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};
template <>
inline constexpr Pair<float> half_log_two_pi<float>{0x1.d67f1cp-1f, 0x1.0c97d6p-26f};

/// −(L²/2 + L + ln(2π)/2) in two words: the logarithm of the density at x, L = ln x, for which L²/2
/// must be far from overflow.
template <Working T>
Pair<T> lognormal_exponent(Pair<T> l) {
  const auto [square, square_lo] = two_product(l.hi, l.hi);
  const auto [a, a_lo] = two_sum(square / 2, l.hi);
  const auto [b, b_lo] = two_sum(a, half_log_two_pi<T>.hi);
  const T rest = (square_lo / 2 + l.hi * l.lo) + (l.lo + half_log_two_pi<T>.lo);
  const auto [hi, lo] = fast_two_sum(b, (a_lo + b_lo) + rest);
  return {-hi, -lo};
}

/// e^(−(ln x)²/2)/(x√2π), in one exponential; 0 for x = 0.
template <Working T>
T lognormal(T x) {
  if (!(x > 0 && x < infinity<T>)) return x == 0 || x == infinity<T> ? T(0) : (x - x) / (x - x);
  const auto [e, e_lo] = lognormal_exponent(log_pair(x));
  if (!exp_is_ordinary(e)) return exp_limit(e);
  return exp_pair(e, e_lo).rounded();
}

/// What lognormal.cpp derives and promises of it.
template <Working T>
Claim lognormal_claim();

}  // namespace napier::shelf
