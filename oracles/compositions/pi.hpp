// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/enclosure.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"

namespace napier {

/// π, at the precision of another enclosure.
Enclosure pi(const Enclosure& like);
FastEnclosure pi(const FastEnclosure& like);

}  // namespace napier
