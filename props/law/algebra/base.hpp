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
      : precision_(precision), like_(precision, Dyadic::of_integer(1)) {
    const Function& power = subject.power();
    if (power.base == Base::argument) {
      const Dyadic a = exact_value(base);
      base_value_ = E(precision, a);
      log_ = log(*base_value_);
      log_negative_ = compare(a, Dyadic::of_integer(1)) < 0;
    } else {
      log_ = log_of_base(power.base, like_);
      if (power.base == Base::two) base_value_ = E(precision, Dyadic::of_integer(2));
      if (power.base == Base::ten) base_value_ = E(precision, Dyadic::of_integer(10));
    }
  }

  Precision precision() const { return precision_; }
  SignedConstant<E> log_of_a() const { return {log_, log_negative_}; }

  /// a^x, or a^x − 1.
  E power(const E& x) const {
    if constexpr (form == Form::plain)
      return exp(x * log_);
    else
      return expm1(x * log_);
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
  Precision precision_;
  E like_;
  E log_;
  std::optional<E> base_value_;
  bool log_negative_ = false;
};

}  // namespace napier
