// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/real_value.hpp"

#include <algorithm>

#include "lib/fp/float.hpp"
#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"

namespace napier {
namespace {

// Past |x ln a| = 2^64 every result lies beyond overflow or underflow of every format: only the
// sign of the exponent matters and no more guard bits are worth their cost.
constexpr std::int64_t most_guard_bits = 64;

/// Precision for exp of a product near x · ln a: log₂ max(1, |x ln a|) + 6 more bits.
Precision guarded(Precision precision, const Dyadic& x, std::int64_t binade_of_log) {
  const std::int64_t size = x.binade() + binade_of_log + 2;
  return {precision.bits + 6 +
          static_cast<int>(std::clamp<std::int64_t>(size, 0, most_guard_bits))};
}

Enclosure exponent_of_fixed_base(Base base, const Dyadic& x, Precision precision) {
  const Precision wide = guarded(precision, x, 1);
  const Enclosure argument(wide, x);
  return base == Base::e ? argument : argument * log_of_base(base, argument);
}

/// y · ln |a| at a precision that leaves `precision` bits in its exponential.
Enclosure exponent_of_pow(const Dyadic& a, const Dyadic& y, Precision precision) {
  const Dyadic base = magnitude(a);
  const std::int64_t size = base.binade() < 0 ? -base.binade() : base.binade() + 1;
  const Precision wide = guarded(precision, y, top_bit(static_cast<Bits>(size)) + 1);
  return Enclosure(wide, y) * log(Enclosure(wide, base));
}

/// 2^n − 1 is 2^n to any precision below n: a difference of exact numbers ends at 2^n itself, and
/// an open end decides, where expm1 of n·ln 2 would straddle it up to n bits.
Enclosure power_minus_one(const Function& f, Float x, Precision precision) {
  const Dyadic n = exact_value(x).reduced();
  constexpr std::int64_t beyond_every_format = 24;
  if (f.base == Base::two && is_integer(x) && !n.negative && n.binade() < beyond_every_format) {
    const auto power = static_cast<std::int64_t>(n.significand << n.exponent);
    return Enclosure(precision, Dyadic::power_of_two(power)) -
           Enclosure(precision, Dyadic::of_integer(1));
  }
  return expm1(exponent_of_fixed_base(f.base, n, precision));
}

/// value·factor^n.
Enclosure times_power(Enclosure value, const Enclosure& factor, int n) {
  for (int i = 0; i < n; ++i) value = value * factor;
  return value;
}

/// ∂ⁿ/∂aⁿ a^y = y(y − 1)…(y − n + 1)/|a|ⁿ·|a|^y, with the sign of a^(y−n) by the parity of the
/// integer y − n. For a tiny y this ends at (∓1)ⁿ⁻¹(n − 1)!·y/|a|ⁿ exactly, and an open end
/// decides.
Enclosure slope_along_base(const Function& f, const Call& call, Precision precision) {
  const Dyadic a = exact_value(call.x);
  const Dyadic y = exact_value(call.y);
  const Enclosure exponent = exponent_of_pow(a, y, precision);
  const Precision wide = napier::precision(exponent);
  const Enclosure base(wide, magnitude(a));
  Enclosure factor = Enclosure(wide, y) / base;
  for (int k = 1; k < f.order; ++k)
    factor = factor * ((Enclosure(wide, y) - Enclosure(wide, Dyadic::of_integer(k))) / base);
  const Enclosure value = factor * exp(exponent);
  const bool odd_power = is_integer(call.y) && is_odd_integer(call.y) != (f.order % 2 != 0);
  return a.negative && odd_power ? -value : value;
}

/// ∂²/∂a∂y a^y = a^y/a·(1 + y·ln a). The sum cancels where a^y is near 1/e; it is 0 nowhere, for
/// 1/e is no power of dyadic numbers, so more bits always part it from 0.
Enclosure mixed_slope(const Call& call, Precision precision) {
  const Dyadic a = exact_value(call.x);
  const Dyadic y = exact_value(call.y);
  const auto sum = [&](Precision at) {
    return Enclosure(at, Dyadic::of_integer(1)) + exponent_of_pow(a, y, at);
  };
  Precision at = precision;
  Enclosure factor = sum(at);
  const auto lost = [&factor] {
    const Enclosure zero(napier::precision(factor), Dyadic{});
    const bool parted = certainly_less(zero, factor) || certainly_less(factor, zero);
    return parted ? std::max<std::int64_t>(0, -binade(factor)) : std::int64_t(1) << 20;
  };
  while (at.bits < precision.bits + std::min<std::int64_t>(lost(), at.bits)) {
    at.bits *= 2;
    factor = sum(at);
  }
  const Enclosure exponent = exponent_of_pow(a, y, precision);
  return exp(exponent) / Enclosure(napier::precision(exponent), a) * factor;
}

Enclosure slope(const Function& f, const Call& call, Precision precision) {
  if (f.arity == 1) {
    const Enclosure exponent = exponent_of_fixed_base(f.base, exact_value(call.x), precision);
    return times_power(exp(exponent), log_of_base(f.base, exponent), f.order);
  }
  switch (f.variable) {
    case Variable::exponent: {
      const Dyadic a = exact_value(call.x);
      const Enclosure exponent = exponent_of_pow(a, exact_value(call.y), precision);
      const Enclosure log_a = log(Enclosure(napier::precision(exponent), magnitude(a)));
      return times_power(exp(exponent), log_a, f.order);
    }
    case Variable::base:
      return slope_along_base(f, call, precision);
    case Variable::both:
      break;
  }
  return mixed_slope(call, precision);
}

}  // namespace

Enclosure real_value(const Function& f, const Call& call, Precision precision) {
  if (is_composed(f)) return composition_of(f).closed(f, call, precision);
  const Dyadic x = exact_value(call.x);
  switch (f.kind) {
    case Kind::power: {
      if (f.arity == 1) return exp(exponent_of_fixed_base(f.base, x, precision));
      const Enclosure value = exp(exponent_of_pow(x, exact_value(call.y), precision));
      return x.negative && is_odd_integer(call.y) ? -value : value;
    }
    case Kind::power_minus_one:
      return power_minus_one(f, call.x, precision);
    case Kind::logarithm:
      return log(Enclosure(precision, x));
    case Kind::slope:
      break;
  }
  return slope(f, call, precision);
}

}  // namespace napier
