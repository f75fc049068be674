// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/law/algebra/base.hpp"
#include "props/law/algebra/powers.hpp"

namespace napier {

/// Enclosures of true values: quantities are sets of one enclosed point, and nobody is called.
template <class E, Form form>
class TrueValues {
 public:
  using Argument = napier::Argument;
  using Quantity = RealSet<E, form>;

  TrueValues(const Subject& subject, Float base, Precision precision)
      : function_(*subject.target->function), arithmetic_(subject, base, precision) {}

  struct FirstCall {
    Argument exponent;
  };
  FirstCall first_call(const Argument& x) const { return {x}; }
  void give(const FirstCall& call, Quantity& power) const { power = true_power(call.exponent); }
  static constexpr bool calls_twice() { return false; }
  FirstCall second_call(const Quantity&, const FirstCall& first, const Argument&) const {
    return first;
  }
  Quantity raised(const Quantity& inner, const FirstCall&, const Argument& y) const {
    return napier::raise(inner, arithmetic_.exact(y), is_negative(y.value));
  }

  Quantity true_power(const Argument& x) const {
    return Quantity::point(arithmetic_.power(arithmetic_.exact(x)));
  }
  Quantity slope(const Argument& x) const requires(form == Form::plain) {
    if (function_.variable == Variable::exponent) return true_power(x) * log_power();
    if (function_.variable == Variable::both) {
      // a^(x−1) + x·ln a·a^(x−1), as the product rule has it along the base.
      const E one(arithmetic_.precision(), Dyadic::of_integer(1));
      const E lower = arithmetic_.power(arithmetic_.exact(x) - one);
      return Quantity::point(lower + arithmetic_.exact(x) * arithmetic_.log_of_a().value * lower);
    }
    const E order(arithmetic_.precision(), Dyadic::of_integer(function_.order));
    return Quantity::point(arithmetic_.power(arithmetic_.exact(x) - order)) * falling(x);
  }
  Quantity one() const { return Quantity::point(arithmetic_.one()); }
  Quantity base() const { return Quantity::point(arithmetic_.base()); }
  SignedConstant<E> log_base() const { return arithmetic_.log_of_a(); }
  SignedConstant<E> log_power() const { return arithmetic_.log_power(); }
  SignedConstant<E> base_power() const { return arithmetic_.base_power(); }
  SignedConstant<E> falling(const Argument& x) const { return arithmetic_.falling(x); }
  SignedConstant<E> mixed(const Argument& x) const { return arithmetic_.mixed(x); }

 private:
  const Function& function_;
  BaseArithmetic<E, form> arithmetic_;
};

/// Reads a law in enclosures of true values: is it true at all, and where does its common value
/// lie?
template <class E, Form form>
class ExactAlgebra : public PowerAlgebra<TrueValues<E, form>> {
 public:
  ExactAlgebra(const Subject& subject, Float base, Precision precision)
      : PowerAlgebra<TrueValues<E, form>>({subject, base, precision}) {}
};

}  // namespace napier
