// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>

#include "lib/exponential/log_pair.hpp"
#include "lib/target/claim.hpp"

namespace napier::shelf {

/// sign·x^y for finite x > 0, x ≠ 1, and finite y.
template <Working T>
T signed_power(T x, T y, T sign) {
  const auto log = log_pair(x);
  // Beyond the limits y may be too large to be split into halves.
  if (const T z = y * log.hi; !exp_is_ordinary(z)) return exp_limit(z, sign);
  const auto [z, z_lo] = product(y, log);
  return exp_pair(z, z_lo).rounded(sign);
}

/// The power of ±0 or ±inf, without its sign.
template <Working T>
T power_of_limit(T size, T y) {
  if (y < 0) return 1 / size;
  return size;
}

template <Working T>
T power(T x, T y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  const T size = std::fabs(x);
  if (std::fabs(y) == infinity<T>)
    return size == 1 ? T(1) : (size > 1) == (y > 0) ? infinity<T> : T(0);
  const bool whole = y == std::trunc(y);
  const T sign = std::signbit(x) && whole && y / 2 != std::trunc(y / 2) ? T(-1) : T(1);
  if (size == 0 || size == infinity<T>) return sign * power_of_limit(size, y);
  if (x < 0 && !whole) return (x - x) / (x - x);
  return size == 1 ? sign : signed_power(size, y, sign);
}

/// What double_double_log.cpp derives and promises of it.
template <Working T>
Claim power_claim();

}  // namespace napier::shelf
