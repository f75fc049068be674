// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// s(x) = 1/(1 + e^−x), the logistic function. Exact at 0 alone: for an algebraic x ≠ 0 e^x is
// transcendental (Lindemann), and so is every rational function of it that is not constant.
#include "oracles/compositions/logistic.hpp"

namespace napier {
namespace {

SpecialCase special(const Function& f, const Call& call) {
  if (is_nan(call.x)) return NoValue{};
  if (is_infinite(call.x)) return logistic_limit(is_negative(call.x), f.order);
  if (is_zero(call.x) && f.order != 0 && f.order % 2 == 0) return ZeroValue{};
  return RealValue{};
}

std::optional<Dyadic> exact(const Function& f, const Call& call) {
  return is_zero(call.x) ? std::optional(logistic_at_zero(f.order)) : std::nullopt;
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  return logistic(logistic_argument<E>(call, precision), f.order);
}

/// s′ = s(1 − s), which turns at 1/2.
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call&, const E& s) {
  if (f.order != 1) return std::nullopt;
  return s * (integer<E>(1, precision(s)) - s);
}

}  // namespace

void contribute_sigmoid(Compositions& all) {
  all.push_back({.value = &functions::sigmoid,
                 .rises = true,
                 .special = special,
                 .exact = exact,
                 .closed = value<Enclosure>,
                 .fast = [](const Function& f,
                            const Call& call) { return value<FastEnclosure>(f, call, {}); },
                 .definition =
                     [](const TaylorJet& x, const TaylorJet&) {
                       const TaylorJet one = TaylorJet::constant(Dyadic::of_integer(1), x);
                       return one / (one + exp(-x));
                     },
                 .is_defined_well = [](const Function&,
                                       const Call& call) { return is_logistic_defined_well(call); },
                 .equation = {"s' = s(1 - s)", equation<Enclosure>, equation<FastEnclosure>,
                              Dyadic::power_of_two(-1)}});
}

}  // namespace napier
