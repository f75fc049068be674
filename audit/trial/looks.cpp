// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/looks.hpp"

#include <algorithm>

#include "audit/profile/look_closer.hpp"
#include "audit/trial/losses.hpp"
#include "audit/trial/rows.hpp"
#include "reports/view/faults.hpp"

namespace napier {
namespace {

/// More cases of what is refuted already add nothing.
bool is_refuted(const TargetResult& result, const SeenCases::Seen& seen) {
  return std::ranges::any_of(result.measurements, [&](const Measurement& m) {
    return m.property == seen.property->name && m.rounding == seen.subject.rounding &&
           m.refuted != 0;
  });
}

/// What was measured might have been refuted by what was not looked at any more.
void note_cut_short(const TargetResult& result, Interruption& interruption) {
  for (const Measurement& m : result.measurements)
    if (const Property* property = known_property(m.property); property != nullptr)
      return interruption.cut_short(*property, m.rounding);
}

}  // namespace

Tally look_and_judge(const Candidate& candidate, Seed seed, Crew& crew, Recorder& recorder,
                     Interruption& interruption, TargetResult& result) {
  SeenCases cases(result.measurements);
  if (!look_closer(candidate.target, seed, crew.callers(), result, cases))
    note_cut_short(result, interruption);
  for (const SeenCases::Seen& seen : cases.all()) {
    const auto& [property, subject, tally] = seen;
    if (tally.refuted == 0 || is_refuted(result, seen)) continue;
    recorder.add_measurement(*property, subject, looks_text, Strength::searched, tally);
    recorder.add_finding_of(*property, subject, property->where.domain(subject), tally);
  }
  return cases.calls().unanswered == 0 ? Tally{} : cases.calls();
}

void look_for_causes(const Candidate& candidate, Seed seed, Crew& crew, Recorder& recorder,
                     TargetResult& result) {
  look_for_causes(candidate.target, seed, crew.callers(), result);
  const std::vector<Loss> losses = take_losses(crew.all_targets());
  if (losses.empty()) return;
  recorder.add_finding(finding_of(losses));
  order_by_fault(result);
}

}  // namespace napier
