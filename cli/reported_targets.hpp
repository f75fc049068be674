// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/candidate.hpp"
#include "reports/report.hpp"

// The targets of a report, to be called again.
namespace napier::cli {

/// A target of a report: of the catalogue, or somebody else's, with the report's claim, or with
/// what the audit asked for. `folder` is the report's, from which paths are seen; a command is run
/// where we are. Throws std::invalid_argument where there is no such target here.
Target reported_target(const Report& report, const TargetResult& result, Basis basis,
                       const std::filesystem::path& folder);

/// The other targets of the run that a claim names.
std::vector<Candidate> reported_others(const Report& report, const std::string& name,
                                       const std::filesystem::path& folder);

}  // namespace napier::cli
