// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/value_beside.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "props/judge/judge.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

/// The value as a target of its own.
Target value_of(const Target& derivative) {
  Target value = derivative;
  value.function = derivative.function->primal;
  value.claim = derivative.primal->claim;
  value.open = derivative.primal->open;
  value.primal = nullptr;
  return value;
}

}  // namespace

void judge_value_beside(const Target& target, const CampaignOptions& options,
                        TargetResult& result) {
  if (target.primal == nullptr || !target.name.starts_with("shipped/")) return;
  const Target value = value_of(target);
  const Subject subject(value, Rounding::nearest);
  const auto properties = all_properties();
  const auto accuracy = std::ranges::find_if(properties, [&](const Property& property) {
    return property.family == Family::accuracy && property.is_searched &&
           property.inapplicable(subject).empty() && property.judges(subject);
  });
  if (accuracy == properties.end()) return;
  constexpr std::uint64_t most_cases = 4096;
  const Domain domain = accuracy->where.domain(subject);
  const auto caller = value.open();
  Tally tally;
  for (const Portion& portion : portions(domain, most_cases))
    tally.merge(judge_portion(*accuracy, subject, domain, options.seed, portion, {caller.get()}));
  if (tally.refuted == 0 || !tally.first_refuted) return;
  const Point& at = tally.first_refuted->point;
  result.notes.push_back(fmt::format(
      "The value that is differentiated, {}, breaks its own claim in {} of {} calls, as at {}{}: "
      "what is claimed of the derivative rests on it",
      value.function->name, tally.refuted, tally.cases, to_hex(at.args[0]),
      at.count > 1 ? ", " + to_hex(at.args[1]) : ""));
}

}  // namespace napier
