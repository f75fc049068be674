// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include "lib/target/claim_set.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

/// How a quantity P = a^x is carried: as itself; as P − 1 (the expm1 family), which keeps relative
/// accuracy where P is near 1; or, in the laws of a logarithm, as ln P.
enum class Form { plain, minus_one, logarithm };

/// A closed interval of possible values of P (of P − 1, of ln P), whose ends are themselves
/// enclosed reals: so one set is its outer and its inner approximation at once, and comparisons of
/// sets are three-valued. An absent end is infinite.
template <class E, Form form>
struct RealSet {
  bool empty = false;
  bool has_lo = true;
  bool has_hi = true;
  E lo{};
  E hi{};

  static RealSet point(E value) { return {false, true, true, value, std::move(value)}; }
  static RealSet nothing() { return {true, true, true, {}, {}}; }
};

/// The set that a claim leaves possible, as a RealSet.
template <class E, Form form>
RealSet<E, form> real_set(const ClaimSet& set, Precision precision) {
  RealSet<E, form> result;
  result.empty = set.empty;
  result.has_lo = set.lo.has_value();
  result.has_hi = set.hi.has_value();
  if (set.lo) result.lo = E(precision, *set.lo);
  if (set.hi) result.hi = E(precision, *set.hi);
  return result;
}

/// Every a^x is positive: cuts the set at 0 (at −1 for P − 1). Empty if nothing is left.
template <class E, Form form>
RealSet<E, form> positive_part(RealSet<E, form> set, Precision precision) {
  const E least(precision, Dyadic::of_integer(form == Form::plain ? 0 : -1));
  if (set.empty || (set.has_hi && certainly_at_most(set.hi, least)))
    return RealSet<E, form>::nothing();
  if (!set.has_lo || !certainly_less(least, set.lo)) set.lo = least;
  set.has_lo = true;
  return set;
}

namespace detail {
/// P of the set's element is exactly 0: the open end of a positive set.
template <Form form, class E>
bool at_zero(const E& value) {
  if constexpr (form == Form::logarithm) return false;
  if constexpr (form == Form::plain) return is_exactly_zero(value);
  return is_exactly_zero(value + E(precision(value), Dyadic::of_integer(1)));
}
template <Form form, class E>
E zero_like(const E& value) {
  return E(precision(value), Dyadic::of_integer(form == Form::plain ? 0 : -1));
}
/// What an E that remembers what it is knows of a product, or quotient, that sums were made for.
template <class E>
const E& product_less_one(const E& value, const E&, const E&) {
  return value;
}
template <class E>
const E& quotient_less_one(const E& value, const E&, const E&) {
  return value;
}
/// P·Q, on P − 1 and Q − 1: M + N + MN, which keeps relative accuracy where both are near 1. Where
/// P or Q is not, they are multiplied themselves: times a huge one M + N + MN is a difference of
/// two huge numbers, and of two infinite ones where it has left the exponents that E has.
template <Form form, class E>
E multiply(const E& a, const E& b) {
  if constexpr (form == Form::plain) return a * b;
  const E one(precision(a), Dyadic::of_integer(1));
  const E minus_half = -scaled(one, -1);
  const auto is_moderate = [&](const E& m) {
    return !certainly_less(m, minus_half) && !certainly_less(one, m);
  };
  const bool both = is_moderate(a) && is_moderate(b);
  return product_less_one(both ? a + b + a * b : (one + a) * (one + b) - one, a, b);
}
/// P/Q, on P − 1 and Q − 1: (M − N)/(1 + N), which keeps relative accuracy where P is near Q; far
/// below Q it is P/Q that is small and must not be lost beside the 1.
template <Form form, class E>
E divide(const E& a, const E& b) {
  if constexpr (form == Form::plain) return a / b;
  const E one(precision(b), Dyadic::of_integer(1));
  const E quotient = (a - b) / (one + b);
  const E minus_half = -scaled(one, -1);
  return quotient_less_one(
      certainly_less(quotient, minus_half) ? (one + a) / (one + b) - one : quotient, a, b);
}
/// P^y = exp(y ln P), on P − 1: expm1(y log1p(M)).
template <Form form, class E>
E raise(const E& a, const E& y) {
  if constexpr (form == Form::plain)
    return exp(y * log(a));
  else
    return expm1(y * log1p(a));
}
}  // namespace detail

/// {P·Q}: positive sets; the product grows with both.
template <class E, Form form>
RealSet<E, form> operator*(const RealSet<E, form>& a, const RealSet<E, form>& b) {
  if (a.empty || b.empty) return RealSet<E, form>::nothing();
  RealSet<E, form> result;
  const bool zero = detail::at_zero<form>(a.lo) || detail::at_zero<form>(b.lo);
  result.lo = zero ? detail::zero_like<form>(a.lo) : detail::multiply<form>(a.lo, b.lo);
  result.has_hi = a.has_hi && b.has_hi;
  if (result.has_hi) result.hi = detail::multiply<form>(a.hi, b.hi);
  return result;
}

