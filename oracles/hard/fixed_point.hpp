// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/enclosure.hpp"

namespace napier {

/// A real number modulo 1 in units of 2^-128.
struct FixedPoint {
  Bits value = 0;
  double error = 0;  ///< in the same units, rounded up
};

FixedPoint fixed_point(const Enclosure& a);

/// An integer that is nearest, or nearly so, to what is enclosed; below 2^120.
Dyadic nearby_integer(const Enclosure& a);

}  // namespace napier
