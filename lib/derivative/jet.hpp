// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "lib/exponential/naive_pow.hpp"

namespace napier::shelf {

/// A Taylor polynomial c₀ + c₁s + … + cₙsⁿ of a function around a point (Moore 1966; "Taylor
/// mode"). A program run on jets gives all derivatives up to order n at once, k!·c_k, by
/// recurrences that cost n² operations, where nested dual numbers cost 2ⁿ.
template <Working T, int n>
struct Jet {
  std::array<T, std::size_t(n) + 1> c{};

  static Jet variable(T x) {
    Jet jet = constant(x);
    jet.c[1] = 1;
    return jet;
  }
  static Jet constant(T x) {
    Jet jet;
    jet.c[0] = x;
    return jet;
  }

  friend Jet operator*(const Jet& a, const Jet& b) {
    Jet product;
    for (std::size_t k = 0; k <= n; ++k)
      for (std::size_t j = 0; j <= k; ++j) product.c[k] += a.c[j] * b.c[k - j];
    return product;
  }
};

/// (e^w)′ = w′e^w: k·e_k is the sum of j·w_j·e_(k−j) over j = 1 … k.
template <Working T, int n>
Jet<T, n> exp(const Jet<T, n>& w) {
  Jet<T, n> e = Jet<T, n>::constant(tang_exp(w.c[0]));
  for (std::size_t k = 1; k <= n; ++k) {
    T sum = 0;
    for (std::size_t j = 1; j <= k; ++j) sum += static_cast<T>(j) * w.c[j] * e.c[k - j];
    e.c[k] = sum / static_cast<T>(k);
  }
  return e;
}

/// ln(x + s) for a variable x: (ln x)′ = 1/x, and k·l_k = −(k − 1)·l_(k−1)/x.
template <Working T, int n>
Jet<T, n> log_of_variable(T x) {
  Jet<T, n> l = Jet<T, n>::constant(series_log(x));
  T term = 1 / x;
  for (std::size_t k = 1; k <= n; ++k) {
    l.c[k] = term / static_cast<T>(k);
    term = -term / x;
  }
  return l;
}

/// The n-th derivative, n!·cₙ.
template <Working T, int n>
T highest(const Jet<T, n>& jet) {
  T factorial = 1;
  for (int k = 2; k <= n; ++k) factorial *= static_cast<T>(k);
  return factorial * jet.c[n];
}

}  // namespace napier::shelf
