// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audit/shards/shard_file.hpp"

namespace napier {

/// All shards of an audit as one: what one process has in hand before it searches, shrinks and
/// confirms.
class MergedShards {
 public:
  /// Reads them, in any order. Throws std::runtime_error, in one line that says how to mend it,
  /// unless they are all shards of one audit, each once and ended.
  explicit MergedShards(std::span<const std::filesystem::path> files);

  const RunIdentity& run() const { return run_; }
  const std::vector<std::string>& words() const { return words_; }

  /// Nullptr where no shard got there.
  const TrialPart* trial(const TrialKey& key) const;
  /// What was judged of a jury; nullptr where not all of it was. Where too many calls were lost
  /// before the end, one process stops at some wave, and what shards did beyond it must not count.
  const JuryPart* jury(const TrialKey& key, const std::string& name) const;

 private:
  struct Trial {
    TrialPart part;
    std::map<std::string, std::uint64_t> ended;  ///< in so many shards, by juries
    std::vector<std::uint64_t> failed;           ///< shards that could not go on
  };
  void check_header(const std::filesystem::path& file, const ShardFile& shard);
  void check_complete() const;
  void check_failures() const;
  void add(ShardFile shard);
  static void add(Trial& trial, TrialPart more, std::uint64_t shard);

  RunIdentity run_;
  std::vector<std::string> words_;
  std::uint64_t count_ = 0;
  std::map<std::uint64_t, std::filesystem::path> files_;  ///< of the shards that ended
  std::map<std::pair<std::uint64_t, bool>, Trial> trials_;
};

/// "2,5-6": numbers as `sbatch --array` takes them. Ascending.
std::string array_text(std::span<const std::uint64_t> numbers);

}  // namespace napier
