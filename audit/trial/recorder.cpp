// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "audit/trial/lanes_finding.hpp"
#include "audit/trial/met_case.hpp"
#include "audit/trial/rows.hpp"
#include "lib/target/past.hpp"

namespace napier {

void Recorder::add_measurement(const Property& property, const Subject& subject, std::string domain,
                               Strength strength, const Tally& tally) {
  result_.measurements.push_back(
      measurement_of(property, subject, std::move(domain), strength, tally));
}

void Recorder::add_law_row(const Property& property, const Subject& subject, const Tally& tally,
                           const std::string& why_not) {
  add_row(result_, law_row_of(property, subject, tally, why_not));
}

void Recorder::add_finding(Finding found) {
  found.replay = replay_line(candidate_.target, candidate_.claim_options, found);
  result_.findings.push_back(std::move(found));
}

void Recorder::add_finding_of(const Property& property, const Subject& subject,
                              const Domain& domain, const Tally& tally, const Change& change) {
  try {
    Finding found = confirmed(property, subject, domain, tally);
    change(found);
    add_finding(std::move(found));
  } catch (const InternalError& error) {
    result_.contradictions.emplace_back(error.what());
  }
}

void Recorder::renew_finding_of(const Property& property, const Subject& subject,
                                const Domain& domain, const Tally& tally) {
  add_finding_of(property, subject, domain, tally, [&](Finding& found) {
    std::erase_if(result_.findings, [&](const Finding& old) {
      return old.property == found.property && old.rounding == found.rounding;
    });
  });
}

/// A refutation that was met stays one when nobody answers any more.
Finding Recorder::confirmed(const Property& property, const Subject& subject, const Domain& domain,
                            const Tally& tally) {
  try {
    return finding(property, subject, domain, tally, crew_.callers());
  } catch (const Interrupted&) {
    interruption_.cut_short(property, subject.rounding);
    return unconfirmed_finding(property, subject, tally,
                               "Refuted; the audit was interrupted before it was asked again");
  }
}

/// How often a race shows is another number each time: the measurement says that it did.
void Recorder::add_races(const Property& property, const Subject& subject, const Domain& domain,
                         const Tally& seen) {
  Tally tally = seen;
  if (tally.refuted != 0) tally.refuted = 1;
  add_measurement(property, subject, strata_text(domain), Strength::sampled, tally);
  if (tally.refuted == 0) return;
  const bool ended =
      seen.first_refuted && seen.first_refuted->answers.back().ending != Ending::returned;
  add_finding(finding_as_met(property, subject, seen,
                             fmt::format("In {} of {} cases, {}", seen.refuted, seen.cases,
                                         ended ? end_in_company_text : race_text)));
}

void Recorder::add_apart(const Property& property, const Subject& subject, const Domain& domain,
                         const Tally& tally) {
  if (property.calling == Calling::in_two_threads)
    return add_races(property, subject, domain, tally);
  add_measurement(property, subject, strata_text(domain), Strength::sampled, tally);
  if (tally.refuted == 0) return;
  // What an array does in one mode it does in the others, too: those nobody asked for add nothing.
  const bool told = std::ranges::any_of(
      result_.findings, [&](const Finding& other) { return other.property == property.name; });
  if (property.calling == Calling::in_lanes && told && options_.roundings.empty()) return;
  if (property.calling == Calling::in_lanes)
    return add_finding(finding_of_lanes(property, subject, tally, *crew_.callers().target));
  add_finding(
      finding_as_met(property, subject, tally,
                     fmt::format("In {} of {} cases, {}", tally.refuted, tally.cases, past_text)));
}

}  // namespace napier
