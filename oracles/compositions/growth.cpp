// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// G(x, y) = 2^(x/y): what doubles in the time y, after the time x. Every compound growth a^(t/τ)
// is one, with y = τ ln 2/ln a.
//
// With c = x ln 2/y: G = e^c, and as d/dy = −(c/y) d/dc the derivative of order n along y is
//
//   G·(−1/y)ⁿ·Σ L(n, k) c^k,  k = 1 … n,  with Lah's numbers L(n, k) = C(n−1, k−1)·n!/k!,
//
// that along x G·(ln 2/y)ⁿ, and the mixed one −G·ln 2/y²·(1 + c). G is dyadic where x/y is an
// integer and irrational elsewhere (Gelfond–Schneider); derivatives are G, which is algebraic,
// times a polynomial in ln 2 that is not constant: transcendental, but for the 0 at x = 0.
#include <algorithm>

#include "lib/fp/float.hpp"
#include "oracles/compositions/composition.hpp"

namespace napier {
namespace {

bool along_time(const Function& f) { return f.order > 0 && f.variable == Variable::base; }
bool along_scale(const Function& f) { return f.order > 0 && f.variable == Variable::exponent; }

SpecialCase special(const Function& f, const Call& call) {
  const auto [x, y] = call;
  if (is_nan(x) || is_nan(y) || is_zero(y)) return NoValue{};
  if (is_infinite(x) && is_infinite(y)) return NoValue{};
  if (is_infinite(y)) return f.order == 0 ? SpecialCase(UnitValue{}) : ZeroValue{};
  if (is_infinite(x)) {
    if (is_negative(x) != is_negative(y)) return ZeroValue{};
    const bool odd_factor = f.order % 2 != 0 && is_negative(y);
    if (f.order == 0) return InfiniteValue{};
    if (along_time(f)) return InfiniteValue{odd_factor};
    if (along_scale(f)) return InfiniteValue{odd_factor != (f.order % 2 != 0)};
    return InfiniteValue{true};
  }
  if (is_zero(x) && f.order == 0) return UnitValue{};
  if (is_zero(x) && along_scale(f)) return ZeroValue{};
  return RealValue{};
}

/// x/y if it is an integer that a binary exponent may be.
std::optional<std::int64_t> whole_quotient(const Call& call) {
  const Dyadic x = exact_value(call.x).reduced(), y = exact_value(call.y).reduced();
  const std::int64_t shift = x.exponent - y.exponent;
  constexpr std::int64_t most = 24;
  if (shift < 0 || shift > most || x.significand % y.significand != 0) return std::nullopt;
  const Bits size = x.significand / y.significand;
  if (top_bit(size) + shift > most) return std::nullopt;
  const auto n = static_cast<std::int64_t>(size) << shift;
  return x.negative != y.negative ? -n : n;
}

std::optional<Dyadic> exact(const Function& f, const Call& call) {
  if (f.order != 0) return std::nullopt;
  const auto n = whole_quotient(call);
  return n ? std::optional(Dyadic::power_of_two(*n)) : std::nullopt;
}

template <EnclosedReal E>
E power_of(E factor, int n) {
  E product = factor;
  for (int k = 1; k < n; ++k) product = product * factor;
  return product;
}

/// Σ L(n, k) c^k: L(n, n) = 1, and L(n, k − 1) = L(n, k)·k(k − 1)/(n − k + 1).
template <EnclosedReal E>
E lah_polynomial(const E& c, int n) {
  const Precision at = precision(c);
  E coefficient = integer<E>(1, at);
  E sum = coefficient;
  for (int k = n; k > 1; --k) {
    coefficient = coefficient * integer<E>(k * (k - 1), at) / integer<E>(n - k + 1, at);
    sum = sum * c + coefficient;
  }
  // Highest first: the loop ended with the coefficient of c, which is one power short.
  return sum * c;
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  const Dyadic x = exact_value(call.x), y = exact_value(call.y);
  constexpr std::int64_t most_guard_bits = 64;
  const std::int64_t size = x.is_zero() ? 0 : x.binade() - y.binade() + 3;
  const Precision wide{precision.bits + 8 +
                       static_cast<int>(std::clamp<std::int64_t>(size, 0, most_guard_bits))};
  const E scale(wide, y);
  const E ln2 = log_of_base(Base::two, scale);
  const E c = E(wide, x) / scale * ln2;
  const E growth = exp(c);
  if (f.order == 0) return growth;
  if (along_time(f)) return growth * power_of(ln2 / scale, f.order);
  if (along_scale(f)) return growth * lah_polynomial(c, f.order) / power_of(-scale, f.order);
  return -(growth * ln2 / (scale * scale) * (integer<E>(1, wide) + c));
}

/// G_x = G·ln 2/y, and so on for higher orders; G_y = −G·x ln 2/y².
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call& call, const E& g) {
  const Precision at = precision(g);
  const E y = real<E>(call.y, at);
  const E ln2 = log_of_base(Base::two, y);
  if (along_time(f)) return g * power_of(ln2 / y, f.order);
  const E c = real<E>(call.x, at) / y * ln2;
  if (along_scale(f)) return g * lah_polynomial(c, f.order) / power_of(-y, f.order);
  return -(g * ln2 / (y * y) * (integer<E>(1, at) + c));
}

}  // namespace

void contribute_growth(Compositions& all) {
  all.push_back({.value = &functions::growth,
                 .rises = false,
                 .special = special,
                 .exact = exact,
                 .closed = value<Enclosure>,
                 .fast = [](const Function& f,
                            const Call& call) { return value<FastEnclosure>(f, call, {}); },
                 .definition = [](const TaylorJet& x,
                                  const TaylorJet& y) { return exp(x / y * TaylorJet::ln2(x)); },
                 .is_defined_well =
                     [](const Function&, const Call& call) {
                       const Dyadic x = exact_value(call.x), y = exact_value(call.y);
                       return x.is_zero() || x.binade() - y.binade() < 19;
                     },
                 .equation = {"dG/dx = G ln 2/y, dG/dy = -G x ln 2/y^2", equation<Enclosure>,
                              equation<FastEnclosure>}});
}

}  // namespace napier
