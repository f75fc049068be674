// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <span>

#include "props/called_block.hpp"

namespace napier {

/// Whether there is a bulk filter for the subject's calls.
bool accuracy_has_filter(const Subject& subject);

/// Tallies some cases of a block, given by their places; whether one of them is now the largest
/// error, of its binade or of all.
using JudgeSingly = std::function<bool(std::span<const std::size_t>)>;

/// Tallies the accuracy of a block's cases as judging them one by one does. What the filter leaves
/// open is handed on.
void judge_accuracy(const Subject& subject, const CalledBlock& block, Tally& tally,
                    const JudgeSingly& singly);

}  // namespace napier
