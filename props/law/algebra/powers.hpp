// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include "props/subject/argument.hpp"

namespace napier {

/// The words in which laws of powers are said, over a backend of values: sets that a claim leaves
/// possible, numbers of a machine, true values, or the calls alone; of one case, or of a block. A
/// word that others can say has its place here, whoever reads it.
///
/// A backend has the types Argument, Quantity (a power, or products and quotients of some),
/// FirstCall and SecondCall, and says
///   first_call(x)            the call for a^x, at the rounded x
///   calls_twice()            whether P^y has a call of its own, as of a pow
///   second_call(P, call, y)  that call, of the value that the first one gave for P
///   give(call, P)            makes P what a call says of the power of the exact arguments
///   raised(P, call, y)       P^y where it has no call: by the oracle
///   true_power(h)            a^h by the oracle
///   one(), base()            1, and a
/// and, where derivatives are read, slope(x), log_base(), log_power(), base_power(), falling(x) and
/// mixed(x). It may say repeated(a, n), a·a·…·a, in its own way.
template <class Values>
class PowerAlgebra {
 public:
  using Argument = typename Values::Argument;
  using Quantity = typename Values::Quantity;
  struct Power : Quantity {
    typename Values::FirstCall call;
  };

  explicit PowerAlgebra(Values values) : values_(std::move(values)) {}

  Power power(const Argument& x) {
    Power power;  // of a block some 10 KB, which are not cleared in vain
    power.call = values_.first_call(x);
    values_.give(power.call, power);
    return power;
  }
  Quantity raise(const Power& inner, const Argument& y) {
    if (!values_.calls_twice()) return values_.raised(inner, inner.call, y);
    Quantity power;
    values_.give(values_.second_call(inner, inner.call, y), power);
    return power;
  }
  Quantity growth(const Argument& h) { return values_.true_power(h); }
  Quantity one() { return values_.one(); }
  Quantity base() { return values_.base(); }
  Quantity repeated_product(const Quantity& a, const Argument& n) {
    if constexpr (requires { values_.repeated(a, n); })
      return values_.repeated(a, n);
    else
      return repeated(one(), a, n);
  }
  Quantity slope(const Argument& x) { return values_.slope(x); }
  auto log_base() { return values_.log_base(); }
  auto log_power() { return values_.log_power(); }
  auto base_power() { return values_.base_power(); }
  auto falling(const Argument& x) { return values_.falling(x); }
  auto mixed(const Argument& x) { return values_.mixed(x); }

 protected:
  Values& values() { return values_; }
  const Values& values() const { return values_; }

 private:
  Values values_;
};

}  // namespace napier
