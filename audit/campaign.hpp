// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/candidate.hpp"

namespace napier {

/// Tries every candidate and says what was found. The figures depend on the candidates and options
/// alone: any number of threads gives the same report.
///
/// An interrupted one gives a partial report: the figures of what was covered, refutations that
/// were found, and no target that was not tried in full is said to stand.
///
/// A candidate that cannot be opened becomes a failed result, and the others are still tried.
/// Throws InternalError when Napier finds itself wrong.
Report run_campaign(const std::vector<Candidate>& candidates, const CampaignOptions& options,
                    const Progress& progress = {});

/// The options for the candidate at that place: what its manifest asks, where the command line
/// asks nothing.
CampaignOptions options_of(const Candidate& candidate, std::size_t place, CampaignOptions options);

/// Throws std::invalid_argument with one line if every argument is asked for and a candidate has
/// too many: what it would cost, and what to ask for instead.
void check_feasible(const std::vector<Candidate>& candidates, const CampaignOptions& options);

}  // namespace napier
