// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/law/algebra/base.hpp"

namespace napier {

/// Reads a law in enclosures of true values: is it true at all, and where does its common value
/// lie? Quantities are sets of one enclosed point.
template <class E, Form form>
class ExactAlgebra {
 public:
  using Quantity = RealSet<E, form>;

  ExactAlgebra(const Subject& subject, Float base, Precision precision)
      : arithmetic_(subject, base, precision) {}

  Quantity power(const Argument& x) {
    return Quantity::point(arithmetic_.power(arithmetic_.exact(x)));
  }
  Quantity growth(const Argument& h) { return power(h); }
  Quantity one() { return Quantity::point(arithmetic_.one()); }
  Quantity base() { return Quantity::point(arithmetic_.base()); }
  SignedConstant<E> log_base() { return arithmetic_.log_of_a(); }
  Quantity slope(const Argument& x) requires(form == Form::plain) { return power(x) * log_base(); }
  Quantity raise(const Quantity& inner, const Argument& y) {
    return napier::raise(inner, arithmetic_.exact(y), is_negative(y.value));
  }
  Quantity repeated_product(const Quantity& a, const Argument& n) { return repeated(one(), a, n); }

 private:
  BaseArithmetic<E, form> arithmetic_;
};

}  // namespace napier
