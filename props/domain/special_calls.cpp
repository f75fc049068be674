// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The arguments of Annex F's tables, NaNs among them.
#include "lib/fp/ordinal.hpp"
#include "props/domain/call_strata.hpp"

namespace napier {

std::vector<Float> special_arguments(const Format& f) {
  std::vector<Float> positive{zero(f),       min_subnormal(f), next_down(min_normal(f)),
                              min_normal(f), max_finite(f),    infinity(f)};
  const Float one = from_integer(f, 1);
  for (const Float x : {next_down(one), one, next_up(one)}) positive.push_back(x);
  for (const std::int64_t n : {2, 3, 4, 5, 10, 100}) positive.push_back(from_integer(f, n));
  for (const int power : {-1, -2, -10, 31, 63})
    if (power <= f.max_exponent) positive.push_back(power_of_two(f, power));
  positive.push_back(round_to(f, {false, 3, -1}, Rounding::nearest));
  // Around the largest odd integer, 2^p − 1: parity decides signs of pow.
  if (f.precision <= f.max_exponent) {
    const Float even = power_of_two(f, f.precision);
    for (const Ordinal steps : {-2, -1, 0, 1}) positive.push_back(step(even, steps));
  }
  std::vector<Float> all = positive;
  for (const Float x : positive) all.push_back(negated(x));
  all.push_back(quiet_nan(f));
  return all;
}

namespace {

/// Bits of a payload one by one, some of them in wide formats, and patterns of them.
std::vector<Bits> payloads(const Format& f) {
  const int bits = f.precision - 2;
  const Bits all = (Bits(1) << bits) - 1;
  std::vector<Bits> found{0, all, all / 3, all - 1};
  for (int bit = 0; bit < bits; bit += 1 + bits / 16) found.push_back(Bits(1) << bit);
  found.push_back(Bits(1) << (bits - 1));
  return found;
}

std::vector<Float> nans(const Format& f) {
  std::vector<Float> found;
  for (const Bits payload : payloads(f)) found.push_back({quiet_nan(f).bits | payload, &f});
  const Bits quiet_bit = Bits(1) << (f.precision - 2);
  found.push_back({(quiet_nan(f).bits & ~quiet_bit) | 1, &f});
  for (std::size_t i = 0, count = found.size(); i < count; ++i) found.push_back(negated(found[i]));
  return found;
}

}  // namespace

Stratum nan_calls(const Subject& subject) {
  const Format& f = subject.format();
  const std::vector<Float> all = nans(f);
  if (subject.target->function->arity == 1)
    return {"NaN", all.size(), 1,
            [all](Draw&, std::uint64_t i) { return std::optional(single(all[i])); }};
  std::vector<Float> others{quiet_nan(f)};
  for (const Float x : {zero(f), from_integer(f, 1), from_integer(f, 2), infinity(f),
                        round_to(f, {false, 3, -1}, Rounding::nearest)})
    for (const Float y : {x, negated(x)}) others.push_back(y);
  const std::uint64_t n = others.size();
  return spread({"NaN", 2 * n * all.size(), 1, [all, others, n](Draw&, std::uint64_t i) {
                   const Float nan = all[i / 2 / n], other = others[i / 2 % n];
                   return std::optional(i % 2 == 0 ? pair(nan, other) : pair(other, nan));
                 }});
}

}  // namespace napier
