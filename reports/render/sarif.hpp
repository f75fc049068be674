// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// SARIF 2.1.0: a result for each finding, with its property as the rule. A result of the same
/// target, property and mode has the same fingerprint in every run.
std::string render_sarif(const Report& report);

}  // namespace napier
