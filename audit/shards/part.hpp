// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "audit/isolation/history.hpp"
#include "props/tally/tally.hpp"

// What a shard has done of an audit, as plain values: written to its file and merged.
namespace napier {

/// Which trial of an audit.
struct TrialKey {
  std::uint64_t place = 0;  ///< of the candidate, from 0
  bool expected = false;    ///< by what is expected of it, not by its claim
};

/// What is done of one jury's cases.
struct JuryPart {
  std::string jury;                 ///< "nearest: accuracy, monotone"; once in a trial
  std::uint64_t pieces = 0;         ///< of all shards
  std::uint64_t drawn = 0;          ///< indices of strata that are done
  std::uint64_t next = 0;           ///< the turn from which on nothing was begun
  std::set<std::uint64_t> open;     ///< turns before it that are begun and not done
  std::vector<std::uint64_t> lost;  ///< calls, in each wave (Tally::lost)
  std::vector<Tally> tallies;       ///< of what is done, one for each property
  bool ended = false;               ///< nothing is left to do
  std::string contradiction{};      ///< of Napier with itself, which ended it
};

/// What is done of a trial: of one candidate, by its claim or by what is expected of it.
struct TrialPart {
  std::uint64_t place = 0;  ///< of the candidate, from 0
  bool expected = false;
  std::string target;
  std::deque<JuryPart> juries;     ///< whose addresses stay
  std::vector<Loss> losses;        ///< processes of the target that ended
  bool printed = false;            ///< the target, to standard output or standard error
  std::vector<std::string> words;  ///< what a command said
  bool filtered = false;           ///< see TrialRecord
  bool unfiltered = false;
  std::string failure;  ///< why it could not be gone on with
  bool ended = false;
};

}  // namespace napier
