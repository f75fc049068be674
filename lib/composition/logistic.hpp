// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/log_pair.hpp"
#include "lib/exponential/own_base.hpp"
#include "lib/exponential/tang.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/composition.hpp"

namespace napier::shelf {

/// 1/(1 + e^−x), from an exponential that cannot overflow.
template <Working T>
T sigmoid(T x) {
  const T e = tang_exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/// ln(1 + e) for 0 ≤ e ≤ 1: the sum in two words, s + r, and ln s + ln(1 + r/s).
///
/// ln s is off by 2^-68.6 (2^-39.6) of itself, r/s by half an ulp of at most 2^-p, where either
/// s = 1 and that is all, or ln s > 2^(1-p) and it is a quarter of an ulp of the sum at most. What
/// is left out of ln(1 + r/s) after its square is below 2^-3p. With the last rounding: 1 ulp for
/// s = 1, where two more roundings are of the square, and 0.76 else; of e itself 2^-70.
template <Working T>
T log1p(T e) {
  const auto [s, r] = fast_two_sum(T(1), e);
  const T rest = r / s;
  if (s == 1) return rest - rest * rest / 2;
  const Pair<T> log = log_pair(s);
  return log.hi + (log.lo + (rest - rest * rest / 2));
}

/// ln(1 + e^x), which is x and a little for large x.
template <Working T>
T softplus(T x) {
  const T beyond = log1p(tang_exp(-std::fabs(x)));
  return x > 0 ? x + beyond : beyond;
}

/// ln(e^x + e^y) of finite arguments: the larger one and a little.
template <Working T>
T logaddexp(T x, T y) {
  const T larger = x < y ? y : x;
  if (x == y) return larger + ln2<T>.hi;
  return larger + log1p(tang_exp(-std::fabs(x - y)));
}

/// e^−|x − y|, of the difference in two words, so that its rounding costs nothing.
template <Working T>
T falling_exp(T x, T y) {
  const auto [d, d_lo] = x < y ? two_sum(x, -y) : two_sum(y, -x);
  if (!exp_is_ordinary(d)) return exp_limit(d);
  return exp_pair(d, d_lo).rounded();
}

/// What composition/logistic.cpp derives and promises of them.
template <Working T>
Claim sigmoid_claim();
template <Working T>
Claim softplus_claim();
template <Working T>
Claim logaddexp_claim();

}  // namespace napier::shelf
