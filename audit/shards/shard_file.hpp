// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/shards/part.hpp"
#include "reports/report.hpp"

// A shard's file: what it has done of an audit, and of which. A checkpoint is one that has not
// ended.
namespace napier {

/// What an audit is, by names that a reader knows: this program, this machine, what was asked, of
/// whom. Two shards are of one audit if all of it is the same.
using RunIdentity = std::vector<std::pair<std::string, std::string>>;

/// "the seed is 2 there and 1 here"; empty if there is no difference.
std::string difference(const RunIdentity& there, const RunIdentity& here);

struct ShardFile {
  RunIdentity run;
  std::vector<std::string> words;  ///< of the command line, behind `napier audit`
  Shard shard;
  bool ended = false;
  std::deque<TrialPart> trials;
};

/// One line that says what it is and carries a checksum, then JSON without blanks. Every figure
/// survives the way there and back bit for bit.
std::string shard_text(const ShardFile& file);
/// Throws std::runtime_error, in one line, for what is no shard's file, of another version, or
/// damaged.
ShardFile shard_from_text(std::string_view text);
/// The same of a file, which is named.
ShardFile read_shard(const std::filesystem::path& path);

}  // namespace napier
