// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "audit/trial/amid_others.hpp"
#include "audit/trial/lanes_finding.hpp"
#include "audit/trial/met_case.hpp"
#include "audit/trial/rows.hpp"
#include "lib/target/past.hpp"
#include "reports/view/view.hpp"

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
                               fmt::format("Refuted; the audit was {}", not_tried_again));
  }
}

namespace {
/// Is it seen again, if it is tried once more?
template <class Try>
void try_again(Finding& found, Try is_seen) {
  try {
    found.seen_again = is_seen();
  } catch (const Interrupted&) {
    found.explanation += fmt::format("; the audit was {}", not_tried_again);
  } catch (const std::runtime_error&) {  // whose library can't be loaded any more
  }
}
}  // namespace

/// How often a race shows is another number each time: the measurement says that it did.
void Recorder::add_races(const Property& property, const Subject& subject, const Domain& domain,
                         const Tally& seen) {
  Tally tally = seen;
  if (tally.refuted != 0) tally.refuted = 1;
  add_measurement(property, subject, strata_text(domain), Strength::sampled, tally);
  if (tally.refuted == 0) return;
  const bool ended =
      seen.first_refuted && seen.first_refuted->answers.back().ending != Ending::returned;
  Finding found = finding_as_met(property, subject, seen,
                                 fmt::format("In {} of {} cases, {}", seen.refuted, seen.cases,
                                             ended ? end_in_company_text : race_text));
  try_again(found, [&] {
    const Point& point = seen.first_refuted->point;
    return tried_again_in_two_threads(property, subject, domain, point).refuted != 0;
  });
  add_finding(std::move(found));
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
  Finding found =
      finding_as_met(property, subject, tally,
                     fmt::format("In {} of {} cases, {}", tally.refuted, tally.cases, past_text));
  try_again(found, [&] {
    const Point& point = tally.first_refuted->point;
    const JudgedCase again = tried_again_amid_a_past(property, subject, point);
    return std::holds_alternative<Refuted>(again.verdict);
  });
  add_finding(std::move(found));
}

}  // namespace napier
