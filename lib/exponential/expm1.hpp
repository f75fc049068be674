// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>

#include "lib/exponential/exp_pair.hpp"
#include "lib/target/claim.hpp"

namespace napier::shelf {

/// e^x − 1, subtracted before the exponential is rounded.
template <Working T>
T expm1(T x) {
  constexpr T ln2 = static_cast<T>(0x1.62e42fefa39efp-1);
  if (x == 0) return x;
  // Below, the products of a directed mode would add up least subnormals. In up the square of the
  // least one is as large as it, and their sum +0: the sign is that of x.
  if (x > -power_of_two<T>(-precision<T>) && x < power_of_two<T>(-precision<T>))
    return std::copysign(x + x * x / 2, x);
  if (x == -infinity<T>) return -1;
  if (x < (precision<T> + 2) * -ln2) return std::numeric_limits<T>::min() - 1;
  if (!exp_is_ordinary(x)) return exp_limit(x);
  if (x > -ln2 / 64 && x < ln2 / 64) {
    const auto [hi, lo] = expm1_pair<T>({x, 0});
    return hi + lo;
  }
  const auto [power, k] = exp_pair(x);
  // Next to 2^k, one is less than both words hold.
  if (k > 2 * precision<T>) return times_power_of_two(power.hi + power.lo, k);
  const auto [hi, lo] = two_sum(power.hi, -power_of_two<T>(-k));
  return times_power_of_two(hi + (lo + power.lo), k);
}

/// What expm1.cpp derives and promises of it.
template <Working T>
Claim expm1_claim();

}  // namespace napier::shelf
