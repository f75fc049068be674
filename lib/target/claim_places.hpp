// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

#include "lib/target/claim.hpp"

namespace napier {

/// Where a promise holds: in any of some boxes; in none is everywhere.
using Place = std::vector<ClaimDomain>;

/// A box, and the indices of the places that contain it. It has no point in common with others.
struct PlaceCell {
  ClaimDomain on;
  std::vector<std::size_t> inside;
};

/// A domain cut along all ends of some places: cells that have no point in common, those of one
/// column in order, and neighbours that lie in the same places as one.
std::vector<PlaceCell> cells_of(const std::vector<Place>& places, const ClaimDomain& domain);

/// What is in none of some boxes, as boxes that have no point in common; none if that is nothing.
Place outside(const Place& boxes);
/// The least box, with its ends, that holds some boxes.
ClaimDomain hull_of(const Place& boxes);
/// Have the two more in common than an edge?
bool overlap(const ClaimDomain& a, const ClaimDomain& b);

}  // namespace napier
