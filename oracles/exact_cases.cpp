// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/exact_cases.hpp"

#include <boost/multiprecision/gmp.hpp>

#include "lib/target/composition.hpp"
#include "oracles/backend/mpfi_number.hpp"
#include "oracles/backend/mpfi_position.hpp"
#include "oracles/compositions/composition.hpp"

namespace napier {
namespace {

using Integer = boost::multiprecision::mpz_int;

// Exponents of exact values stay far inside MPFR's range; beyond, only the sign of the exponent
// matters and the open enclosure says all.
constexpr std::int64_t exponent_limit = 1 << 24;

/// significand · 2^exponent, if short enough.
std::optional<Enclosure> hold(const Integer& significand, std::int64_t exponent) {
  if (significand == 0) return std::nullopt;
  const Integer positive = abs(significand);
  const auto zeros = static_cast<std::int64_t>(lsb(positive));
  if (static_cast<std::int64_t>(msb(positive)) - zeros >= exact_bits) return std::nullopt;
  if (std::abs(exponent + zeros) > exponent_limit) return std::nullopt;
  auto impl = std::make_unique<Enclosure::Impl>(Precision{exact_bits});
  const Integer odd = significand >> static_cast<unsigned>(zeros);
  const auto power = static_cast<mpfr_exp_t>(exponent + zeros);
  mpfr_set_z_2exp(impl->lo(), odd.backend().data(), power, MPFR_RNDD);
  mpfr_set_z_2exp(impl->hi(), odd.backend().data(), power, MPFR_RNDU);
  return Enclosure(std::move(impl));
}

Integer integer_of(Bits bits) {
  return (Integer(static_cast<std::uint64_t>(bits >> 64)) << 64) + static_cast<std::uint64_t>(bits);
}

/// The integer a dyadic is, if |value| ≤ limit.
std::optional<std::int64_t> small_integer(const Dyadic& value, std::int64_t limit) {
  const Dyadic v = value.reduced();
  if (v.is_zero()) return 0;
  if (v.exponent < 0 || v.binade() > 40) return std::nullopt;
  const auto size = static_cast<std::int64_t>(v.significand << v.exponent);
  if (size > limit) return std::nullopt;
  return v.negative ? -size : size;
}

Integer power_of_five(int n) { return pow(Integer(5), static_cast<unsigned>(n)); }

std::optional<Enclosure> fixed_base(Base base, const Dyadic& x, bool minus_one, int fives) {
  if (base == Base::e) return std::nullopt;
  const auto n = small_integer(x, exponent_limit / 2);
  if (!n) return std::nullopt;
  const Integer factor = power_of_five(fives);
  if (!minus_one && base == Base::two) return hold(factor, *n);
  if (std::abs(*n) > exact_bits) return std::nullopt;
  const auto size = static_cast<unsigned>(std::abs(*n));
  if (base == Base::two) {  // 2^n − 1 = (1 − 2^−n)·2^n
    const Integer power = Integer(1) << size;
    return *n > 0 ? hold(factor * (power - 1), 0) : hold(factor * (1 - power), *n);
  }
  const Integer less = minus_one ? factor : Integer(0);
  if (*n >= 0) return hold(factor * pow(Integer(10), size) - less, 0);
  if (-*n > fives) return std::nullopt;  // 10^−n is rational, and 5^fives times it not dyadic
  return hold(power_of_five(fives + static_cast<int>(*n)) - (less << size), *n);
}

/// |a|^exponent as odd^n · 2^power with n an integer, if rational.
struct RationalPower {
  Integer root;            // μ, odd
  std::int64_t n = 0;      // its power
  std::int64_t power = 0;  // of two
};

std::optional<RationalPower> rational_power(const Dyadic& a, const Dyadic& exponent) {
  const Dyadic base = magnitude(a).reduced();
  const Dyadic y = exponent.reduced();
  Integer root = integer_of(base.significand);
  std::int64_t e = base.exponent;
  std::int64_t j = y.exponent < 0 ? -y.exponent : 0;
  if (j > 64 && !(root == 1 && e == 0)) return std::nullopt;  // e < 2^15 has no such divisor
  if (root == 1 && e == 0) return RationalPower{1, 1, 0};
  for (; j > 0; --j) {
    if (e % 2 != 0 || mpz_perfect_square_p(root.backend().data()) == 0) return std::nullopt;
    root = sqrt(root);
    e /= 2;
  }
  const Dyadic numerator = y.exponent < 0 ? Dyadic{y.negative, y.significand, 0} : y;
  const auto n = small_integer(numerator, exponent_limit);
  if (!n) return std::nullopt;
  return RationalPower{root, *n, e * *n};
}

/// significand · 2^exponent, of any length.
struct LongDyadic {
  Integer significand;
  std::int64_t exponent = 0;
};

LongDyadic longer(const Dyadic& value) {
  const Integer size = integer_of(value.significand);
  return {value.negative ? Integer(-size) : size, value.exponent};
}

/// 5^fives · factor · |a|^exponent.
std::optional<Enclosure> dyadic_power(const Dyadic& a, const Dyadic& exponent,
                                      const LongDyadic& factor, int fives) {
  const auto rational = rational_power(a, exponent);
  if (!rational || std::abs(rational->power) > exponent_limit) return std::nullopt;
  Integer significand = factor.significand * power_of_five(fives);
  if (rational->root != 1) {
    const auto size = static_cast<std::uint64_t>(std::abs(rational->n));
    if (size * (msb(rational->root)) > exact_bits + 128) return std::nullopt;
    const Integer odd = pow(rational->root, static_cast<unsigned>(size));
    if (rational->n >= 0) {
      significand *= odd;
    } else {
      if (significand % odd != 0) return std::nullopt;
      significand /= odd;
    }
  }
  return hold(significand, factor.exponent + rational->power);
}

std::optional<Enclosure> pow_case(const Call& call, int fives) {
  const bool negative = is_negative(call.x) && is_odd_integer(call.y);
  return dyadic_power(exact_value(call.x), exact_value(call.y), {negative ? -1 : 1}, fives);
}

/// y(y − 1)…(y − n + 1).
LongDyadic falling(const Dyadic& y, int n) {
  const Dyadic v = y.reduced();
  LongDyadic value = longer(v);
  if (n == 1) return value;
  const auto whole = static_cast<unsigned>(std::max<std::int64_t>(v.exponent, 0));
  const auto parts = static_cast<unsigned>(std::max<std::int64_t>(-v.exponent, 0));
  const Integer first = value.significand << whole;
  value = {first, -static_cast<std::int64_t>(parts) * n};
  for (int k = 1; k < n; ++k) value.significand *= first - (Integer(k) << parts);
  return value;
}

/// y(y − 1)…(y − n + 1)·a^(y−n).
std::optional<Enclosure> pow_slope_case(const Call& call, int order, int fives) {
  const Dyadic y = exact_value(call.y).reduced();
  const Dyadic n = Dyadic::of_integer(order);
  const Dyadic one = Dyadic::of_integer(1);
  const bool odd_power = is_integer(call.y) && is_odd_integer(call.y) != (order % 2 != 0);
  const auto times = [&](const Dyadic& a, const Dyadic& exponent) {
    LongDyadic factor = falling(y, order);
    if (is_negative(call.x) && odd_power) factor.significand = -factor.significand;
    return dyadic_power(a, exponent, factor, fives);
  };
  // A base of 0 has this one power that is not 0.
  if (compare(y, n) == 0 || compare(magnitude(exact_value(call.x)), one) == 0)
    return times(one, one);
  // Otherwise y − n = m/2^j needs 2^j to divide the exponent of a, below 2^15; and a y beyond 2^60
  // takes even a power of two out of the range of hold().
  if (y.exponent < -40 || y.binade() > 60) return std::nullopt;
  return times(exact_value(call.x), subtract(y, n));
}

/// a^(y−1)·(1 + y·ln a), a ≠ 1: transcendental, but for y = 0.
std::optional<Enclosure> mixed_slope_case(const Call& call, int fives) {
  if (!is_zero(call.y)) return std::nullopt;
  return dyadic_power(exact_value(call.x), Dyadic::of_integer(-1), {1}, fives);
}

}  // namespace

std::optional<Enclosure> exact_case(const Function& f, const Call& call, int fives) {
  if (is_composed(f)) {
    const auto exact = composition_of(f).exact(f, call);
    if (!exact) return std::nullopt;
    return times_fives(Enclosure(Precision{exact_bits}, *exact), fives);
  }
  switch (f.kind) {
    case Kind::power:
      return f.arity == 2 ? pow_case(call, fives)
                          : fixed_base(f.base, exact_value(call.x), false, fives);
    case Kind::power_minus_one:
      return fixed_base(f.base, exact_value(call.x), true, fives);
    case Kind::logarithm:
      return std::nullopt;
    case Kind::slope:
      break;
  }
  if (f.arity == 2 && f.variable == Variable::base) return pow_slope_case(call, f.order, fives);
  if (f.variable == Variable::both) return mixed_slope_case(call, fives);
  return std::nullopt;
}

}  // namespace napier
