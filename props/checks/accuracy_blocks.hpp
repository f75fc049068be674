// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <span>

#include "props/property/called_block.hpp"

namespace napier {

/// Whether the subject's calls may be judged in blocks: of formats of at most 64 bits. Those that
/// no bulk filter knows go to the single cases, and are spared the way of cases of several calls.
bool accuracy_serves_blocks(const Subject& subject);

/// What is done with single cases of a block.
struct SingleCases {
  /// Tallies some, given by their places; whether one of them is now the largest error, of its
  /// binade or of all, or the first or the worst that is refuted.
  std::function<bool(std::span<const std::size_t>)> judge;
  /// Lets the reference confirm the first refuted one of so many from a place on, of which one is
  /// refuted for certain. Throws InternalError if it does not.
  std::function<void(std::size_t begin, std::size_t count)> confirm;
};

/// Tallies the accuracy of a block's cases as judging them one by one does. What the filter leaves
/// open is handed on.
void judge_accuracy(const Subject& subject, const CalledBlock& block, Tally& tally,
                    const SingleCases& singly);

}  // namespace napier
