// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "audit/shards/pieces.hpp"
#include "audit/stop.hpp"
#include "props/judge/islands.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Work on a target that is cut into pieces, which threads and shards do in any order: what comes
/// of it are tallies, of each piece the same whoever does it.
struct DividedWork {
  std::string name;         ///< unlike all others in its trial
  std::size_t tallies = 0;  ///< how many
  Pieces pieces;
  /// Does a piece and adds to the tallies; false if a wish to stop was heeded on the way.
  std::function<bool(const Portion&, const Callers&, std::span<Tally>)> work;
};

/// A jury judges its cases. Keeps references to all but the numbers, as do the works below.
DividedWork judging(const std::vector<const Property*>& jury, const Subject& subject,
                    const Domain& domain, std::uint64_t cases, Seed seed, const StopFlag* stop);

/// The islands, of which there are some, of a search for large errors beyond the sampled ones; the
/// domain is the sample's.
DividedWork searching(const Property& property, const Subject& subject, const Domain& domain,
                      const Islands& islands, Seed seed, const StopFlag* stop);

/// The calls of the search that follows on a property's cases; 0 where none does.
std::uint64_t calls_of_search(const Property& property, Strength strength, std::uint64_t cases);

}  // namespace napier
