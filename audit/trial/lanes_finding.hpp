// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/judge/judge.hpp"

namespace napier {

/// The finding that results depend on where their arguments stand. Its first case is asked again in
/// arrays of that argument alone; where it does not show there it is told as it was met.
Finding finding_of_lanes(const Property& property, const Subject& subject, const Tally& tally,
                         Caller& target);

}  // namespace napier
