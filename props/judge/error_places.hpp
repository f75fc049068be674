// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "props/tally/largest.hpp"

namespace napier {

/// The largest known error of each place, of the few places with the largest: what a search goes on
/// from. Two points are of one place if they agree in the first bits after their binade.
class ErrorPlaces {
 public:
  using Entry = LargestErrors::Entry;

  void remember(const Entry& entry);
  /// The largest of all, and of each binade.
  void remember(const LargestErrors& known);
  /// The largest first.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

/// Whether there are points beside it: at zeros and infinities nothing can be searched.
bool has_neighbours(const Point& point);

}  // namespace napier
