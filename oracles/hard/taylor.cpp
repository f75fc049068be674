// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/taylor.hpp"

namespace napier {
namespace {

Enclosure integer(std::int64_t n, const Enclosure& like) {
  return Enclosure(precision(like), Dyadic::of_integer(n));
}

/// (a^x)⁽ⁱ⁾/i! = a^x·(ln a)ⁱ/i!
Enclosure of_power(Base base, int i, const Enclosure& x) {
  const Enclosure log_a = log_of_base(base, x);
  Enclosure coefficient = exp(x * log_a);
  for (int n = 1; n <= i; ++n) coefficient = coefficient * log_a / integer(n, x);
  return coefficient;
}

/// (ln x)⁽ⁱ⁾/i! = (−1)ⁱ⁻¹/(i·xⁱ)
Enclosure of_logarithm(int i, const Enclosure& x) {
  if (i == 0) return log(x);
  Enclosure power = x;
  for (int n = 1; n < i; ++n) power = power * x;
  return integer(i % 2 != 0 ? 1 : -1, x) / (integer(i, x) * power);
}

}  // namespace

bool has_taylor(const Function& function) {
  return function.arity == 1 && function.kind != Kind::slope;
}

Enclosure taylor_coefficient(const Function& function, int i, const Enclosure& x) {
  if (function.kind == Kind::logarithm) return of_logarithm(i, x);
  if (function.kind == Kind::power_minus_one && i == 0)
    return expm1(x * log_of_base(function.base, x));
  return of_power(function.base, i, x);
}

}  // namespace napier
