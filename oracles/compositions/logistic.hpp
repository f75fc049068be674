// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>

#include "lib/fp/float.hpp"
#include "oracles/compositions/composition.hpp"

// The logistic function s(d) = 1/(1 + e^−d) and its derivatives, which are those of three
// compositions: with t = 1 − s = s(−d), q = s·t and c = t − s,
//
//   s′ = q,   q′ = q·c,   c′ = −2q,   c² = 1 − 4q,
//
// so the derivative of order n is q·R(q), times c where n is even, for a polynomial R with whole
// coefficients that follows from the one before. Nothing cancels but in R, next to its zeros, and
// those are irrational: more bits part the value from 0.
namespace napier {

/// Where all of it is decided: |x − y|, or |x|, with its sign.
template <EnclosedReal E>
struct LogisticArgument {
  E size;
  bool negative = false;
  /// Below 2^-15, and d² next to 0 as far as the precision goes.
  bool is_small = false;
};

/// Precision for e^−|d|: as many guard bits as d has before its point.
inline Precision guarded_exponent(Precision precision, std::int64_t binade) {
  constexpr std::int64_t most_guard_bits = 64;
  return {precision.bits + 8 +
          static_cast<int>(std::clamp<std::int64_t>(binade + 2, 0, most_guard_bits))};
}

/// x − y, of one argument x, at finite arguments.
template <EnclosedReal E>
LogisticArgument<E> logistic_argument(const Call& call, Precision precision) {
  const Dyadic x = exact_value(call.x);
  const Dyadic y = call.y.format == nullptr ? Dyadic{} : exact_value(call.y);
  const std::int64_t far = std::max(x.is_zero() ? -64 : x.binade(), y.is_zero() ? -64 : y.binade());
  const Precision wide = guarded_exponent(precision, far + 1);
  const bool negative = compare(x, y) < 0;
  const E low(wide, negative ? x : y), high(wide, negative ? y : x);
  const auto is_small = [&](const Dyadic& d) {
    constexpr std::int64_t guard_bits = 24;
    return d.is_zero() || (d.binade() < -16 && 2 * d.binade() + precision.bits < guard_bits);
  };
  return {high - low, negative, is_small(x) && is_small(y)};
}

/// The coefficients of R for the derivative of order n of s.
inline std::vector<std::int64_t> logistic_polynomial(int n) {
  std::vector<std::int64_t> r{1};
  for (int k = 1; k < n; ++k) {
    std::vector<std::int64_t> next(r.size() + 1);
    for (std::size_t i = 0; i < r.size(); ++i) {
      const auto power = static_cast<std::int64_t>(i);
      if (k % 2 != 0) {  // (q·R)′ = c·q·(R + q·R′)
        next[i] += r[i] * (1 + power);
      } else {  // (c·q·R)′ = q·((1 − 6q)·R + (1 − 4q)·q·R′)
        next[i] += r[i] * (1 + power);
        next[i + 1] -= r[i] * (6 + 4 * power);
      }
    }
    if (next.back() == 0) next.pop_back();
    r = next;
  }
  return r;
}

/// s or its derivative of order n at d = 0, where it is dyadic: q = 1/4, s = 1/2 and c = 0.
inline Dyadic logistic_at_zero(int n) {
  if (n == 0) return Dyadic::power_of_two(-1);
  if (n % 2 == 0) return {};
  Dyadic value;
  std::int64_t power = -2;
  for (const std::int64_t coefficient : logistic_polynomial(n)) {
    value = add(value, Dyadic::of_integer(coefficient).scaled(power));
    power -= 2;
  }
  return value;
}

/// The same where d is small: s − 1/2 = tanh(d/2)/2 has a series in odd powers of d, and so have
/// its derivatives in odd or in even ones. Its terms have alternating signs, and by |s^(m)(0)| =
/// 2·m!·λ(m + 1)/π^(m+1), λ falling, each is below ((m + 1)(m + 2)/2)(d/π)² of the one before: less
/// than that one, up to order 16 below 2^-14. So the value lies strictly between the first term and
/// the sum of the first two. It may be as near to a number of the format as d² is to 0, which no
/// precision parts from it, but an open end does.
template <EnclosedReal E>
E logistic_near_zero(const LogisticArgument<E>& d, int n) {
  const Precision at = precision(d.size);
  const bool is_odd = n % 2 == 0;  // but for 1/2
  const int m = is_odd ? n + 1 : n;
  E first(at, logistic_at_zero(m));
  E second = E(at, logistic_at_zero(m + 2)) * (d.size * d.size) / integer<E>(is_odd ? 6 : 2, at);
  if (is_odd) first = first * d.size, second = second * d.size;
  const E sum = hull(first, first + second);
  const E signed_sum = is_odd && d.negative ? -sum : sum;
  return n == 0 ? E(at, Dyadic::power_of_two(-1)) + signed_sum : signed_sum;
}

/// s, or its derivative of order n.
template <EnclosedReal E>
E logistic(const LogisticArgument<E>& d, int n) {
  if (d.is_small) return logistic_near_zero(d, n);
  const Precision at = precision(d.size);
  const E one = integer<E>(1, at);
  const E e = exp(-d.size);
  const E sum = one + e;
  if (n == 0) return d.negative ? e / sum : one / sum;
  const E q = e / (sum * sum);
  const std::vector<std::int64_t> r = logistic_polynomial(n);
  E value = integer<E>(r.back(), at);
  for (std::size_t i = r.size() - 1; i-- > 0;) value = value * q + integer<E>(r[i], at);
  value = value * q;
  if (n % 2 != 0) return value;
  const E c = expm1(-d.size) / sum;  // t − s for d ≥ 0
  return d.negative ? -(value * c) : value * c;
}

/// Its limits.
inline SpecialCase logistic_limit(bool negative, int n) {
  if (n == 0 && !negative) return UnitValue{};
  return ZeroValue{};
}

/// 2304 bits hold 1 + e^−d, and what cancels in it, for binary64; of wider formats a part.
inline bool is_logistic_defined_well(const Call& call) {
  constexpr std::int64_t smallest = -1100;
  const Dyadic x = exact_value(call.x);
  const Dyadic y = call.y.format == nullptr ? Dyadic{} : exact_value(call.y);
  // x − y is 0 or at least the last place of one of them.
  const auto is_in_reach = [](const Dyadic& d) {
    return d.is_zero() ||
           (d.reduced().exponent > smallest && compare(magnitude(d), Dyadic::of_integer(760)) <= 0);
  };
  return is_in_reach(x) && is_in_reach(y);
}

}  // namespace napier
