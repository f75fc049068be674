// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/sampler.hpp"

// How searches for large errors move on from a point.
namespace napier {

/// To anywhere in what is left of the number's binade after so many halvings.
void move_within(Float& x, int halvings, Draw& draw);

/// To another base of a power, by a part of the distance from 1, so that the logarithm keeps its
/// magnitude.
void move_base(Float& base, Draw& draw);

}  // namespace napier
