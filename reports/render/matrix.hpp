// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// The largest errors of all targets in Markdown, for the documentation of a library: a row a
/// function of an implementation, a column a format, what the marks mean, and what it was made by.
std::string render_matrix(const Report& report);

}  // namespace napier
