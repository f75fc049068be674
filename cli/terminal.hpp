// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "reports/render/terminal.hpp"

namespace napier::cli {

/// How our own terminal wants it: colours if stdout is one, but NO_COLOR beats CLICOLOR_FORCE
/// beats CLICOLOR.
TerminalOptions terminal_options(bool verbose);

/// Writes to stdout; throws std::runtime_error when it can't be written (closed, full disk). Where
/// its reader has gone, see end_by_broken_pipe().
void print(std::string_view text);

/// Throws as print() would where stdout is closed: before hours of work is the time to learn it.
void check_stdout();

/// Says on stderr, in one line, what is wrong; text of any origin.
void complain(std::string_view what);

/// Says on stderr what is being done, on one line that is rewritten; nothing where stderr is no
/// terminal.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine();
  void say(const std::string& what);

 private:
  bool shown_;
};

}  // namespace napier::cli
