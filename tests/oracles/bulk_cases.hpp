// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <numbers>
#include <vector>

#include "tests/oracles/bulk_support.hpp"

/// Cases for the bulk filter of functions of one argument.
namespace napier::testing_support {

/// Cases of one function, with results that are the right ones but for a few.
struct Cases {
  std::vector<Call> calls;
  std::vector<Float> results;
  std::vector<double> x, y;

  void add(const Call& call, Float result) {
    calls.push_back(call);
    results.push_back(result);
    x.push_back(as_double(call.x));
    y.push_back(as_double(result));
  }
};

inline Cases drawn_cases(const Function& f, const Format& format, Rounding rounding, int count) {
  Cases cases;
  Points draws(f, format, 19);
  Random random(23);
  for (int i = 0; i < count; ++i) {
    const Call call = drawn(draws, random, format);
    TrueValue t(f, call);
    const auto right = t.rounded(format, rounding);
    Float y = right ? *right : zero(format);
    if (random.between(0, 31) == 0 && !is_nan(y)) y = step(y, random.between(-2, 2));
    cases.add(call, y);
  }
  return cases;
}

/// Arguments whose true values lie next to powers of two, with results on both sides of them.
inline Cases cases_at_binades(const Function& f, const Format& format, Rounding rounding) {
  Cases cases;
  const double log_of_two = f.base == Base::e     ? std::numbers::ln2
                            : f.base == Base::two ? 1
                                                  : std::numbers::ln2 / std::numbers::ln10;
  const int least = format.min_exponent(), most = format.max_exponent;
  for (const int power :
       {least - 2, least, least / 2, -3, -2, -1, 0, 1, 2, 3, most / 2, most + 1}) {
    const Float at = round_to(format, Dyadic::of(power * log_of_two), Rounding::nearest);
    for (Ordinal off = -12; off < 12; ++off) {
      const Call call{step(at, off / 3), {}};
      const auto right = TrueValue(f, call).rounded(format, rounding);
      if (!right || is_nan(*right)) continue;
      cases.add(call, step(*right, off % 3));
    }
  }
  return cases;
}

/// Arguments whose true values lie next to 0, to 1 and to −1, or for a logarithm arguments next to
/// 1, with results on both sides of them and of the powers of two there.
inline Cases cases_at_fixed_values(const Function& f, const Format& format, Rounding rounding) {
  Cases cases;
  const auto add_all = [&](Float x) {
    const Call call{x, {}};
    const auto right = TrueValue(f, call).rounded(format, rounding);
    if (!right || is_nan(*right)) return;
    for (Ordinal off = -2; off <= 2; ++off) cases.add(call, step(*right, off));
  };
  const Float one = power_of_two(format, 0);
  for (int k = 1; k <= 2 * format.precision; k = k + 1 + k / 16)
    for (const bool negative : {false, true}) {
      const Dyadic near{negative, 1, -k};
      if (f.kind != Kind::logarithm)
        add_all(round_to(format, near, Rounding::nearest));
      else if (k <= format.precision)
        add_all(round_to(format, add(exact_value(one), near), Rounding::nearest));
    }
  for (int k = 0; k <= std::min(format.max_exponent, 12); ++k) {
    add_all(power_of_two(format, k));
    add_all(negated(power_of_two(format, k)));
  }
  // What would be the logarithm if an infinity were the next power of two.
  const double next = (format.max_exponent + 1) * std::numbers::ln2;
  cases.add({infinity(format), {}}, round_to(format, Dyadic::of(next), Rounding::nearest));
  for (const Float x : {zero(format), one, infinity(format)}) {
    add_all(x);
    add_all(negated(x));
  }
  return cases;
}

}  // namespace napier::testing_support
