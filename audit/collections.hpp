// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "audit/candidate.hpp"
#include "audit/target_string.hpp"

// Targets that have a name of their own: those of the catalogue, and `foreign/`, other people's
// functions, which the build makes callable where their packages are installed (foreign/*.toml).
namespace napier {

/// Who a name or glob COLLECTION/…/FUNCTION[:FORMAT] means, sorted by name. Of foreign/ those of
/// packages that were not there are `absent`, and each is asked for what its file expects. Nothing
/// of theirs is opened or run here. Throws std::invalid_argument with the nearest names if nobody
/// is meant.
std::vector<Candidate> select_candidates(const std::string& pattern, const Patience& patience = {});

}  // namespace napier
