// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/candidate.hpp"

namespace napier {

/// Gives every candidate the targets that its claim, or what is expected of it, says that it
/// equals: another candidate of that name, a target of the catalogue, somebody else's, or a table
/// of results (audit/recorded_table.hpp), of the same function and format. A candidate whose target
/// is none of these is one that failed.
void find_twins(std::vector<Candidate>& candidates);

/// The same for one target alone, and what claims say of it. Throws std::invalid_argument with one
/// line that names the target and the mend.
void find_twins(Target& target, const Claim& claim, const std::vector<Candidate>& others = {});

}  // namespace napier
