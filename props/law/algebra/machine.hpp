// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "props/claim/real_set.hpp"
#include "props/subject/argument.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Reads a law in the target's own precision, as its user would compute it: every operation is
/// rounded to nearest, and powers the target has no call for come correctly rounded from the
/// oracle. A quantity is absent where the machine left the finite numbers.
template <Form form>
class MachineAlgebra {
 public:
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

  MachineAlgebra(const Subject& subject, Float base, Transcript transcript)
      : subject_(subject), base_(base), transcript_(transcript) {}

  Quantity power(const Argument& x) {
    const Quantity value = answer(subject_.power_role(), call_at(x.value));
    const bool less_one = subject_.power().kind == Kind::power_minus_one;
    return form == Form::plain && less_one ? Quantity::sum(value, one()) : value;
  }
  Quantity slope(const Argument& x) { return answer(Role::target, call_at(x.value)); }
  Quantity raise(const Quantity& inner, const Argument& y);
  Quantity growth(const Argument& h);
  Quantity one() {
    return {form == Form::plain ? from_integer(subject_.format(), 1) : zero(subject_.format())};
  }
  Quantity base();
  Quantity log_base();
  Quantity repeated_product(const Quantity& a, const Argument& n) { return repeated(one(), a, n); }

 private:
  Call call_at(Float x) const {
    return subject_.has_base_argument() ? Call{base_, x} : Call{x, {}};
  }
  Quantity answer(Role role, const Call& call) const {
    const Answer* found = transcript_.find({role, call});
    if (found == nullptr || found->ending != Ending::returned) return {};
    return Quantity::finite(found->value);
  }

  const Subject& subject_;
  Float base_;
  Transcript transcript_;
};

extern template class MachineAlgebra<Form::plain>;
extern template class MachineAlgebra<Form::minus_one>;

}  // namespace napier
