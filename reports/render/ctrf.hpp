// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// Common Test Report Format (ctrf.io), a test for each property of each target in each mode. What
/// was left open is "other", what was only measured or does not apply "skipped". A report holds no
/// time, so that durations are 0.
std::string render_ctrf(const Report& report);

}  // namespace napier
