// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "props/claim/real_set.hpp"
#include "props/law/algebra/powers.hpp"
#include "props/subject/argument.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Numbers of the target's own format, as its user would compute them: every operation is rounded
/// to nearest, and powers the target has no call for come correctly rounded from the oracle. A
/// quantity is absent where the machine left the finite numbers.
template <Form form>
class MachineNumbers {
 public:
  using Argument = napier::Argument;
  struct Quantity {
    std::optional<Float> value;

    static Quantity finite(Float x) { return is_finite(x) ? Quantity{x} : Quantity{}; }
    static Quantity sum(const Quantity& a, const Quantity& b) {
      return a.value && b.value ? finite(napier::add(*a.value, *b.value).value) : Quantity{};
    }
    static Quantity quotient(Float a, const Quantity& b) {
      return !b.value || is_zero(*b.value) ? Quantity{} : finite(divide(a, *b.value));
    }

    friend Quantity operator*(const Quantity& a, const Quantity& b) {
      if (!a.value || !b.value) return {};
      const Float product = napier::product(*a.value, *b.value);
      if constexpr (form == Form::plain) return finite(product);
      return sum(sum(a, b), finite(product));  // M + N + MN
    }
    friend Quantity operator/(const Quantity& a, const Quantity& b) {
      if (!a.value || !b.value) return {};
      if constexpr (form == Form::plain) return quotient(*a.value, b);
      const Quantity rise = sum(a, Quantity{negated(*b.value)});  // (M − N)/(1 + N)
      const Quantity whole = sum(b, Quantity{from_integer(*b.value->format, 1)});
      return rise.value && whole.value ? quotient(*rise.value, whole) : Quantity{};
    }
  };

  MachineNumbers(const Subject& subject, Float base, Transcript transcript)
      : subject_(subject), base_(base), transcript_(transcript) {}

  using FirstCall = Call;
  using SecondCall = std::optional<Call>;
  FirstCall first_call(const Argument& x) const { return call_at(x.value); }
  void give(const FirstCall& call, Quantity& power) const {
    const Quantity value = answer(subject_.power_role(), call);
    const bool less_one = subject_.power().kind == Kind::power_minus_one;
    power = form == Form::plain && less_one ? Quantity::sum(value, one()) : value;
  }
  bool calls_twice() const { return subject_.has_base_argument(); }
  SecondCall second_call(const Quantity& inner, const FirstCall&, const Argument& y) const {
    return inner.value ? SecondCall({*inner.value, y.value}) : std::nullopt;
  }
  void give(const SecondCall& call, Quantity& power) const {
    power = call ? answer(subject_.power_role(), *call) : Quantity{};
  }
  Quantity raised(const Quantity& inner, const FirstCall&, const Argument& y) const;
  Quantity slope(const Argument& x) const { return answer(Role::target, call_at(x.value)); }
  Quantity true_power(const Argument& h) const;
  Quantity one() const {
    return {form == Form::plain ? from_integer(subject_.format(), 1) : zero(subject_.format())};
  }
  Quantity base() const;
  Quantity log_base() const;
  Quantity log_power() const;
  Quantity base_power() const;
  Quantity falling(const Argument& x) const;
  Quantity mixed(const Argument& x) const;

 private:
  Call call_at(Float x) const {
    return subject_.has_base_argument() ? Call{base_, x} : Call{x, {}};
  }
  /// What is made of the base, rounded to nearest: by the filter where that is certain.
  template <class Of>
  Quantity nearest(Of of) const;
  Quantity answer(Role role, const Call& call) const {
    const Answer* found = transcript_.find({role, call});
    if (found == nullptr || found->ending != Ending::returned) return {};
    return Quantity::finite(found->value);
  }

  const Subject& subject_;
  Float base_;
  Transcript transcript_;
};

extern template class MachineNumbers<Form::plain>;
extern template class MachineNumbers<Form::minus_one>;

/// Reads a law as the user of the target meets it.
template <Form form>
class MachineAlgebra : public PowerAlgebra<MachineNumbers<form>> {
 public:
  MachineAlgebra(const Subject& subject, Float base, Transcript transcript)
      : PowerAlgebra<MachineNumbers<form>>({subject, base, transcript}) {}
};

}  // namespace napier