/// {P/Q}: positive sets; it grows with P and falls with Q.
template <class E, Form form>
RealSet<E, form> operator/(const RealSet<E, form>& a, const RealSet<E, form>& b) {
  if (a.empty || b.empty) return RealSet<E, form>::nothing();
  RealSet<E, form> result;
  const bool zero = !b.has_hi || detail::at_zero<form>(a.lo);
  result.lo = zero ? detail::zero_like<form>(a.lo) : detail::divide<form>(a.lo, b.hi);
  result.has_hi = a.has_hi && !detail::at_zero<form>(b.lo);
  if (result.has_hi) result.hi = detail::divide<form>(a.hi, b.lo);
  return result;
}

/// {P^y} for a positive set and an exact y ≠ 0 of known sign.
template <class E, Form form>
RealSet<E, form> raise(const RealSet<E, form>& a, const E& y, bool y_negative) {
  if (a.empty) return a;
  RealSet<E, form> result;
  const bool has_low_power = !detail::at_zero<form>(a.lo);
  const E& zero = detail::zero_like<form>(a.lo);
  if (!y_negative) {
    result.lo = has_low_power ? detail::raise<form>(a.lo, y) : zero;
    result.has_hi = a.has_hi;
    if (a.has_hi) result.hi = detail::raise<form>(a.hi, y);
  } else {
    result.lo = a.has_hi ? detail::raise<form>(a.hi, y) : zero;
    result.has_hi = has_low_power;
    if (has_low_power) result.hi = detail::raise<form>(a.lo, y);
  }
  return result;
}

/// A constant of known sign, such as ln a.
template <class E>
struct SignedConstant {
  E value;
  bool negative = false;
  bool sign_open = false;  ///< at this precision: nothing is said of products
};

/// {c·P}: any set in plain form.
template <class E>
RealSet<E, Form::plain> operator*(const RealSet<E, Form::plain>& a, const SignedConstant<E>& c) {
  RealSet<E, Form::plain> result = a;
  if (c.sign_open) {
    result.has_lo = result.has_hi = false;
    return result;
  }
  if (a.has_lo) result.lo = a.lo * c.value;
  if (a.has_hi) result.hi = a.hi * c.value;
  if (c.negative) {
    std::swap(result.lo, result.hi);
    std::swap(result.has_lo, result.has_hi);
  }
  return result;
}

/// The intersection's hull; sets that share at least the returned value.
template <class E, Form form>
RealSet<E, form> intersect(RealSet<E, form> a, const RealSet<E, form>& b) {
  if (a.empty || b.empty) return RealSet<E, form>::nothing();
  if (b.has_lo && (!a.has_lo || certainly_less(a.lo, b.lo))) a.lo = b.lo, a.has_lo = true;
  if (b.has_hi && (!a.has_hi || certainly_less(b.hi, a.hi))) a.hi = b.hi, a.has_hi = true;
  return a;
}

namespace detail {
/// Nothing but its lower end keeps it from being 0: an exponent that E does not have, or a
/// precision that it does not.
template <class E>
bool vanishes(const E& value) {
  const E zero(precision(value), Dyadic{});
  return certainly_at_most(zero, value) && !certainly_less(zero, value) && !is_exactly_zero(value);
}
/// Of a positive value: too small for E, or too large.
template <class E>
bool is_beyond_exponents(const E& value) {
  const E zero(precision(value), Dyadic{});
  if (!certainly_less(zero, value)) return vanishes(value);
  return vanishes(E(precision(value), Dyadic::of_integer(1)) / value);
}
/// Two powers, or powers less one, that are both too small for E, or both too large.
template <Form form, class E>
bool leave_alike(const E& a, const E& b) {
  if constexpr (form == Form::logarithm) return false;
  const E one(precision(a), Dyadic::of_integer(1));
  const E p = form == Form::plain ? a : one + a, q = form == Form::plain ? b : one + b;
  if (vanishes(p) && vanishes(q)) return true;
  const E zero = one - one;
  return certainly_less(zero, p) && certainly_less(zero, q) && vanishes(one / p) &&
         vanishes(one / q);
}
}  // namespace detail

/// Of positive sets whose meeting is unknown at the highest precision: whether that is so because
/// ends that would have to be told apart have both left the exponents of E on the same side. No
/// precision tells them apart, and no claim does: they are powers with exponents of some 2^30,
/// which rounding left out of an argument, times results beyond the range of the format.
template <class E, Form form>
bool ends_leave_alike(const RealSet<E, form>& a, const RealSet<E, form>& b) {
  const auto is_fine = [](const RealSet<E, form>& low, const RealSet<E, form>& high) {
    return !low.has_lo || !high.has_hi || certainly_at_most(low.lo, high.hi) ||
           detail::leave_alike<form>(low.lo, high.hi);
  };
  return is_fine(a, b) && is_fine(b, a);
}

/// Whether two sets have a point in common.
enum class Meeting { disjoint, meet, unknown };

template <class E, Form form>
Meeting meeting(const RealSet<E, form>& a, const RealSet<E, form>& b) {
  if (a.empty || b.empty) return Meeting::disjoint;
  const bool a_below_b = a.has_hi && b.has_lo;  // worth asking
  const bool b_below_a = b.has_hi && a.has_lo;
  if ((a_below_b && certainly_less(a.hi, b.lo)) || (b_below_a && certainly_less(b.hi, a.lo)))
    return Meeting::disjoint;
  if ((!a_below_b || certainly_at_most(b.lo, a.hi)) &&
      (!b_below_a || certainly_at_most(a.lo, b.hi)))
    return Meeting::meet;
  return Meeting::unknown;
}

}  // namespace napier
