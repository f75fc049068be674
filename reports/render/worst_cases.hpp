// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

// The arguments of the largest errors that a report has, in all ranges of size, as other testers
// read them: each once, by function and format.
namespace napier {

/// As CORE-MATH's .wc: the arguments of a case a line, and a comment before those of a function.
std::string render_wc(const Report& report);
/// As glibc's auto-libm-test-in: a function's name and arguments a line.
std::string render_glibc_inputs(const Report& report);
/// As NumPy's validation sets: encodings of arguments and right results, and the error that was
/// seen, in whole ulps, as the tolerance; binary16, binary32 and binary64.
std::string render_numpy_csv(const Report& report);

}  // namespace napier
