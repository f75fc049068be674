// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "reports/report.hpp"

// Reports made by hand for the tests of what is done with them. The figures are invented.
namespace napier {

/// A datum by its spelling.
Float datum(const Format& format, std::string_view text);

/// Six targets, one or more of each verdict, and all that a report can hold: several modes,
/// infinite figures, NaN, calls without an answer, findings that don't repeat, expectations.
Report sample_report();

/// One refuted target, as of a first audit of somebody's library.
Report refuted_report();

/// A report whose every text that its schema leaves free tries to be markup, to steer a terminal or
/// to be no text at all.
Report hostile_report();

}  // namespace napier
