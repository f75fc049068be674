// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "audit/candidate.hpp"
#include "audit/shards/keeper.hpp"

namespace napier {

/// What the audit of these candidates under these options is, wherever it runs.
RunIdentity run_identity(std::vector<Candidate> candidates, const CampaignOptions& options);

/// What came of a shard.
struct ShardOutcome {
  enum class End { finished, done_before, stopped };
  End end = End::finished;
  std::filesystem::path file;  ///< … where it is
  std::uint64_t cases = 0;
  std::uint64_t refuted = 0;          ///< not confirmed yet
  std::vector<std::string> failures;  ///< of targets that could not be tried
};

/// Judges what is a shard's own of a campaign, and leaves the rest of it (search, shrinking,
/// confirmation, what is called by few calls in all) to who merges the shards. `words` are the
/// command line's, from which the merge knows whom to ask.
///
/// Goes on from a checkpoint in the folder; does nothing if the shard is finished there. Throws
/// std::runtime_error where nothing can be written.
ShardOutcome run_shard(std::vector<Candidate> candidates, const CampaignOptions& options,
                       const Shard& shard, std::vector<std::string> words,
                       const std::filesystem::path& folder, const Progress& progress,
                       const Warn& warn);

}  // namespace napier
