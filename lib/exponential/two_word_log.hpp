// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/log_pair.hpp"
#include "lib/target/claim.hpp"

namespace napier::shelf {

/// ln x in two words, rounded once.
template <Working T>
T two_word_log(T x) {
  if (x == 1) return 0;  // in down, 1 − 1 is −0
  if (x > 0 && x < infinity<T>) {
    const auto [hi, lo] = log_pair(x);
    return hi + lo;
  }
  if (x == 0) return -1 / (x * x);   // −inf, a division by zero
  if (x < 0) return (x - x) / T(0);  // NaN, an invalid operation
  return x + x;                      // inf, NaN
}

/// What two_word_log.cpp derives and promises of it.
template <Working T>
Claim two_word_log_claim();

}  // namespace napier::shelf
