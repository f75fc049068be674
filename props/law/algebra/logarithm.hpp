// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/oracle.hpp"
#include "props/law/algebra/claim.hpp"
#include "props/law/algebra/claimed.hpp"
#include "props/law/algebra/exact.hpp"
#include "props/law/algebra/machine.hpp"
#include "props/law/algebra/rounded_power.hpp"

// The algebras as the laws of a logarithm read them: quantities are ln P, of any sign, and products
// of P are sums. What rounding did to an argument is corrected for: ln(s + e) = ln s + ln(1 + e/s).
namespace napier {

template <class E>
RealSet<E, Form::logarithm> operator+(const RealSet<E, Form::logarithm>& a,
                                      const RealSet<E, Form::logarithm>& b) {
  if (a.empty || b.empty) return RealSet<E, Form::logarithm>::nothing();
  RealSet<E, Form::logarithm> sum;
  sum.has_lo = a.has_lo && b.has_lo;
  sum.has_hi = a.has_hi && b.has_hi;
  if (sum.has_lo) sum.lo = a.lo + b.lo;
  if (sum.has_hi) sum.hi = a.hi + b.hi;
  return sum;
}

/// {x·L} for an exact x ≠ 0.
template <class E>
RealSet<E, Form::logarithm> multiple(const E& x, bool x_negative,
                                     RealSet<E, Form::logarithm> logs) {
  if (logs.empty) return logs;
  if (logs.has_lo) logs.lo = x * logs.lo;
  if (logs.has_hi) logs.hi = x * logs.hi;
  if (x_negative) {
    std::swap(logs.lo, logs.hi);
    std::swap(logs.has_lo, logs.has_hi);
  }
  return logs;
}

/// ln((s + e)/s): the rise of a logarithm from s to s + e.
template <class E>
E log_rise(const Dyadic& s, const Dyadic& e, Precision precision) {
  return log1p(E(precision, e) / E(precision, s));
}

template <class E>
class ClaimAlgebra<E, Form::logarithm> {
 public:
  using Quantity = RealSet<E, Form::logarithm>;
  /// The datum that a call gets for a^x, and ln(a^x/value).
  struct Raised {
    Float value;
    E log_of_rest;
  };

  ClaimAlgebra(const Subject& subject, Float, Transcript transcript, Precision precision)
      : subject_(subject), transcript_(transcript), precision_(precision) {}

  bool unanswered() const { return unanswered_; }
  bool in_doubt() const { return false; }

  Quantity log(const Argument& x) {
    assert(x.remainder_exact);
    if (x.is_exact()) return claimed(x.value);
    return claimed(x.value) +
           Quantity::point(log_rise<E>(exact_value(x.value), x.remainder, precision_));
  }
  Quantity log(const Raised& p) { return claimed(p.value) + Quantity::point(p.log_of_rest); }
  Raised power(const Argument& a, const Argument& x) {
    const Float p = rounded_power(a.value, x.value, subject_.format());
    return {p, exact(x) * napier::log(exact(a)) - napier::log(E(precision_, exact_value(p)))};
  }
  Quantity times(const Argument& x, const Quantity& logs) {
    return multiple(exact(x), is_negative(x.value), logs);
  }
  Quantity rise(const Argument& x, const Argument& h) {
    return Quantity::point(log_rise<E>(exact_value(x.value), exact_value(h.value), precision_));
  }

 private:
  E exact(const Argument& x) const { return E(precision_, exact_value(x.value)); }

  Quantity claimed(Float x) {
    const Answer* answer = transcript_.find({Role::target, {x, {}}});
    if (answer != nullptr && answer->ending == Ending::returned)
      return claimed_set<E, Form::logarithm>(subject_, {x, {}}, answer->value, Role::target,
                                             precision_);
    unanswered_ = true;
    return Quantity::nothing();
  }

  const Subject& subject_;
  Transcript transcript_;
  Precision precision_;
  bool unanswered_ = false;
};

template <class E>
class ExactAlgebra<E, Form::logarithm> {
 public:
  using Quantity = RealSet<E, Form::logarithm>;

  ExactAlgebra(const Subject&, Float, Precision precision) : precision_(precision) {}

  Quantity log(const Argument& x) { return log(exact(x.value) + E(precision_, x.remainder)); }
  Quantity log(const E& x) { return Quantity::point(napier::log(x)); }
  E power(const Argument& a, const Argument& x) {
    return exp(exact(x.value) * napier::log(exact(a.value)));
  }
  Quantity times(const Argument& x, const Quantity& logs) {
    return multiple(exact(x.value), is_negative(x.value), logs);
  }
  Quantity rise(const Argument& x, const Argument& h) {
    return Quantity::point(log_rise<E>(exact_value(x.value), exact_value(h.value), precision_));
  }

 private:
  E exact(Float x) const { return E(precision_, exact_value(x)); }

  Precision precision_;
};

template <>
class MachineAlgebra<Form::logarithm> {
 public:
  struct Quantity {
    std::optional<Float> value;

    friend Quantity operator+(const Quantity& a, const Quantity& b) {
      if (!a.value || !b.value) return {};
      const Float sum = napier::add(*a.value, *b.value).value;
      return is_finite(sum) ? Quantity{sum} : Quantity{};
    }
  };

  MachineAlgebra(const Subject& subject, Float, Transcript transcript)
      : subject_(subject), transcript_(transcript) {}

  Quantity log(const Argument& x) const { return log(x.value); }
  Quantity log(Float x) const {
    const Answer* found = transcript_.find({Role::target, {x, {}}});
    if (found == nullptr || found->ending != Ending::returned || !is_finite(found->value))
      return {};
    return {found->value};
  }
  Float power(const Argument& a, const Argument& x) const {
    return rounded_power(a.value, x.value, subject_.format());
  }
  Quantity times(const Argument& x, const Quantity& log) const {
    if (!log.value) return {};
    const Float product = napier::product(x.value, *log.value);
    return is_finite(product) ? Quantity{product} : Quantity{};
  }
  Quantity rise(const Argument& x, const Argument& h) const {
    const Precision precision = default_refinement(subject_.format()).start;
    return {middle(log_rise<Enclosure>(exact_value(x.value), exact_value(h.value), precision),
                   subject_.format())};
  }

 private:
  const Subject& subject_;
  Transcript transcript_;
};

}  // namespace napier
