// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// Comma-separated values (RFC 4180, but for lines that end in LF), with a line of titles: a row
/// for each measurement of each target and for each law that was asked. Figures are those of
/// report.json; `strength` says whether a maximum is a bound.
std::string render_csv(const Report& report);

}  // namespace napier
