// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/trial/trial.hpp"

namespace napier {

/// Judges a property by a caller of its own, apart from the crew, whose threads come and go: by two
/// threads at once, or amid a past. So many cases, or fewer where it was interrupted.
Judged judge_apart(const Property& property, const Subject& subject, const Domain& domain,
                   std::uint64_t cases, const CampaignOptions& options, Caller& caller);

}  // namespace napier
