// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/candidate.hpp"
#include "audit/cost.hpp"

namespace napier {

/// What an audit in shards will cost, and how many of them are well.
struct ShardPlan {
  double cases = 0;          ///< that are drawn
  Seconds time{};            ///< of one core, by a probe: an estimate
  std::uint64_t shards = 1;  ///< so many that each takes a quarter of an hour or so
};

/// Tries ever more cases of each property, and calls of each search, on one thread, until they take
/// a twentieth of a second, and extrapolates. Throws std::runtime_error where a target can't be
/// tried.
ShardPlan plan_shards(const std::vector<Candidate>& candidates, const CampaignOptions& options);

}  // namespace napier
