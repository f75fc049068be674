// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Targets that compute something else than what they are asked for.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "audit/profile/diagnose.hpp"
#include "oracles/oracle.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// A function that may have been called instead: of the same arguments, or of both exchanged.
struct Candidate {
  const Function* function;
  bool exchanged = false;

  std::string name() const {
    const std::string name(function->name);
    return exchanged ? name + " of (y, x)" : fmt::format("{} = {}", name, function->statement);
  }
};

std::vector<Candidate> candidates(const Function& own) {
  std::vector<Candidate> all;
  if (own.arity == 2) all.push_back({&own, true});
  for (const Function* other : all_functions())
    if (other != &own && other->arity == own.arity) all.push_back({other});
  return all;
}

bool gives(const Candidate& candidate, const Observation& one, double limit, Rounding rounding) {
  Point point = one.point;
  if (candidate.exchanged) std::swap(point.args[0], point.args[1]);
  TrueValue truth(*candidate.function, point.call());
  if (truth.is_nan() || is_nan(one.got)) return truth.is_nan() && is_nan(one.got);
  if (truth.is_infinite()) return is_infinite(one.got);
  return truth.error(one.got, rounding).lo.value <= limit;
}

/// The results are those of another function, at all but a few calls.
std::string another_function(const Evidence& e) {
  const std::size_t bad = e.bad().size();
  if (bad * 4 < e.seen.size()) return {};
  constexpr std::size_t looked_at = 200;
  std::vector<const Observation*> some;
  const std::size_t each = e.seen.size() / looked_at + 1;
  for (std::size_t i = 0; i < e.seen.size(); i += each) some.push_back(&e.seen[i]);
  constexpr std::size_t least = 50;
  if (some.size() < least) return {};
  constexpr double careless = 4;  // other libraries' other functions are not the best ones
  const double limit = std::max(e.limit, careless);
  // Where its own function fits as well another one tells nothing.
  const auto own = static_cast<std::size_t>(
      std::ranges::count_if(some, [&](const Observation* one) { return one->size() <= limit; }));
  if (own * 4 > some.size() * 3) return {};
  for (const Candidate& candidate : candidates(*e.subject.target->function)) {
    std::size_t fits = 0, misses = 0;
    for (const Observation* one : some) {
      ++(gives(candidate, *one, limit, e.subject.rounding) ? fits : misses);
      if (misses * 50 > some.size()) break;
    }
    if (misses * 50 > some.size()) continue;
    return fmt::format("{} of {} looked at are within {:.4g} ulp of {}", count_text(fits),
                       counted(some.size(), "call", "calls"), limit, candidate.name());
  }
  return {};
}

/// All but a few calls are off, and most by more than half of what is right.
std::string nowhere_near(const Evidence& e) {
  const auto bad = e.bad();
  if (bad.size() * 20 < e.seen.size() * 19) return {};
  const double half = std::exp2(e.subject.format().precision - 2);  // at most, in ulps
  const auto far = static_cast<std::size_t>(
      std::ranges::count_if(bad, [&](const Observation* one) { return !(one->size() < half); }));
  if (far * 2 < bad.size()) return {};
  return fmt::format(
      "{} of {} are off, {} of them by half of the right value or more, and no function that "
      "Napier knows fits: does the target compute something else, or is it called in another way "
      "(--function, --format, --shape)?",
      count_text(bad.size()), counted(e.seen.size(), "call", "calls"), count_text(far));
}

}  // namespace

std::span<const Model> identity_models() {
  static constexpr std::array<Model, 1> models{{{"another function", another_function}}};
  return models;
}

std::span<const Model> stranger_models() {
  static constexpr std::array<Model, 1> models{{{"nowhere near its function", nowhere_near}}};
  return models;
}

}  // namespace napier
