// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/effort.hpp"

#include <algorithm>
#include <array>

#include "lib/target/composition.hpp"
#include "lib/target/pipe.hpp"

namespace napier {
namespace {

struct Counts {
  std::array<std::uint64_t, 3> by_effort;  // quick, standard, deep
};

constexpr Counts narrow_unary{
    {std::uint64_t(1) << 24, std::uint64_t(1) << 32, std::uint64_t(1) << 32}};
constexpr Counts binary64_unary{{1'000'000, 100'000'000, 10'000'000'000}};
constexpr Counts binary64_pow{{300'000, 30'000'000, 3'000'000'000}};
// The wider the numbers, the slower the way to their true values.
constexpr Counts as_wide_as_binary80{{100'000, 5'000'000, 100'000'000}};
constexpr Counts wider{{10'000, 200'000, 10'000'000}};
// Derivatives are many, and few of their judgements are made in blocks; nor are compositions'.
constexpr Counts of_a_slope{{100'000, 400'000, 100'000'000}};
constexpr Counts of_a_law_of_slopes{{10'000, 100'000, 10'000'000}};
/// Of four calls a case, judged one by one.
constexpr Counts of_a_chord{{2'000, 20'000, 2'000'000}};
constexpr Counts of_a_law{{10'000, 1'000'000, 100'000'000}};

/// Of a process no more than this, however few are asked of others.
constexpr Counts of_a_process{{100'000, 2'000'000, 100'000'000}};

const Counts& counts(const Property& property, const Target& target) {
  const bool slope = is_derivative(*target.function) || is_composed(*target.function);
  const bool one_by_one = std::holds_alternative<CaseByCase>(property.judging);
  if (relates_calls(property.family) && one_by_one && property.plan.most > 2) return of_a_chord;
  if (relates_calls(property.family)) return slope ? of_a_law_of_slopes : of_a_law;
  if (target.format->precision > binary80.precision) return wider;
  if (target.format->precision > binary64.precision) return as_wide_as_binary80;
  if (slope) return of_a_slope;
  if (target.function->arity == 2) return binary64_pow;
  return target.format->width <= 32 ? narrow_unary : binary64_unary;
}

}  // namespace

std::optional<Effort> find_effort(std::string_view text) {
  for (const Effort effort : {Effort::quick, Effort::standard, Effort::deep})
    if (name(effort) == text) return effort;
  return std::nullopt;
}

std::uint64_t budget(const Property& property, const Target& target, Effort effort,
                     std::optional<std::uint64_t> asked) {
  if (asked) return *asked;
  const auto row = static_cast<std::size_t>(effort);
  const std::uint64_t usual = counts(property, target).by_effort[row];
  return is_process(target.shape) ? std::min(usual, of_a_process.by_effort[row]) : usual;
}

}  // namespace napier
