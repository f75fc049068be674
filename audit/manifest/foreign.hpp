// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/candidate.hpp"
#include "audit/target_string.hpp"

namespace napier {

/// Every function that a file of foreign/ lists, as foreign/NAME/FUNCTION:FORMAT: the symbol
/// FUNCTION_FORMAT of NAME.so, in the folder that NAPIER_FOREIGN names, else in `foreign` beside
/// this program.
std::vector<Candidate> foreign_candidates(const Patience& patience);

}  // namespace napier
