// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// The same two commands, a shard and the merge, in the words of those who run them on many
// machines.
namespace napier::cli {

struct ClusterJob {
  std::string audit;     ///< the words behind `napier audit`, as a shell reads them
  std::string estimate;  ///< a comment
  std::uint64_t shards = 1;
};

struct Cluster {
  std::string_view name;     ///< as after --cluster
  std::string_view command;  ///< which must be installed where the script is used; or empty
  std::string_view package;  ///< of Debian that has it; or empty
  std::uint64_t most_shards;
  std::string (*script)(const ClusterJob& job);
};

std::span<const Cluster> clusters();

}  // namespace napier::cli
