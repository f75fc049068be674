// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "props/law/algebra/powers.hpp"
#include "props/law/algebra/rounded_power.hpp"
#include "props/subject/argument.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// The calls behind quantities. Calls that depend on earlier answers (the outer power of the tower)
/// are planned in a second reading, when those answers are there.
class WantedCalls {
 public:
  using Argument = napier::Argument;
  /// The call behind a quantity, if it is one.
  struct Quantity {
    const Answer* answer = nullptr;
    friend Quantity operator*(Quantity, Quantity) { return {}; }
    friend Quantity operator/(Quantity, Quantity) { return {}; }
    friend Quantity operator+(Quantity, Quantity) { return {}; }
  };

  WantedCalls(const Subject& subject, Float base, Transcript known, std::vector<Request>& wanted)
      : subject_(subject), base_(base), known_(known), wanted_(wanted) {}

  using FirstCall = Request;
  using SecondCall = std::optional<Request>;
  FirstCall first_call(const Argument& x) const {
    return {subject_.power_role(),
            subject_.has_base_argument() ? Call{base_, x.value} : Call{x.value, {}}};
  }
  void give(const FirstCall& call, Quantity& power) { power = {want(call)}; }
  bool calls_twice() const { return subject_.has_base_argument(); }
  SecondCall second_call(const Quantity& inner, const FirstCall&, const Argument& y) const {
    if (inner.answer == nullptr || inner.answer->ending != Ending::returned) return {};
    const Float z = inner.answer->value;
    if (!has_powers(z)) return {};
    const Request second{subject_.power_role(), {z, y.value}};
    return subject_.covers_error(second) ? SecondCall(second) : std::nullopt;
  }
  void give(const SecondCall& call, Quantity&) {
    if (call) want(*call);
  }
  Quantity raised(const Quantity&, const FirstCall&, const Argument&) const { return {}; }
  Quantity slope(const Argument& x) { return {want({Role::target, first_call(x).call})}; }
  Quantity true_power(const Argument&) const { return {}; }
  Quantity one() const { return {}; }
  Quantity base() const { return {}; }
  Quantity log_base() const { return {}; }
  Quantity log_power() const { return {}; }
  Quantity base_power() const { return {}; }
  Quantity falling(const Argument&) const { return {}; }
  Quantity mixed(const Argument&) const { return {}; }
  Quantity repeated(const Quantity&, const Argument&) const { return {}; }

  const Answer* want(const Request& request) {
    const Answer* answer = known_.find(request);
    if (answer == nullptr && std::ranges::find(wanted_, request) == wanted_.end())
      wanted_.push_back(request);
    return answer;
  }
  const Subject& subject() const { return subject_; }

 private:
  const Subject& subject_;
  Float base_;
  Transcript known_;
  std::vector<Request>& wanted_;
};

/// Reads a law for the calls it makes: of powers, or of logarithms.
class PlanAlgebra : public PowerAlgebra<WantedCalls> {
 public:
  PlanAlgebra(const Subject& subject, Float base, Transcript known, std::vector<Request>& wanted)
      : PowerAlgebra({subject, base, known, wanted}) {}
  using PowerAlgebra::power;

  Quantity log(const Argument& x) { return log(x.value); }
  Quantity log(Float x) { return {values().want({Role::target, {x, {}}})}; }
  Float power(const Argument& a, const Argument& x) {
    return rounded_power(a.value, x.value, values().subject().format());
  }
  Quantity times(const Argument&, Quantity) { return {}; }
  Quantity rise(const Argument&, const Argument&) { return {}; }
};

}  // namespace napier
