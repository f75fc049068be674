// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"
#include "reports/view/view.hpp"

namespace napier {

struct TerminalOptions {
  bool color = false;    ///< the caller knows the terminal and the environment
  bool verbose = false;  ///< every target's tables and findings, the legend and the provenance
  int width = 100;       ///< columns; 0 for no limit
  std::string command = "napier";  ///< how this program is called, for replay lines
  std::string written = {};        ///< the page that was written, to be named at the end
};

/// The report for a terminal, on one screen: a verdict line for each target; each fault once, with
/// a line that replays it; the largest errors of many targets in one table; how many stand.
std::string render_terminal(const Report& report, const TerminalOptions& options = {});

/// A table alone.
std::string render_table(const Table& table, const TerminalOptions& options = {});

/// The same in two parts, for whoever tells verdicts as they fall: the line of one target, and all
/// that follows when every target has been tried.
std::string render_verdict(const TargetResult& target, const TerminalOptions& options = {});
std::string render_rest(const Report& report, const TerminalOptions& options = {});

}  // namespace napier
