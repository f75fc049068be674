// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|), whose derivative is the logistic function. The value
// is nowhere exact, for e^t = 1 + e^x with algebraic x and t would tie three exponentials of
// different algebraic numbers (Lindemann–Weierstrass).
#include "oracles/compositions/logistic.hpp"

namespace napier {
namespace {

SpecialCase special(const Function& f, const Call& call) {
  if (is_nan(call.x)) return NoValue{};
  if (is_infinite(call.x)) {
    if (f.order > 0) return logistic_limit(is_negative(call.x), f.order - 1);
    return is_negative(call.x) ? SpecialCase(ZeroValue{}) : InfiniteValue{};
  }
  if (is_zero(call.x) && f.order > 1 && f.order % 2 != 0) return ZeroValue{};
  return RealValue{};
}

std::optional<Dyadic> exact(const Function& f, const Call& call) {
  if (f.order == 0 || !is_zero(call.x)) return std::nullopt;
  return logistic_at_zero(f.order - 1);
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  const LogisticArgument<E> d = logistic_argument<E>(call, precision);
  if (f.order > 0) return logistic(d, f.order - 1);
  const E beyond = log1p(exp(-d.size));
  return d.negative ? beyond : d.size + beyond;
}

/// s′ = 1 − e^−s, for e^s = 1 + e^x.
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call&, const E& s) {
  if (f.order != 1) return std::nullopt;
  return -expm1(-s);
}

}  // namespace

void contribute_softplus(Compositions& all) {
  all.push_back({.value = &functions::softplus,
                 .rises = true,
                 .bends_one_way = true,
                 .special = special,
                 .exact = exact,
                 .closed = value<Enclosure>,
                 .fast = [](const Function& f,
                            const Call& call) { return value<FastEnclosure>(f, call, {}); },
                 .definition =
                     [](const TaylorJet& x, const TaylorJet&) {
                       return log(TaylorJet::constant(Dyadic::of_integer(1), x) + exp(x));
                     },
                 .is_defined_well = [](const Function&,
                                       const Call& call) { return is_logistic_defined_well(call); },
                 .equation = {"s' = 1 - e^-s", equation<Enclosure>, equation<FastEnclosure>}});
}

}  // namespace napier
