// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ln(e^x + e^y), log-sum-exp of two: max(x, y) + ln(1 + e^−|x−y|). Its gradient is the softmax of
// (x, y), the logistic function of x − y and of y − x. The value is exact where one argument is
// −inf, and nowhere else, for e^t = e^x + e^y with algebraic exponents is impossible
// (Lindemann–Weierstrass); so it is 0 nowhere, though as near to it as the arguments let it.
#include "oracles/compositions/logistic.hpp"

namespace napier {
namespace {

/// Which of the logistic function's derivatives it is.
int logistic_order(const Function& f) { return f.order - 1; }

SpecialCase value_at_infinities(const Call& call) {
  const auto is = [](Float x, bool negative) {
    return is_infinite(x) && is_negative(x) == negative;
  };
  if (is(call.x, false) || is(call.y, false)) return InfiniteValue{};
  if (is(call.x, true) && is(call.y, true)) return InfiniteValue{true};
  return RealValue{};  // the other argument, exactly
}

SpecialCase special(const Function& f, const Call& call) {
  if (is_nan(call.x) || is_nan(call.y)) return NoValue{};
  const bool infinite = is_infinite(call.x) || is_infinite(call.y);
  if (f.order == 0) return infinite ? value_at_infinities(call) : SpecialCase(RealValue{});
  const int n = logistic_order(f);
  if (infinite) {
    // Of two infinities of one sign there is no difference, and conventions differ.
    if (is_infinite(call.x) && is_infinite(call.y) && is_negative(call.x) == is_negative(call.y))
      return NoValue{};
    const bool first_is_less = is_infinite(call.x) ? is_negative(call.x) : !is_negative(call.y);
    const bool of_last = f.variable == Variable::exponent;
    return logistic_limit(first_is_less != of_last, n);
  }
  const bool equal = compare(exact_value(call.x), exact_value(call.y)) == 0;
  return equal && n > 0 && n % 2 == 0 ? SpecialCase(ZeroValue{}) : RealValue{};
}

std::optional<Dyadic> exact(const Function& f, const Call& call) {
  if (f.order == 0) {
    if (is_infinite(call.x)) return exact_value(call.y);
    if (is_infinite(call.y)) return exact_value(call.x);
    return std::nullopt;
  }
  if (compare(exact_value(call.x), exact_value(call.y)) != 0) return std::nullopt;
  const Dyadic value = logistic_at_zero(logistic_order(f));
  return f.variable == Variable::both ? -value : value;
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  LogisticArgument<E> d = logistic_argument<E>(call, precision);
  if (f.order == 0) {
    const Float larger = d.negative ? call.y : call.x;
    return real<E>(larger, napier::precision(d.size)) + log1p(exp(-d.size));
  }
  if (f.variable == Variable::exponent) d.negative = !d.negative;
  const E slope = logistic(d, logistic_order(f));
  return f.variable == Variable::both ? -slope : slope;
}

/// L_x = e^(x−L), and L_y = e^(y−L).
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call& call, const E& l) {
  if (f.order != 1) return std::nullopt;
  const Float along = f.variable == Variable::base ? call.x : call.y;
  return exp(real<E>(along, precision(l)) - l);
}

}  // namespace

void contribute_logaddexp(Compositions& all) {
  all.push_back(
      {.value = &functions::logaddexp,
       .rises = true,
       .bends_one_way = true,
       .special = special,
       .exact = exact,
       .closed = value<Enclosure>,
       .fast = [](const Function& f,
                  const Call& call) { return value<FastEnclosure>(f, call, {}); },
       .definition = [](const TaylorJet& x, const TaylorJet& y) { return log(exp(x) + exp(y)); },
       .is_defined_well = [](const Function&,
                             const Call& call) { return is_logistic_defined_well(call); },
       .equation = {"dL/dx = e^(x-L), dL/dy = e^(y-L)", equation<Enclosure>,
                    equation<FastEnclosure>}});
}

}  // namespace napier
