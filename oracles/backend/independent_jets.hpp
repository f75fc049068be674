// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <vector>

#include "oracles/backend/independent_series.hpp"

/// Derivatives of any order by Taylor arithmetic on intervals, for independent.cpp, and with
/// taylor_jet.cpp for compositions.
///
/// A jet is the Taylor polynomial of a function at a point, f(x + s) = f₀ + f₁s + f₂s² + …, with an
/// interval for each coefficient; f's derivative of order n is n!·fₙ. Programs run on jets as they
/// run on numbers. Nothing here knows what the derivative of a power is, only
///
///   (e^w)′ = w′e^w:   e_k = (1/k)·Σ j·w_j·e_(k−j), j = 1 … k
///   x·(ln x)′ = 1:    ln(x + s) = ln x + s/x − s²/2x² + …, from k·l_k·x = −(k − 1)·l_(k−1)
///
/// so that a power is e^(y·ln x) and no formula of the reference is used.
namespace napier::independent {

/// All t with |t − middle| ≤ radius. Each operation adds the rounding of its middle, and for that
/// of the radius makes it larger by 2^-60 of itself: a hundred roundings of u ≤ 2^-255 and more.
template <class Series>
struct Ball {
  using Number = typename Series::Number;
  Number middle;
  Number radius;

  static Ball exactly(const Number& value) { return {value, Number(0)}; }
  static Ball of(const Estimate<Number>& t) {
    return widened(t.value, Number(0), std::ceil(t.units) + 1);
  }

  friend Ball operator+(const Ball& a, const Ball& b) {
    return widened(a.middle + b.middle, a.radius + b.radius, 1);
  }
  friend Ball operator*(const Ball& a, const Ball& b) {
    return widened(a.middle * b.middle,
                   abs(a.middle) * b.radius + a.radius * abs(b.middle) + a.radius * b.radius, 1);
  }
  /// For a b that is known exactly and is not 0.
  friend Ball operator/(const Ball& a, const Number& b) {
    return widened(a.middle / b, a.radius / abs(b), 1);
  }

  friend Ball operator-(const Ball& a) { return {-a.middle, a.radius}; }
  /// 1/b moves by at most r/(|b|(|b| − r)) for a radius r, and by 2r/b² where r ≤ |b|/2.
  friend Ball operator/(const Ball& a, const Ball& b) {
    if (b.radius == 0) return a / b.middle;
    assert(b.radius * 2 <= abs(b.middle));
    const Number inverse = Number(1) / b.middle;
    return a * widened(inverse, b.radius * inverse * inverse * 3, 1);
  }
  /// e^(m + r) − e^m is below 2r·e^m for r ≤ 1.
  friend Ball exp(const Ball& a) {
    assert(a.radius <= 1);
    const Ball middle = of(Series::exponential(a.middle, 0, false));
    return widened(middle.middle, middle.radius + abs(middle.middle) * a.radius * 3, 0);
  }
  /// ln(m − r) is below ln m by at most 2r/m for r ≤ m/2.
  friend Ball log(const Ball& a) {
    assert(a.radius * 2 <= a.middle);
    const Ball middle = of(Series::log(a.middle));
    return widened(middle.middle, middle.radius + a.radius / a.middle * 3, 0);
  }

  Enclosure enclosure() const { return Series::between(middle - radius, middle + radius, 1); }

 private:
  static Ball widened(const Number& middle, const Number& radius, double units) {
    const Number more = radius + ldexp(abs(middle) * Number(units), 1 - Series::bits);
    return {middle, more + ldexp(more, -60)};
  }
};

template <class Series>
using Jet = std::vector<Ball<Series>>;

/// e^w, where e^w₀ is known.
template <class Series>
Jet<Series> exponential(const Ball<Series>& first, const Jet<Series>& w) {
  using B = Ball<Series>;
  Jet<Series> e{first};
  for (std::size_t k = 1; k < w.size(); ++k) {
    B sum = B::exactly(typename B::Number(0));
    for (std::size_t j = 1; j <= k; ++j)
      sum = sum + B::exactly(typename B::Number(j)) * w[j] * e[k - j];
    e.push_back(sum / typename B::Number(k));
  }
  return e;
}

/// ln(x + s), where ln x is known.
template <class Series>
Jet<Series> logarithm(const Ball<Series>& first, const typename Series::Number& x, int order) {
  using B = Ball<Series>;
  Jet<Series> l{first};
  B term = B::exactly(typename B::Number(1));
  for (int k = 1; k <= order; ++k) {
    term = term / x;
    l.push_back(term / typename B::Number(k % 2 != 0 ? k : -k));
  }
  return l;
}

template <class Series>
Ball<Series> times_factorial(Ball<Series> value, int n) {
  using B = Ball<Series>;
  for (int k = 2; k <= n; ++k) value = value * B::exactly(typename B::Number(k));
  return value;
}

/// The derivative of order n of a^x for a fixed base: e^(ln a·(x + s)).
template <class Series>
Ball<Series> fixed_base_derivative(Base base, const Dyadic& x, int n) {
  using B = Ball<Series>;
  Jet<Series> w(static_cast<std::size_t>(n) + 1, B::exactly(typename B::Number(0)));
  w[1] = B::of(Series::log_of(base));
  return times_factorial(exponential(B::of(Series::fixed_base(base, x, false)), w).back(), n);
}

/// That of x^y, x > 0: e^(ln x·(y + s)), e^(y·ln(x + s)), and of the mixed one the product term
/// s·t of e^((y + t)·ln(x + s)), whose exponent is ln x·y + (y/x)s + ln x·t + (1/x)st + ….
template <class Series>
Ball<Series> power_derivative(const Function& f, const Dyadic& x, const Dyadic& y) {
  using B = Ball<Series>;
  using Number = typename B::Number;
  const Number base = Series::number(x);
  const Number exponent = Series::number(y);
  const B log = B::of(Series::log(x));
  const B power = B::of(Series::pow(x, exponent, 0));
  const auto n = static_cast<std::size_t>(f.order);
  if (f.variable == Variable::both) {
    const B one_over = B::exactly(Number(1)) / base;
    const B along_exponent = log * power;
    return one_over * power + B::exactly(exponent) * one_over * along_exponent;
  }
  Jet<Series> w(n + 1, B::exactly(Number(0)));
  if (f.variable == Variable::exponent) {
    w[1] = log;
  } else {
    w = logarithm<Series>(log, base, f.order);
    for (B& coefficient : w) coefficient = B::exactly(exponent) * coefficient;
  }
  return times_factorial(exponential(power, w).back(), f.order);
}

}  // namespace napier::independent
