// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier {

/// What a few cases must not miss, asked before all others. The ends of each piece of a claim's
/// domain and places at which results saturate within it, then their neighbours; of pow the corners
/// and calls along the edges. Then calls spread evenly over each piece that is bounded.
void add_ends_of_domain(Domain& domain, const Subject& subject);

}  // namespace napier
