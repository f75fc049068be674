// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/law/algebra/base.hpp"
#include "props/law/algebra/claimed.hpp"
#include "props/law/algebra/powers.hpp"

namespace napier {

/// The sets that the claim leaves possible, in one case, with ends that are enclosed reals. What
/// rounding did to an argument is corrected for: E(s + e) = E(s)·a^e.
template <class E, Form form>
class ClaimedSets {
 public:
  using Argument = napier::Argument;
  using Quantity = RealSet<E, form>;

  ClaimedSets(const Subject& subject, Float base, Transcript transcript, Precision precision)
      : subject_(subject),
        base_(base),
        transcript_(transcript),
        arithmetic_(subject, base, precision) {}

  /// A call gave no answer: nothing can be decided.
  bool unanswered() const { return unanswered_; }
  /// An inner question stayed open at this precision; a meeting is then no proof of consistency.
  bool in_doubt() const { return in_doubt_; }

  struct FirstCall {
    Call made;
    Argument exponent;
  };
  FirstCall first_call(const Argument& x) const { return {call_at(x.value), x}; }
  void give(const FirstCall& call, Quantity& power) {
    power = possible(call.made);
    if (!call.exponent.is_exact() && !power.empty)
      power = power * Quantity::point(arithmetic_.power(arithmetic_.remainder(call.exponent)));
  }

  bool calls_twice() const { return subject_.has_base_argument(); }
  struct SecondCall {
    std::optional<Call> made;
    Quantity otherwise;  ///< the power where nothing was to be called
    E correction{};      ///< (a^x/z)^y
  };
  /// z = pow(a, x) must itself be possible for a^x, and then (a^x)^y = pow(z, y) · (a^x/z)^y, with
  /// the last factor by the oracle.
  SecondCall second_call(const Quantity& inner, const FirstCall& first, const Argument& y) {
    if (inner.empty) return {std::nullopt, inner};
    const Float z = transcript_.find({subject_.power_role(), first.made})->value;
    const Call second{z, y.value};
    if (!has_powers(z) || !subject_.covers_error({subject_.power_role(), second}))
      return {std::nullopt, anything()};  // vacuous
    const E x(precision(), exact_value(first.exponent.value));
    const E truth = arithmetic_.power(x);
    if (certainly_outside(truth, inner)) return {std::nullopt, Quantity::nothing()};
    if (!certainly_inside(truth, inner)) in_doubt_ = true;
    return {second, {}, exp(arithmetic_.exact(y) * log_of_ratio(x, truth, exact_value(z)))};
  }
  void give(const SecondCall& call, Quantity& power) {
    if (!call.made) {
      power = call.otherwise;
      return;
    }
    power = possible(*call.made);
    if (!power.empty) power = power * Quantity::point(call.correction);
  }
  Quantity raised(const Quantity& inner, const FirstCall&, const Argument& y) const {
    return napier::raise<E, form>(inner, arithmetic_.exact(y), is_negative(y.value));
  }

  /// The claim set of a derivative's value: any sign.
  Quantity slope(const Argument& x) {
    const Answer* answer = find(Role::target, call_at(x.value));
    return answer == nullptr ? Quantity::nothing()
                             : claimed(call_at(x.value), answer->value, Role::target);
  }
  Quantity true_power(const Argument& h) const {
    return Quantity::point(arithmetic_.power(arithmetic_.exact(h)));
  }
  Quantity one() const { return Quantity::point(arithmetic_.one()); }
  Quantity base() const { return Quantity::point(arithmetic_.base()); }
  SignedConstant<E> log_base() const { return arithmetic_.log_of_a(); }
  SignedConstant<E> log_power() const { return arithmetic_.log_power(); }
  SignedConstant<E> base_power() const { return arithmetic_.base_power(); }
  SignedConstant<E> falling(const Argument& x) const { return arithmetic_.falling(x); }
  SignedConstant<E> mixed(const Argument& x) const { return arithmetic_.mixed(x); }

 private:
  Precision precision() const { return arithmetic_.precision(); }

  /// ln(a^x/z). Of a ratio it is known to the precision beside 1 alone: next to a^x = 1, which a
  /// large y takes far away, x·ln a is closer, and where a^x has left E's exponents there is no
  /// other.
  E log_of_ratio(const E& x, const E& truth, const Dyadic& z) const {
    const E two(precision(), Dyadic::of_integer(2)), half = scaled(two, -2);
    const E divisor(precision(), z);
    const bool is_next_to_one = certainly_less(half, truth) && certainly_less(truth, two);
    if (is_next_to_one || detail::is_beyond_exponents(truth))
      return x * arithmetic_.log_of_a().value - log(divisor);
    return log(truth / divisor);
  }
  Call call_at(Float x) const {
    return subject_.has_base_argument() ? Call{base_, x} : Call{x, {}};
  }

  const Answer* find(Role role, const Call& call) {
    const Answer* answer = transcript_.find({role, call});
    if (answer != nullptr && answer->ending == Ending::returned) return answer;
    unanswered_ = true;
    return nullptr;
  }

  /// Beside a derivative stands the power itself, and e^x − 1 is what its author has.
  bool is_power_less_one() const {
    return form == Form::plain && subject_.power().kind == Kind::power_minus_one;
  }
  Quantity one_more(Quantity set) const {
    if (set.has_lo) set.lo = set.lo + arithmetic_.one();
    if (set.has_hi) set.hi = set.hi + arithmetic_.one();
    return set;
  }

  /// The positive numbers that the result of a power's call leaves possible; nothing if it gave
  /// none.
  Quantity possible(const Call& call) {
    const Answer* answer = find(subject_.power_role(), call);
    if (answer == nullptr) return Quantity::nothing();
    Quantity value = claimed(call, answer->value, subject_.power_role());
    if (is_power_less_one()) value = one_more(std::move(value));
    return positive_part(std::move(value), precision());
  }

  Quantity claimed(const Call& call, Float y, Role role) const {
    return claimed_set<E, form>(subject_, call, y, role, precision());
  }

  static Quantity anything() {
    Quantity set;
    set.has_hi = false;
    return set;
  }
  static bool certainly_outside(const E& t, const Quantity& set) {
    return (set.has_lo && certainly_less(t, set.lo)) || (set.has_hi && certainly_less(set.hi, t));
  }
  static bool certainly_inside(const E& t, const Quantity& set) {
    return (!set.has_lo || certainly_at_most(set.lo, t)) &&
           (!set.has_hi || certainly_at_most(t, set.hi));
  }

  const Subject& subject_;
  Float base_;
  Transcript transcript_;
  BaseArithmetic<E, form> arithmetic_;
  bool unanswered_ = false;
  bool in_doubt_ = false;
};

/// Reads a law in the sets that the claim leaves possible: if the two sides share no point, some
/// call broke its claim.
template <class E, Form form>
class ClaimAlgebra : public PowerAlgebra<ClaimedSets<E, form>> {
 public:
  ClaimAlgebra(const Subject& subject, Float base, Transcript transcript, Precision precision)
      : PowerAlgebra<ClaimedSets<E, form>>({subject, base, transcript, precision}) {}

  bool unanswered() const { return this->values().unanswered(); }
  bool in_doubt() const { return this->values().in_doubt(); }
};

}  // namespace napier
