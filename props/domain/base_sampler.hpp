// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "lib/target/claim.hpp"
#include "props/domain/sampler.hpp"

namespace napier {

/// A positive base inside the range (where one is found): moderate ones, ones near 1 (1 ± 2^−t),
/// any magnitude, and small integers.
Float draw_base(Draw& draw, const Format& format, const Range& range);

/// The bases of the other functions in this format, e, 2 and 10, and their neighbours: a user's
/// e^x is often pow's, and code that knows one of them goes its own way there.
const std::vector<Float>& bases_of_other_functions(const Format& format);

/// A base for a law: one in sixteen is one of those, if the range holds it.
Float draw_law_base(Draw& draw, const Format& format, const Range& range);

/// ln a as a double, for aiming: relatively accurate near 1 too; 0 only for a = 1.
double approximate_log(Float a);

}  // namespace napier
