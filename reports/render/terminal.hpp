// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

struct TerminalOptions {
  bool color = false;    ///< the caller knows the terminal and the environment
  bool verbose = false;  ///< every target's tables, not only those that need a look
  int width = 100;       ///< columns; 0 for no limit
};

/// The report for a terminal: a verdict line for each target first, then, of a single target or of
/// those that are refuted or undecided, the law table, the measurements and the findings with their
/// replay lines; what the words mean; seed and provenance last.
std::string render_terminal(const Report& report, const TerminalOptions& options = {});

}  // namespace napier
