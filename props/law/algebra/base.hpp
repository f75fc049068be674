// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "oracles/enclosure.hpp"
#include "props/claim/real_set.hpp"
#include "props/subject/argument.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// What every algebra over enclosed reals E knows of the base: a, ln a and a^x by the oracle's
/// own arithmetic, in the form in which the law's quantities are carried.
template <class E, Form form>
class BaseArithmetic {
 public:
  BaseArithmetic(const Subject& subject, Float base, Precision precision)
      : precision_(precision),
        like_(precision, Dyadic::of_integer(1)),
        order_(subject.target->function->order) {
    const Function& power = subject.power();
    if (power.base == Base::argument) {
      const Dyadic a = exact_value(base);
      base_value_ = E(precision, a);
      log_negative_ = compare(a, Dyadic::of_integer(1)) < 0;
    } else {
      log_ = log_of_base(power.base, like_);
      if (power.base == Base::two) base_value_ = E(precision, Dyadic::of_integer(2));
      if (power.base == Base::ten) base_value_ = E(precision, Dyadic::of_integer(10));
    }
  }

  Precision precision() const { return precision_; }
  SignedConstant<E> log_of_a() const { return {log_of_base_value(), log_negative_}; }

  // Of a derivative of order n: (ln a)^n, a^n, and x(x − 1)…(x − n + 1), which is not 0.
  SignedConstant<E> log_power() const {
    return {to_the_order(log_of_base_value()), log_negative_ && order_ % 2 != 0};
  }
  SignedConstant<E> base_power() const { return {to_the_order(*base_value_)}; }
  SignedConstant<E> falling(const Argument& x) const {
    SignedConstant<E> product{like_};
    for (int k = 0; k < order_; ++k) {
      product.value = product.value * (exact(x) - E(precision_, Dyadic::of_integer(k)));
      if (compare(exact_value(x.value), Dyadic::of_integer(k)) < 0)
        product.negative = !product.negative;
    }
    return product;
  }

  /// (1 + x·ln a)/a for a base that is an argument, whose sign may be open next to 0.
  SignedConstant<E> mixed(const Argument& x) const {
    const E sum = like_ + exact(x) * log_of_base_value();
    const E zero = like_ - like_;
    const bool negative = certainly_less(sum, zero);
    return {sum / *base_value_, negative, !negative && !certainly_less(zero, sum)};
  }

  /// a^x, or a^x − 1.
  E power(const E& x) const {
    if constexpr (form == Form::plain)
      return exp(x * log_of_base_value());
    else
      return expm1(x * log_of_base_value());
  }
  /// a itself: known exactly unless it is e.
  E base() const {
    if (!base_value_) return power(like_);
    if constexpr (form == Form::plain)
      return *base_value_;
    else
      return *base_value_ - like_;
  }
  E one() const {
    if constexpr (form == Form::plain)
      return like_;
    else
      return like_ - like_;
  }
  /// The exact argument s + e, or e alone.
  E remainder(const Argument& x) const {
    if (x.remainder_exact) return E(precision_, x.remainder);
    const Dyadic slack = Dyadic::power_of_two(x.remainder_error_exponent);
    return hull(E(precision_, x.remainder) - E(precision_, slack),
                E(precision_, x.remainder) + E(precision_, slack));
  }
  E exact(const Argument& x) const {
    const E rounded(precision_, exact_value(x.value));
    return x.is_exact() ? rounded : rounded + remainder(x);
  }

 private:
  /// Of a base that is an argument, only once somebody asks for it: it costs more than all else.
  const E& log_of_base_value() const {
    if (!log_) log_ = log(*base_value_);
    return *log_;
  }
  E to_the_order(const E& factor) const {
    E product = factor;
    for (int k = 1; k < order_; ++k) product = product * factor;
    return product;
  }

  Precision precision_;
  E like_;
  int order_;
  mutable std::optional<E> log_;
  std::optional<E> base_value_;
  bool log_negative_ = false;
};

}  // namespace napier
