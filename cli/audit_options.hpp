// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/campaign.hpp"
#include "cli/claim_options.hpp"

namespace napier::cli {

/// More than any machine has: a larger number is a slip.
inline constexpr std::uint64_t most_threads = 65'536;
/// Shards are numbered by job arrays, which no cluster has larger.
inline constexpr std::uint64_t most_shards = 1'000'000;

/// What --rounding says, each mode once. Throws std::invalid_argument.
std::vector<Rounding> roundings_of(const std::vector<std::string>& names);

/// What the command line of an audit says.
struct AuditOptions {
  std::vector<std::string> targets;
  ClaimOptions claim;
  std::optional<std::string> effort;
  std::vector<std::string> properties;
  std::vector<std::string> roundings;
  std::uint64_t seed = 1;
  std::uint64_t cases = 0;
  double max_seconds = 0;
  int threads = 0;
  std::string simd;
  std::string out;
  std::string json;
  std::vector<std::string> known_issues;
  std::vector<std::string> corpora;
  bool exhaustive = false;
  bool timings = false;
  bool record = false;
  bool sandbox = false;
  bool quiet = false;
  bool verbose = false;
  std::string shard;

  void add_to(CLI::App& command);
  /// Throws std::invalid_argument, in one line, for what can't be meant.
  CampaignOptions campaign() const;
  /// Who is tried, each with what is known of it. Throws as candidates() does, and for targets that
  /// can't be tried so.
  std::vector<Candidate> candidates(const CampaignOptions& campaign) const;
};

}  // namespace napier::cli
