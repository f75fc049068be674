// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/real_value.hpp"

#include <algorithm>

#include "lib/fp/float.hpp"

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

Enclosure slope(const Function& f, const Call& call, Precision precision) {
  if (f.arity == 1) {
    const Enclosure exponent = exponent_of_fixed_base(f.base, exact_value(call.x), precision);
    return exp(exponent) * log_of_base(f.base, exponent);
  }
  const Dyadic a = exact_value(call.x);
  const Dyadic y = exact_value(call.y);
  if (f.variable == Variable::exponent) {
    const Enclosure exponent = exponent_of_pow(a, y, precision);
    return exp(exponent) * log(Enclosure(napier::precision(exponent), magnitude(a)));
  }
  // (y/|a|)·|a|^y, with the sign of a^(y−1) by the parity of the integer y − 1. For a tiny y this
  // ends at y/|a| exactly, and an open end decides.
  const Enclosure exponent = exponent_of_pow(a, y, precision);
  const Precision wide = napier::precision(exponent);
  const Enclosure value = Enclosure(wide, y) / Enclosure(wide, magnitude(a)) * exp(exponent);
  const bool odd_power = is_integer(call.y) && !is_odd_integer(call.y);
  return a.negative && odd_power ? -value : value;
}

}  // namespace

Enclosure real_value(const Function& f, const Call& call, Precision precision) {
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
