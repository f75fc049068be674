// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier {

/// A number without a common factor with n, near n over the golden ratio: its multiples modulo n
/// visit every index below n once, and any number of first ones is spread evenly. n in [1, 2^32].
std::uint64_t spreading_stride(std::uint64_t n);

/// An enumerated stratum, of at most 2^32 points, in an order of which any first part is spread
/// over the whole.
Stratum spread(Stratum stratum);

}  // namespace napier
