// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (ln x)′ = 1/x and its derivatives, (−1)^(n−1)·(n − 1)!/xⁿ in order n. The value ln x has its own
// kind; here is what is asked of its derivatives.
//
// At 0 from above they are infinite, and below 0 there is no logarithm: who divides gets −inf at −0
// and 1/x of negative x, who differentiates ln gets a NaN. Conventions differ, and none is judged.
//
// They are dyadic for x = 2^k alone: an odd part m ≥ 3 of x would have to divide (n − 1)! n times,
// and 3 divides it less than n/2 times.
#include "lib/fp/float.hpp"
#include "oracles/compositions/composition.hpp"

namespace napier {
namespace {

std::int64_t factorial(int n) {
  std::int64_t product = 1;
  for (int k = 2; k <= n; ++k) product *= k;
  return product;  // of 15, the most that is asked for, 1.3e12
}

/// (−1)^(n−1)·(n − 1)!
std::int64_t factor(const Function& f) {
  return f.order % 2 != 0 ? factorial(f.order - 1) : -factorial(f.order - 1);
}

SpecialCase special(const Function& f, const Call& call) {
  if (is_nan(call.x) || is_negative(call.x)) return NoValue{};
  const bool falls = f.order % 2 == 0;
  if (is_zero(call.x)) return InfiniteValue{falls};
  if (is_infinite(call.x)) return ZeroValue{falls};
  return RealValue{falls};
}

std::optional<Dyadic> exact(const Function& f, const Call& call) {
  const Dyadic x = exact_value(call.x).reduced();
  if (x.significand != 1) return std::nullopt;
  return Dyadic::of_integer(factor(f)).scaled(-x.exponent * f.order);
}

template <EnclosedReal E>
E value(const Function& f, const Call& call, Precision precision) {
  const E x(Precision{precision.bits + 8}, exact_value(call.x));
  E power = x;
  for (int k = 1; k < f.order; ++k) power = power * x;
  return integer<E>(factor(f), napier::precision(x)) / power;
}

/// 1/x = e^−L, L = ln x, and so on for higher orders.
template <EnclosedReal E>
std::optional<E> equation(const Function& f, const Call&, const E& l) {
  const Precision at = precision(l);
  return integer<E>(factor(f), at) * exp(-(integer<E>(f.order, at) * l));
}

}  // namespace

void contribute_log_slope(Compositions& all) {
  all.push_back(
      {.value = &functions::log,
       .rises = true,
       .positive = true,
       .bends_one_way = true,
       .special = special,
       .exact = exact,
       .closed = value<Enclosure>,
       .fast = [](const Function& f,
                  const Call& call) { return value<FastEnclosure>(f, call, {}); },
       .definition = [](const TaylorJet& x, const TaylorJet&) { return log(x); },
       .is_defined_well = [](const Function&,
                             const Call& call) { return is_finite(call.x) && !is_zero(call.x); },
       .equation = {"(ln x)' = e^-L, L = ln x", equation<Enclosure>, equation<FastEnclosure>}});
}

}  // namespace napier
