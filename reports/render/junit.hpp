// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// JUnit XML: a suite for each target, in it a test case for each property and mode. Refuted
/// ones fail, with the witnesses and the replay line as the failure's text; what was left open,
/// and a target that could not be audited, is an error; what was only measured or does not apply
/// is skipped.
std::string render_junit(const Report& report);

}  // namespace napier
