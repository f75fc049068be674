// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/naive_pow.hpp"
#include "lib/exponential/own_base.hpp"

namespace napier::shelf {

/// A dual number value + slope·ε with ε² = 0: f(x + ε) = f(x) + f′(x)·ε, so that a program run on
/// dual numbers carries its derivative along, by the chain rule and without a difference quotient.
template <Working T>
struct Dual {
  T value;
  T slope;

  friend Dual operator*(Dual a, Dual b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
  friend Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.slope + b.slope}; }
  friend Dual operator-(Dual a) { return {-a.value, -a.slope}; }
  friend Dual operator/(Dual a, Dual b) {
    const T quotient = a.value / b.value;
    return {quotient, (a.slope - quotient * b.slope) / b.value};
  }
};

/// The argument of a derivative, x + ε, and what stays the same.
template <Working T>
Dual<T> variable(T x) {
  return {x, 1};
}
template <Working T>
Dual<T> constant(T x) {
  return {x, 0};
}

template <Working T>
Dual<T> exp(Dual<T> x) {
  const T value = tang_exp(x.value);
  return {value, value * x.slope};
}

template <Working T>
Dual<T> exp2(Dual<T> x) {
  const T value = own_base_exp2(x.value);
  return {value, value * (ln2<T>.hi * x.slope)};
}

template <Working T>
Dual<T> log(Dual<T> x) {
  return {series_log(x.value), x.slope / x.value};
}

/// Composed, not differentiated: ∂x^y/∂y = x^y·ln x comes out of exp, log and the product.
template <Working T>
Dual<T> pow(Dual<T> x, Dual<T> y) {
  return exp(y * log(x));
}

}  // namespace napier::shelf
