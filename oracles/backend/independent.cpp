// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Which series answers which call; independent_series.hpp derives the bounds.
#include "oracles/backend/independent.hpp"

#include <optional>

#include "lib/fp/float.hpp"
#include "lib/target/composition.hpp"
#include "oracles/backend/independent_jets.hpp"
#include "oracles/backend/independent_series.hpp"
#include "oracles/compositions/composition.hpp"

namespace napier {
namespace {

using independent::Series;

/// log₂ of an upper bound of |y ln a|.
std::int64_t size_of_exponent(const Dyadic& a, const Dyadic& y) {
  const Dyadic base = magnitude(a);
  const std::int64_t e = base.binade();
  if (e == 0 || e == -1) {  // within [½, 2): |ln a| ≤ 2|a − 1|, and a − 1 is exact
    const Dyadic off = subtract(base, Dyadic::of_integer(1));
    return off.is_zero() ? -1 : y.binade() + off.binade() + 3;
  }
  return y.binade() + 2 + top_bit(static_cast<Bits>(e < 0 ? -e : e + 1));
}

/// The same for derivatives of x^y of a higher order: at 0 a power is flat but for that of its own
/// degree, and a polynomial of a lower degree is flat everywhere.
std::optional<Dyadic> plain_derivative(const Function& f, const Call& call) {
  const Dyadic x = exact_value(call.x);
  const Dyadic y = exact_value(call.y);
  const Dyadic one = Dyadic::of_integer(1);
  if (f.variable != Variable::base) {
    if (x.is_zero()) return Dyadic{};
    if (compare(x, one) != 0) return std::nullopt;
    return f.variable == Variable::both ? one : Dyadic{};
  }
  std::int64_t factorial = 1;
  for (int k = 0; k < f.order; ++k) {
    if (compare(y, Dyadic::of_integer(k)) == 0) return Dyadic{};
    factorial *= k + 1;
  }
  if (compare(y, Dyadic::of_integer(f.order)) == 0) return Dyadic::of_integer(factorial);
  return x.is_zero() ? std::optional(Dyadic{}) : std::nullopt;
}

/// Values that need no series: 0, ±1 and ±y, at arguments where the general way has no logarithm.
std::optional<Dyadic> plain_value(const Function& f, const Call& call) {
  const Dyadic one = Dyadic::of_integer(1);
  const Dyadic x = exact_value(call.x);
  if (f.arity == 1) {
    if (f.kind == Kind::logarithm)
      return compare(x, one) == 0 ? std::optional(Dyadic{}) : std::nullopt;
    if (!x.is_zero() || (f.kind == Kind::slope && f.base != Base::e)) return std::nullopt;
    return f.kind == Kind::power_minus_one ? Dyadic{} : one;
  }
  const Dyadic y = exact_value(call.y);
  const bool unit_base = compare(magnitude(x), one) == 0;
  const bool odd = is_odd_integer(call.y);
  if (f.kind == Kind::power) {
    if (y.is_zero()) return one;
    if (x.is_zero()) return Dyadic{};
    if (unit_base) return x.negative && odd ? -one : one;
    return std::nullopt;
  }
  if (f.order > 1) return plain_derivative(f, call);
  if (f.variable == Variable::exponent)
    return x.is_zero() || compare(x, one) == 0 ? std::optional(Dyadic{}) : std::nullopt;
  if (y.is_zero()) return Dyadic{};
  if (compare(y, one) == 0) return one;
  if (x.is_zero()) return Dyadic{};
  if (unit_base) return x.negative && !odd ? -y : y;
  return std::nullopt;
}

template <class S>
auto two_arguments(const Function& f, const Call& call) {
  const Dyadic x = exact_value(call.x);
  const Dyadic y = exact_value(call.y);
  const auto exponent = S::number(y);
  const bool odd = is_odd_integer(call.y);
  const auto with_sign = [](bool negative, auto estimate) {
    if (negative) estimate.value = -estimate.value;
    return estimate;
  };
  if (f.kind == Kind::power) return with_sign(x.negative && odd, S::pow(magnitude(x), exponent, 0));
  if (f.variable == Variable::exponent) return S::times(S::pow(x, exponent, 0), S::log(x));
  // y·x^(y−1): y − 1 is one unit off where it does not fit.
  const auto power = S::pow(magnitude(x), exponent - typename S::Number(1), 1);
  return with_sign(x.negative && !odd, S::times({exponent, 0}, power));
}

/// By Taylor arithmetic; of a negative base by the parity of the power that is left.
template <class S>
Enclosure derivative(const Function& f, const Call& call) {
  const Dyadic x = exact_value(call.x);
  if (f.arity == 1) return independent::fixed_base_derivative<S>(f.base, x, f.order).enclosure();
  const Enclosure value =
      independent::power_derivative<S>(f, magnitude(x), exact_value(call.y)).enclosure();
  const bool odd = is_odd_integer(call.y) != (f.order % 2 != 0);
  return x.negative && odd ? -value : value;
}

template <class S>
Enclosure value(const Function& f, const Call& call) {
  if (f.arity == 2) return S::enclosure(two_arguments<S>(f, call));
  const Dyadic x = exact_value(call.x);
  switch (f.kind) {
    case Kind::power:
      return S::enclosure(S::fixed_base(f.base, x, false));
    case Kind::power_minus_one:
      return S::enclosure(S::fixed_base(f.base, x, true));
    case Kind::logarithm:
      return S::enclosure(S::log(x));
    case Kind::slope:
      break;
  }
  return S::enclosure(S::times(S::fixed_base(f.base, x, false), S::log_of(f.base)));
}

constexpr std::int64_t size_limit = 20;

/// Has f a finite real value at these finite arguments?
bool has_value(const Function& f, const Call& call) {
  const Dyadic x = exact_value(call.x);
  if (f.arity == 1) return f.kind != Kind::logarithm || x.sign() > 0;
  const Dyadic y = exact_value(call.y);
  if (f.kind == Kind::power) {
    if (x.is_zero()) return y.sign() >= 0;
    return x.sign() > 0 || is_integer(call.y);
  }
  if (f.variable == Variable::exponent) return x.is_zero() ? y.sign() > 0 : x.sign() > 0;
  const Dyadic one = Dyadic::of_integer(1);
  if (f.variable == Variable::both) return x.is_zero() ? compare(y, one) > 0 : x.sign() > 0;
  // A polynomial has derivatives of every order at 0; that of x^0 there is not agreed on.
  const bool polynomial = is_integer(call.y) && y.sign() > 0;
  if (x.is_zero() && compare(y, Dyadic::of_integer(f.order)) < 0 && !polynomial) return false;
  return x.negative || is_negative(call.x) ? is_integer(call.y) : true;
}

}  // namespace

bool independent_covers(const Function& f, const Call& call) {
  if (!is_finite(call.x) || (f.arity == 2 && !is_finite(call.y))) return false;
  if (is_composed(f))
    return !std::holds_alternative<NoValue>(special_case(f, call)) &&
           composition_of(f).is_defined_well(f, call);
  if (!has_value(f, call)) return false;
  if (f.kind == Kind::logarithm || plain_value(f, call)) return true;
  const Dyadic x = exact_value(call.x);
  if (f.arity == 1) return x.is_zero() || x.binade() + 2 < size_limit;
  const Dyadic y = exact_value(call.y);
  if (y.is_zero()) return true;
  const bool along_base = f.kind == Kind::slope && f.variable == Variable::base && f.order == 1;
  // There the exponent is y − 1, at most twice the larger of |y| and 1.
  const Dyadic exponent = along_base && y.binade() < 0 ? Dyadic::of_integer(1) : y;
  return size_of_exponent(x, exponent) + (along_base ? 1 : 0) < size_limit;
}

Enclosure independent_value(const Function& f, const Call& call, Precision precision) {
  assert(independent_covers(f, call));
  if (is_composed(f)) return by_taylor_arithmetic(f, call);
  if (const auto plain = plain_value(f, call)) return Enclosure(Precision{128}, *plain);
  // At most 31·2^22 + 54 units are lost: 27 bits, and as many in the enclosure's two sides.
  constexpr int least_bits = 256;
  // Taylor arithmetic may cancel: where y is next to an integer, and y·ln x to −1.
  if (f.order > 1) return derivative<Series<1100, 20>>(f, call);
  if (precision.bits <= least_bits - 32) return value<Series<least_bits, 8>>(f, call);
  return value<Series<1100, 20>>(f, call);
}

}  // namespace napier
