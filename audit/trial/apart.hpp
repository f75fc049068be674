// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/trial/trial.hpp"

// Properties that are judged apart from the crew, whose threads come and go: so many cases, or
// fewer where they were interrupted.
namespace napier {

/// By two threads at once, of a caller of their own; and the share of the time in which both were
/// calling.
Judged judge_in_two_threads(const Property& property, const Subject& subject, const Domain& domain,
                            std::uint64_t cases, const CampaignOptions& options, double& overlap);

/// Amid a past.
Judged judge_amid_a_past(const Property& property, const Subject& subject, const Domain& domain,
                         std::uint64_t cases, const CampaignOptions& options, Caller& target);

/// As elements of arrays.
Judged judge_in_lanes(const Property& property, const Subject& subject, const Domain& domain,
                      std::uint64_t cases, const CampaignOptions& options, Caller& target);

}  // namespace napier
