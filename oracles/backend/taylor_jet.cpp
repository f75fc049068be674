// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/taylor_jet.hpp"

#include <algorithm>

#include "oracles/backend/independent_jets.hpp"
#include "oracles/backend/independent_series.hpp"

namespace napier {
namespace {

// What cancels in 1 + e^−d for every d of binary64's range, some 1100 bits, and as much again.
using Series = independent::Series<2304, 24>;
using Ball = independent::Ball<Series>;
using Number = Series::Number;
using Coefficients = independent::Jet<Series>;

Ball whole(std::size_t n) { return Ball::exactly(Number(n)); }

/// atan(1/n) = Σ (−1)^k/((2k + 1)·n^(2k + 1)), of which the first term left out bounds the rest.
Ball atan_of_one_over(std::size_t n) {
  const Number square(n * n);
  Ball power = whole(1) / Number(n);
  Ball sum = whole(0);
  std::size_t k = 0;
  for (; power.middle > ldexp(Number(1), -Series::bits); ++k) {
    const Ball term = power / Number(2 * k + 1);
    sum = sum + (k % 2 == 0 ? term : -term);
    power = power / square;
  }
  sum.radius += power.middle;
  return sum;
}

/// π = 16·atan(1/5) − 4·atan(1/239) (Machin).
Ball machin() { return whole(16) * atan_of_one_over(5) + -(whole(4) * atan_of_one_over(239)); }

}  // namespace

struct TaylorJet::Impl {
  Coefficients p;
};

namespace {

TaylorJet made(Coefficients p) {
  return TaylorJet(std::make_shared<const TaylorJet::Impl>(TaylorJet::Impl{std::move(p)}));
}
TaylorJet constant_of(const Ball& value, const TaylorJet& like) {
  Coefficients p(like.impl().p.size(), whole(0));
  p[0] = value;
  return made(std::move(p));
}

template <class Combine>
TaylorJet each(const TaylorJet& a, const TaylorJet& b, Combine combine) {
  Coefficients p = a.impl().p;
  std::ranges::transform(p, b.impl().p, p.begin(), combine);
  return made(std::move(p));
}

}  // namespace

TaylorJet TaylorJet::constant(const Dyadic& value, const TaylorJet& like) {
  return constant_of(Ball::exactly(Series::number(value)), like);
}
TaylorJet TaylorJet::ln2(const TaylorJet& like) {
  return constant_of(Ball::of(Series::log_of(Base::two)), like);
}
TaylorJet TaylorJet::pi(const TaylorJet& like) {
  static const Ball pi = machin();
  return constant_of(pi, like);
}
TaylorJet TaylorJet::variable(const Dyadic& at, int slope, int order) {
  Coefficients p(static_cast<std::size_t>(order) + 1, whole(0));
  p[0] = Ball::exactly(Series::number(at));
  if (order > 0) p[1] = Ball::exactly(Number(slope));
  return made(std::move(p));
}

Enclosure TaylorJet::coefficient(int k) const {
  return impl_->p[static_cast<std::size_t>(k)].enclosure();
}
Enclosure TaylorJet::derivative(int n) const {
  return independent::times_factorial<Series>(impl_->p[static_cast<std::size_t>(n)], n).enclosure();
}

TaylorJet operator+(const TaylorJet& a, const TaylorJet& b) {
  return each(a, b, [](const Ball& x, const Ball& y) { return x + y; });
}
TaylorJet operator-(const TaylorJet& a, const TaylorJet& b) { return a + -b; }
TaylorJet operator-(const TaylorJet& a) {
  Coefficients p = a.impl().p;
  for (Ball& coefficient : p) coefficient = -coefficient;
  return made(std::move(p));
}

TaylorJet operator*(const TaylorJet& a, const TaylorJet& b) {
  const Coefficients& p = a.impl().p;
  const Coefficients& q = b.impl().p;
  Coefficients product(p.size(), whole(0));
  for (std::size_t k = 0; k < p.size(); ++k)
    for (std::size_t j = 0; j <= k; ++j) product[k] = product[k] + p[j] * q[k - j];
  return made(std::move(product));
}

TaylorJet operator/(const TaylorJet& a, const TaylorJet& b) {
  const Coefficients& q = b.impl().p;
  Coefficients quotient = a.impl().p;
  for (std::size_t k = 0; k < q.size(); ++k) {
    for (std::size_t j = 1; j <= k; ++j) quotient[k] = quotient[k] + -(q[j] * quotient[k - j]);
    quotient[k] = quotient[k] / q[0];
  }
  return made(std::move(quotient));
}

TaylorJet exp(const TaylorJet& a) {
  const Coefficients& p = a.impl().p;
  return made(independent::exponential(exp(p[0]), p));
}

TaylorJet log(const TaylorJet& a) {
  const Coefficients& p = a.impl().p;
  Coefficients l{log(p[0])};
  for (std::size_t k = 1; k < p.size(); ++k) {
    Ball sum = whole(k) * p[k];
    for (std::size_t j = 1; j < k; ++j) sum = sum + -(whole(j) * l[j] * p[k - j]);
    l.push_back(sum / p[0] / Number(k));
  }
  return made(std::move(l));
}

}  // namespace napier
