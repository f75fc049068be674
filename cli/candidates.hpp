// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "audit/campaign.hpp"
#include "cli/claim_options.hpp"

namespace napier::cli {

/// Who the target strings name, each once, in the order given. Once `stop` is raised, no child that
/// gets nowhere is waited for.
/// Throws std::invalid_argument with one clear line: a name or glob that matches nothing (with the
/// nearest names), a claim option without a target that needs it, and what parsing so: refuses.
std::vector<Candidate> candidates(const std::vector<std::string>& targets,
                                  const ClaimOptions& claim, const StopFlag* stop = nullptr);

}  // namespace napier::cli
