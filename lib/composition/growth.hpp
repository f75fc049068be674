// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/own_base.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/composition.hpp"

namespace napier::shelf {

/// 2^(x/y) with the quotient in two words: its rounding alone would cost |x/y|·ln 2/2 ulp.
template <Working T>
T growth(T x, T y) {
  const T q = x / y;
  if (!exp_is_ordinary(q * ln2<T>.hi)) return exp_limit(q);
  const auto [back, back_lo] = two_product(q, y);
  const T q_lo = ((x - back) - back_lo) / y;
  const auto [n, r] = cell_of_two(q);
  // r.hi may be smaller than what q left.
  return times_table(n, expm1_pair(two_sum(r.hi, r.lo + q_lo * ln2<T>.hi))).rounded();
}

/// What growth.cpp derives and promises of it.
template <Working T>
Claim growth_claim();

}  // namespace napier::shelf
