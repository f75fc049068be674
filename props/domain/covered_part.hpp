// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "props/domain/domain.hpp"

namespace napier {

/// Cases of a walk that lie within a claim's domain.
struct CoveredPart {
  std::uint64_t first = 0;  ///< counted from the step asked about
  std::uint64_t count = 0;
  bool whole = false;  ///< all of these do, not just some, as where exponents must be integers
};

/// Of so many cases of a walk from a step on, those outside of which the domain holds none.
///
/// A walk keeps its sign, so its encodings run with the distance from 0, and what moves rises or
/// falls weakly until it is NaN, or after it has been: its values in a range are next to each
/// other, and two bisections find their ends. NaN is in the unbounded range alone, which holds
/// everything. The argument that does not move is asked about once.
CoveredPart covered_part(const ClaimDomain& domain, const Walk& walk, std::uint64_t step,
                         std::uint64_t count);

}  // namespace napier
