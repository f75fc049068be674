// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <vector>

#include "props/law/algebra/rounded_power.hpp"
#include "props/subject/argument.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Reads a law for the calls it makes. Calls that depend on earlier answers (the outer power of
/// the tower) are planned in a second reading, when those answers are there.
class PlanAlgebra {
 public:
  PlanAlgebra(const Subject& subject, Float base, Transcript known, std::vector<Request>& wanted)
      : subject_(subject), base_(base), known_(known), wanted_(wanted) {}

  /// The call behind a quantity, if it is one.
  struct Quantity {
    const Answer* answer = nullptr;
  };
  friend Quantity operator*(Quantity, Quantity) { return {}; }
  friend Quantity operator/(Quantity, Quantity) { return {}; }
  friend Quantity operator+(Quantity, Quantity) { return {}; }

  Quantity power(const Argument& x) { return {want({subject_.power_role(), call_at(x.value)})}; }
  Quantity slope(const Argument& x) { return {want({Role::target, call_at(x.value)})}; }
  Quantity raise(Quantity inner, const Argument& y) {
    if (!subject_.has_base_argument() || inner.answer == nullptr) return {};
    if (inner.answer->ending != Ending::returned) return {};
    const Float z = inner.answer->value;
    if (!has_powers(z)) return {};
    const Request second{subject_.power_role(), {z, y.value}};
    if (subject_.covers_error(second)) want(second);
    return {};
  }
  Quantity one() { return {}; }
  Quantity base() { return {}; }
  Quantity log_base() { return {}; }
  Quantity growth(const Argument&) { return {}; }
  Quantity log(const Argument& x) { return {want({Role::target, {x.value, {}}})}; }
  Quantity log(Float x) { return {want({Role::target, {x, {}}})}; }
  Float power(const Argument& a, const Argument& x) {
    return rounded_power(a.value, x.value, subject_.format());
  }
  Quantity times(const Argument&, Quantity) { return {}; }
  Quantity rise(const Argument&, const Argument&) { return {}; }
  Quantity repeated_product(Quantity, const Argument&) { return {}; }

 private:
  Call call_at(Float x) const {
    return subject_.has_base_argument() ? Call{base_, x} : Call{x, {}};
  }

  const Answer* want(const Request& request) {
    const Answer* answer = known_.find(request);
    if (answer == nullptr && std::ranges::find(wanted_, request) == wanted_.end())
      wanted_.push_back(request);
    return answer;
  }

  const Subject& subject_;
  Float base_;
  Transcript known_;
  std::vector<Request>& wanted_;
};

}  // namespace napier
