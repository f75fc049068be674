// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>

#include "props/called_block.hpp"

namespace napier {

/// Whether there is a bulk filter for the subject's calls.
bool accuracy_has_filter(const Subject& subject);

/// Tallies the accuracy of a block's cases as judging them one by one does. What the filter leaves
/// open is handed to singly(i), which tallies that case and says whether its error is now the
/// largest.
void judge_accuracy(const Subject& subject, const CalledBlock& block, Tally& tally,
                    const std::function<bool(std::size_t)>& singly);

}  // namespace napier
