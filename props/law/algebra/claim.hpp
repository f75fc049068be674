// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/law/algebra/base.hpp"
#include "props/law/algebra/claimed.hpp"

namespace napier {

/// Reads a law in the sets that the claim leaves possible: if the two sides share no point, some
/// call broke its claim. What rounding did to an argument is corrected for: E(s + e) = E(s)·a^e.
template <class E, Form form>
class ClaimAlgebra {
 public:
  using Quantity = RealSet<E, form>;
  /// A power, with the value that was returned for it and the exponent it was asked at.
  struct Power : Quantity {
    Float returned;
    Float exponent;
  };

  ClaimAlgebra(const Subject& subject, Float base, Transcript transcript, Precision precision)
      : subject_(subject),
        base_(base),
        transcript_(transcript),
        arithmetic_(subject, base, precision) {}

  /// A call gave no answer: nothing can be decided.
  bool unanswered() const { return unanswered_; }
  /// An inner question stayed open at this precision; a meeting is then no proof of consistency.
  bool in_doubt() const { return in_doubt_; }

  Power power(const Argument& x) {
    const Answer* answer = find(subject_.power_role(), call_at(x.value));
    if (answer == nullptr) return {Quantity::nothing(), {}, {}};
    Quantity set =
        positive_part(claimed(call_at(x.value), answer->value, subject_.power_role()), precision());
    if (!x.is_exact() && !set.empty)
      set = set * Quantity::point(arithmetic_.power(arithmetic_.remainder(x)));
    return {std::move(set), answer->value, x.value};
  }

  /// The claim set of a derivative's value: any sign.
  Quantity slope(const Argument& x) {
    const Answer* answer = find(Role::target, call_at(x.value));
    return answer == nullptr ? Quantity::nothing()
                             : claimed(call_at(x.value), answer->value, Role::target);
  }

  /// P^y. A pow has a call for it: z = pow(a, x) must itself be possible for a^x, and then
  /// (a^x)^y = pow(z, y) · (a^x/z)^y, with the last factor by the oracle (LAWS 6).
  Quantity raise(const Power& inner, const Argument& y) {
    if (inner.empty) return inner;
    if (!subject_.has_base_argument())
      return napier::raise<E, form>(inner, arithmetic_.exact(y), is_negative(y.value));
    const Float z = inner.returned;
    const Request second{subject_.power_role(), {z, y.value}};
    if (!has_powers(z) || !subject_.covers_error(second)) return anything();  // vacuous
    const E truth = arithmetic_.power(E(precision(), exact_value(inner.exponent)));
    if (certainly_outside(truth, inner)) return Quantity::nothing();
    if (!certainly_inside(truth, inner)) in_doubt_ = true;
    const Answer* outer = find(second.role, second.call);
    if (outer == nullptr) return Quantity::nothing();
    const Quantity set =
        positive_part(claimed(second.call, outer->value, subject_.power_role()), precision());
    const E correction = exp(arithmetic_.exact(y) * log(truth / E(precision(), exact_value(z))));
    return set * Quantity::point(correction);
  }

  Quantity growth(const Argument& h) {
    return Quantity::point(arithmetic_.power(arithmetic_.exact(h)));
  }
  Quantity one() { return Quantity::point(arithmetic_.one()); }
  Quantity base() { return Quantity::point(arithmetic_.base()); }
  SignedConstant<E> log_base() { return arithmetic_.log_of_a(); }
  Quantity repeated_product(const Quantity& a, const Argument& n) { return repeated(one(), a, n); }

 private:
  Precision precision() const { return arithmetic_.precision(); }
  Call call_at(Float x) const {
    return subject_.has_base_argument() ? Call{base_, x} : Call{x, {}};
  }

  const Answer* find(Role role, const Call& call) {
    const Answer* answer = transcript_.find({role, call});
    if (answer != nullptr && answer->ending == Ending::returned) return answer;
    unanswered_ = true;
    return nullptr;
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

}  // namespace napier
