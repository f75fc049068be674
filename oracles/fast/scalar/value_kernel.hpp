// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/caller.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/function.hpp"
#include "oracles/compositions/composition.hpp"
#include "oracles/fast/scalar/log_kernels.hpp"
#include "oracles/fast/scalar/power_kernels.hpp"

/// fast_value() over the kernels, inlined into a function for each instruction set.
namespace napier::fast {

/// The leading 64 bits of a significand, whatever the format: exact up to binary80.
NAPIER_INLINE FastEnclosure datum(Float x) {
  const Format& format = *x.format;
  if (format.precision > 64) [[unlikely]]
    return FastEnclosure::unknown();
  const int fraction_bits = format.fraction_bits();
  const auto low = static_cast<std::uint64_t>(x.bits);
  std::uint64_t top = low >> fraction_bits;  // sign and exponent
  std::uint64_t significand = low << (63 - fraction_bits) << 1;
  const auto exponent_mask = (std::uint64_t(1) << format.exponent_bits()) - 1;
  if (format.explicit_integer_bit) [[unlikely]] {
    top = static_cast<std::uint64_t>(x.bits >> format.precision);
    if ((low >> 63) == 0 && (top & exponent_mask) != 0) return FastEnclosure::unknown();
    significand = low << 1;
  }
  const bool negative = (top >> format.exponent_bits() & 1) != 0;
  auto exponent = static_cast<std::int64_t>(top & exponent_mask);
  if (exponent == static_cast<std::int64_t>(exponent_mask)) return FastEnclosure::unknown();
  if (exponent == 0) [[unlikely]] {
    const bool pseudo = format.explicit_integer_bit && (low >> 63) != 0;
    if (!pseudo) {
      if (significand == 0) return {};
      const int zeros = std::countl_zero(significand);
      significand = significand << zeros << 1;
      exponent = -zeros;
    } else {
      exponent = 1;
    }
  }
  const std::uint64_t sign = static_cast<std::uint64_t>(negative) << 63;
  const auto hi = std::bit_cast<double>(sign | std::uint64_t(1023) << 52 | significand >> 12);
  // The 11 bits beyond binary64's, of binary80 only.
  const double rest = static_cast<double>(significand & 0xfff) * 0x1p-64;
  exponent -= format.max_exponent;
  if (rest == 0) return {hi, 0, 0, exponent};
  const DoubleDouble pair = fast_two_sum(hi, negative ? -rest : rest);
  return normalised(pair.hi, pair.lo, 0, exponent);
}

NAPIER_INLINE const ExpBase& base_row(Base base) {
  return base == Base::two ? base_two : base == Base::ten ? base_ten : base_e;
}

/// power · factor, for a power that may be saturated: a factor is between 2^-17000 and 2^17000.
template <class Product>
NAPIER_INLINE FastEnclosure slope_of(const FastEnclosure& power, const FastEnclosure& factor) {
  if (is_exactly_zero(factor)) return factor;
  if (power.is_huge() && sign_is_certain(factor)) [[unlikely]]
    return FastEnclosure::huge(factor.hi < 0);
  if (power.exponent <= -FastEnclosure::huge_exponent && sign_is_certain(factor)) [[unlikely]]
    return {factor.hi < 0 ? -1.0 : 1.0, 0, 1, power.exponent + 20000};
  return product<Product>(power, factor);
}

/// A slope of x^y of an order n above 1, by ln x: x^y·(ln x)^n, x^(y−n)·y(y−1)…(y−n+1), or
/// x^(y−1)·(1 + y ln x), of which the sum may cancel.
template <class Product>
NAPIER_INLINE FastEnclosure higher_slope(const Function& function, const FastEnclosure& ln,
                                         const FastEnclosure& y) {
  const auto less = [&y](int n) { return n == 0 ? y : sum(y, normalised(-n, 0, 0, 0)); };
  FastEnclosure factor{1, 0, 0, 0};
  int taken = 0;  // from the exponent
  switch (function.variable) {
    case Variable::exponent:
      for (int k = 0; k < function.order; ++k) factor = product<Product>(factor, ln);
      break;
    case Variable::base:
      for (int k = 0; k < function.order; ++k) factor = product<Product>(factor, less(k));
      taken = function.order;
      break;
    case Variable::both:
      factor = sum(factor, product<Product>(y, ln));
      taken = 1;
      break;
  }
  constexpr std::int64_t most = 17000;  // what slope_of() is made for
  const bool usual = factor.is_known() && factor.exponent < most && factor.exponent > -most;
  if (!usual && !is_exactly_zero(factor)) return FastEnclosure::unknown();
  return slope_of<Product>(power<Product>(base_e, product<Product>(ln, less(taken))), factor);
}

/// |x|^y and its slopes for x ≠ 0.
template <class Product>
NAPIER_INLINE FastEnclosure power_of_argument(const Function& function, const FastEnclosure& x,
                                              const FastEnclosure& y) {
  const FastEnclosure ln = logarithm<Product>(x.hi < 0 ? -x : x);
  if (function.order > 1) [[unlikely]]
    return higher_slope<Product>(function, ln, y);
  const bool by_base = function.kind == Kind::slope && function.variable == Variable::base;
  const FastEnclosure exponent = by_base ? sum(y, {-1, 0, 0, 0}) : y;
  const FastEnclosure result = power<Product>(base_e, product<Product>(ln, exponent));
  if (function.kind == Kind::power) return result;
  return slope_of<Product>(result, by_base ? y : ln);
}

/// Of finite arguments at which there is a value; a composition's own file says more.
inline FastEnclosure composition_value(const Function& function, const Call& call) {
  if (!is_finite(call.x) || (function.arity == 2 && !is_finite(call.y)))
    return FastEnclosure::unknown();
  const Composition& composition = composition_of(function);
  if (!std::holds_alternative<RealValue>(composition.special(function, call)))
    return FastEnclosure::unknown();
  return composition.fast(function, call);
}

template <class Product>
NAPIER_INLINE FastEnclosure value(const Function& function, const Call& call) {
  if (is_composed(function)) return composition_value(function, call);
  const FastEnclosure x = datum(call.x);
  if (!x.is_known()) [[unlikely]]
    return x;
  if (function.base == Base::argument) {
    const FastEnclosure y = datum(call.y);
    if (!y.is_known() || x.hi == 0) [[unlikely]]
      return FastEnclosure::unknown();
    bool negated = false;
    if (x.hi < 0) {
      if (function.kind != Kind::power || !is_integer(call.y)) return FastEnclosure::unknown();
      negated = is_odd_integer(call.y);
    }
    const FastEnclosure result = power_of_argument<Product>(function, x, y);
    return negated ? -result : result;
  }
  const ExpBase& base = base_row(function.base);
  switch (function.kind) {
    case Kind::power:
      return power<Product>(base, x);
    case Kind::power_minus_one:
      return power_minus_one<Product>(base, x);
    case Kind::logarithm:
      return function.base == Base::e ? logarithm<Product>(x) : FastEnclosure::unknown();
    case Kind::slope: {
      const FastEnclosure result = power<Product>(base, x);
      if (function.base == Base::e) return result;
      const double ln_error = padded(u * absolute(base.ln_b.lo));
      const FastEnclosure ln = normalised(base.ln_b.hi, base.ln_b.lo, ln_error, 0);
      FastEnclosure factor = ln;
      for (int n = 1; n < function.order; ++n) factor = product<Product>(factor, ln);
      return slope_of<Product>(result, factor);
    }
  }
  return FastEnclosure::unknown();
}

}  // namespace napier::fast
