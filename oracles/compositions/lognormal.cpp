// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The log-normal density of mean 0 and variance 1, f(x) = e^(−L²/2)/(x√2π) with L = ln x: that of
// e^N where N is normal. As L′ = 1/x,
//
//   f⁽ⁿ⁾ = f·Pₙ(L)/xⁿ,   P₀ = 1,   Pₙ₊₁ = Pₙ′ − (L + n + 1)·Pₙ
//
// with whole coefficients. All of f/xⁿ is one exponential, of −L²/2 − (n + 1)L − ln(2π)/2.
//
// A zero of Pₙ is an algebraic L, of which e^L is transcendental (Lindemann) but for L = 0: at
// x = 1, as P₃ = −L³ − 6L² − 8L, and nowhere else. Whether the density may be a number of a format
// somewhere is beyond what is known of e, π and ln x; if it were, it would stay undecided there.
#include <algorithm>
#include <vector>

#include "lib/fp/float.hpp"
#include "oracles/compositions/composition.hpp"
#include "oracles/compositions/pi.hpp"

namespace napier {
namespace {

/// Coefficients of Pₙ, the constant first: of order 16 below 2^52.
std::vector<std::int64_t> polynomial(int order) {
  std::vector<std::int64_t> p{1};
  for (int n = 0; n < order; ++n) {
    std::vector<std::int64_t> next(p.size() + 1);
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (i > 0) next[i - 1] += static_cast<std::int64_t>(i) * p[i];
      next[i] -= (n + 1) * p[i];
      next[i + 1] -= p[i];
    }
    p = next;
  }
  return p;
}

bool is_one(Float x) { return compare(exact_value(x), Dyadic::of_integer(1)) == 0; }

SpecialCase special(const Function& f, const Call& call) {
  // Below 0 there is no logarithm; who means the distribution says 0. Conventions differ.
  if (is_nan(call.x) || is_negative(call.x)) return NoValue{};
  if (is_zero(call.x)) return ZeroValue{};
  if (is_infinite(call.x)) return ZeroValue{f.order % 2 != 0};
  if (is_one(call.x) && polynomial(f.order).front() == 0) return ZeroValue{};
  return RealValue{};
}

std::optional<Dyadic> exact(const Function&, const Call&) { return std::nullopt; }

template <EnclosedReal E>
E polynomial_at(const E& l, int order) {
  const std::vector<std::int64_t> p = polynomial(order);
  const Precision at = precision(l);
  E value = integer<E>(p.back(), at);
  for (std::size_t i = p.size() - 1; i-- > 0;)
    value = p[i] == 0 ? value * l : value * l + integer<E>(p[i], at);
  return value;
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  constexpr int guard_bits = 40;  // of an exponent below 2^27 in any format
  const E x(Precision{precision.bits + guard_bits}, exact_value(call.x));
  const E l = log(x);
  const E constant = scaled(log(scaled(pi(x), 1)), -1);
  const E decay =
      scaled(l * l, -1) + (integer<E>(f.order + 1, napier::precision(x)) * l + constant);
  const E density = exp(-decay);
  return f.order == 0 ? density : density * polynomial_at(l, f.order);
}

/// f′ = −f·(1 + L)/x.
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call& call, const E& density) {
  const E x = real<E>(call.x, precision(density));
  E product = density * polynomial_at(log(x), f.order);
  for (int k = 0; k < f.order; ++k) product = product / x;
  return product;
}

}  // namespace

void contribute_lognormal(Compositions& all) {
  all.push_back(
      {.value = &functions::lognormal,
       .rises = false,
       .positive = true,
       .special = special,
       .exact = exact,
       .closed = value<Enclosure>,
       .fast = [](const Function& f,
                  const Call& call) { return value<FastEnclosure>(f, call, {}); },
       .definition =
           [](const TaylorJet& x, const TaylorJet&) {
             const TaylorJet half = TaylorJet::constant(Dyadic::power_of_two(-1), x);
             const TaylorJet l = log(x);
             return exp(-(half * (l * l + log(TaylorJet::pi(x) + TaylorJet::pi(x))))) / x;
           },
       .is_defined_well =
           [](const Function&, const Call& call) {
             constexpr std::int64_t farthest = 1900;  // L²/2 < 2^20
             return is_finite(call.x) && !is_zero(call.x) &&
                    std::abs(exact_value(call.x).binade()) < farthest;
           },
       .equation = {"f' = -f (1 + ln x)/x", equation<Enclosure>, equation<FastEnclosure>}});
}

}  // namespace napier
