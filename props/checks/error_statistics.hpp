// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "props/property/called_block.hpp"
#include "props/subject/result.hpp"

namespace napier {

/// Whether the claim says anything of all errors together, in this mode.
bool wants_statistics(const Subject& subject);

/// Adds the error of a call to the sums; nothing where there is no true value.
void add_to_sums(const Subject& subject, const Call& call, Float y, Tally& tally);
/// … of the calls of a block that lie in a piece of the claim.
void add_to_sums(const Subject& subject, const CalledBlock& block, Tally& tally);

/// What the sums say of the claim's statistics.
std::vector<StatisticFigure> statistics_of(const Subject& subject, const Tally& tally,
                                           Strength strength);

}  // namespace napier
