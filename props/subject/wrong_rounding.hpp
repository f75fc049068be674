// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "oracles/oracle.hpp"

namespace napier {

/// Why a result is not the rounding of the true value, in words, where the distance alone does not
/// say it: a tie that went the wrong way, the wrong side of the true value in a directed mode, what
/// lies beyond the range. Empty where it is the rounding, or is simply too far off.
std::string wrong_rounding(TrueValue& truth, Float y, Rounding rounding);

}  // namespace napier
