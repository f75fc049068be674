// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/float.hpp"

namespace napier {

/// The datum nearest to a^x, by the oracle, for a finite a > 0 and a finite x; 0 or inf beyond the
/// range. It chooses the argument of a call, and no verdict rests on its being the nearest.
Float rounded_power(Float a, Float x, const Format& format);

}  // namespace napier
