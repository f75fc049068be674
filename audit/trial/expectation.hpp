// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "audit/trial/trial.hpp"

namespace napier {

/// The candidate with what is expected of it for its claim, and the properties of which something
/// is expected; none of either if there is nothing to try.
struct ExpectedTrial {
  Candidate candidate;
  CampaignOptions options;
};
std::optional<ExpectedTrial> expected_trial(const Candidate& candidate,
                                            const CampaignOptions& options);

/// Judges a candidate by what this audit expects of it, beside its own claim, by which it has been
/// judged: what falls short is added to the findings, and the graver verdict counts. Hygiene, which
/// is demanded in any case, is not asked again.
void add_expectation(TargetResult& result, const Candidate& candidate,
                     const CampaignOptions& options, const Progress& progress, TrialRecord& record);

}  // namespace napier
