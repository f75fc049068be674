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
  bool unicode = true;   ///< else the terminal's charset has no room for our signs
  std::string command = "napier";  ///< how this program is called, for replay lines
  std::string written = {};        ///< the page that was written, to be named at the end
};

/// A screen has no room for a line for each of more targets than that: a collection's screen tells
/// those that need a look in a few lines each, and its table tells the rest.
inline constexpr std::size_t most_lines = 24;

/// Whether a reader must look at it: something is wrong or was left open.
bool needs_a_look(const TargetResult& target);

/// The report for a terminal, on one screen: a verdict line for each target; each fault once, with
/// a line that replays it; the largest errors of many targets in one table; how many stand. Of a
/// collection the first fault of each target alone, the gravest few.
std::string render_terminal(const Report& report, const TerminalOptions& options = {});

/// A table alone.
std::string render_table(const Table& table, const TerminalOptions& options = {});

/// The same in two parts, for whoever tells verdicts as they fall: the line of one target, and all
/// that follows when every target has been tried.
std::string render_verdict(const TargetResult& target, const TerminalOptions& options = {});
std::string render_rest(const Report& report, const TerminalOptions& options = {});

}  // namespace napier
