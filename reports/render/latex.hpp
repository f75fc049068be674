// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// A LaTeX tabular of the largest errors in ulps, a row a function and a column a format, with =
/// before bounds and a note of what the marks mean.
std::string render_latex(const Report& report);

}  // namespace napier
