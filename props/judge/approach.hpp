// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "props/judge/aimed_search.hpp"
#include "props/judge/difference_search.hpp"

namespace napier {

/// From the largest errors that are known to larger ones: by calls aimed at such (AimedSearch), and
/// then by what arguments with large errors have in common (DifferenceSearch).
class Approach {
 public:
  using Entry = LargestErrors::Entry;

  /// Makes at most `budget` calls around `places`, each with its error.
  Approach(const Function& function, Seed seed, std::uint64_t budget,
           const std::vector<Entry>& places);

  /// The points to ask next; none when it is over.
  std::vector<Domain> next();
  /// Hears what was found at them, a tally for each.
  void learn(std::span<const Tally> found);

 private:
  const Function& function_;
  Seed seed_;
  std::uint64_t for_differences_;  ///< calls
  AimedSearch aimed_;
  std::optional<DifferenceSearch> differences_;  ///< once it has begun
};

}  // namespace napier
