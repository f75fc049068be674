// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// Comma-separated values (RFC 4180, but lines end in LF) with a line of titles: a row for each
/// measurement, laws among them. Figures are those of report.json; `strength` says whether a
/// maximum is a bound.
std::string render_csv(const Report& report);

}  // namespace napier
