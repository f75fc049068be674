// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "props/domain/domain.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// A phase of a search for large errors: around the largest that are known, at all scales,
/// it asks only arguments at which one beyond the largest of all would show (Aim). How far beyond
/// follows from whether some were found, as the tail of the errors may be long or short. The places
/// with the smallest errors are left, half of them at a time.
class AimedSearch {
 public:
  using Entry = LargestErrors::Entry;

  /// Makes at most `budget` calls around `places`, each with its error.
  AimedSearch(const Function& function, Seed seed, std::uint64_t budget,
              const std::vector<Entry>& places);

  /// The points to ask next, some domains for each place; none when the search is over.
  std::vector<Domain> next() const;
  /// Hears what was found at them, a tally for each.
  void learn(std::span<const Tally> found);
  /// The largest error of each place that is left, the largest first.
  std::vector<Entry> largest_of_places() const;

 private:
  /// Where a large error is known, and on which side of its result the true value lies there.
  struct Place {
    Entry largest;
    bool above;
  };
  Domain around(const Place& place, std::uint64_t number) const;
  Place at(const Entry& largest) const;
  void sort_places();
  Ulp largest() const { return places_.front().largest.value.range.hi; }

  const Function& function_;
  Seed seed_;
  std::uint64_t left_;           ///< calls
  std::uint64_t until_cut_ = 0;  ///< calls that are left when the places become fewer
  std::uint64_t points_ = 0;     ///< of a domain
  std::uint64_t round_ = 0;
  Ulp width_;                  ///< of the aim
  std::vector<Place> places_;  ///< the largest first
};

}  // namespace napier
