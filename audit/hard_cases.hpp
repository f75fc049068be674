// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <vector>

#include "oracles/hard/hard_search.hpp"

namespace napier {

/// What was found in the next window of a search; `share` of all of them are done.
using HearHardCases = std::function<void(const std::vector<HardCase>& found, double share)>;

/// Goes through all windows of a search on so many threads (0: as many as there are processors).
/// They are told in their order, and no more than a few for each thread are kept.
void find_hard_cases(const HardSearch& search, int threads, const HearHardCases& hear);

}  // namespace napier
