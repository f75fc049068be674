// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/expectation.hpp"

#include <algorithm>
#include <array>

#include "audit/selection.hpp"
#include "audit/trial/plan.hpp"
#include "reports/view/faults.hpp"

namespace napier {
namespace {

/// The properties that the expectation says something about.
std::vector<std::string> judged_properties(const Candidate& asked, const CampaignOptions& options) {
  const std::vector<Rounding> roundings = Plan(asked.target, options).roundings();
  std::vector<std::string> names;
  for (const Property* property : select_properties(options.properties)) {
    const bool judged =
        property->family != Family::hygiene &&
        std::ranges::any_of(roundings, [&](Rounding rounding) {
          const Subject subject(asked.target, rounding);
          return property->inapplicable(subject).empty() && property->judges(subject);
        });
    if (judged) names.emplace_back(property->name);
  }
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Rows of what the claim left unjudged give way to those that were judged.
template <class Row, class Same>
void replace_unjudged(std::vector<Row>& rows, std::vector<Row>& judged, Same same) {
  for (Row& row : judged) {
    if (!row.judged) continue;
    const auto is_same = [&](const Row& other) { return same(other, row); };
    const auto known = std::ranges::find_if(rows, is_same);
    if (known == rows.end())
      rows.push_back(std::move(row));
    else if (!known->judged)
      *known = std::move(row);
  }
}

TargetVerdict graver(TargetVerdict one, TargetVerdict other) {
  constexpr std::array gravest_first{TargetVerdict::refuted,      TargetVerdict::failed,
                                     TargetVerdict::inconclusive, TargetVerdict::known,
                                     TargetVerdict::stands,       TargetVerdict::measured};
  return *std::ranges::find_if(
      gravest_first, [&](TargetVerdict verdict) { return verdict == one || verdict == other; });
}

}  // namespace

std::optional<ExpectedTrial> expected_trial(const Candidate& candidate,
                                            const CampaignOptions& options) {
  if (!candidate.expect) return std::nullopt;
  ExpectedTrial trial{candidate, options};
  trial.candidate.target.claim = *candidate.expect;
  trial.candidate.claim_options = candidate.expect_options;
  trial.options.properties = judged_properties(trial.candidate, options);
  trial.options.trial.expected = true;
  if (trial.options.properties.empty()) return std::nullopt;
  return trial;
}

void add_expectation(TargetResult& result, const Candidate& candidate,
                     const CampaignOptions& options, const Progress& progress,
                     TrialRecord& record) {
  result.expect = candidate.expect;
  const auto trial = expected_trial(candidate, options);
  if (!trial || result.verdict == TargetVerdict::failed) return;
  const auto& [asked, own] = *trial;
  TargetResult judged = try_candidate(asked, own, progress, record);
  std::erase_if(judged.measurements,
                [&](const Measurement& m) { return !has(own.properties, m.property); });
  replace_unjudged(result.measurements, judged.measurements,
                   [](const Measurement& a, const Measurement& b) {
                     return a.property == b.property && a.rounding == b.rounding &&
                            a.strength == b.strength && a.domain == b.domain;
                   });
  replace_unjudged(result.laws, judged.laws,
                   [](const LawRow& a, const LawRow& b) { return a.number == b.number; });
  for (Finding& finding : judged.findings) {
    if (!has(own.properties, finding.property)) continue;  // hygiene has been told already
    finding.basis = Basis::expectation;
    result.findings.push_back(std::move(finding));
  }
  std::ranges::move(judged.contradictions, std::back_inserter(result.contradictions));
  for (std::string& note : judged.notes)
    if (!has(result.notes, note)) result.notes.push_back(std::move(note));
  result.partial = result.partial || judged.partial;
  result.verdict = graver(result.verdict, judged.verdict);
  order_by_fault(result);
}

}  // namespace napier
