// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mutex>

#include "audit/candidate.hpp"
#include "audit/shards/part.hpp"

namespace napier {

/// Judges what is a shard's own of one candidate's cases, and goes on where the part stands. The
/// part is changed with the mutex locked. Once `options.stop` is raised it returns soon, and the
/// part has not ended.
void try_part(const Candidate& candidate, const CampaignOptions& options, const Shard& shard,
              TrialPart& part, std::mutex& mutex, const Progress& progress);

}  // namespace napier
