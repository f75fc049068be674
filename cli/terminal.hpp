// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "lib/util/reminder.hpp"
#include "reports/render/terminal.hpp"

namespace napier::cli {

/// How our own terminal wants it: colours if stdout is one, but NO_COLOR beats CLICOLOR_FORCE
/// beats CLICOLOR.
TerminalOptions terminal_options(bool verbose);

/// Whether stdout is a terminal.
bool is_screen();

/// Writes to stdout; throws std::runtime_error when it can't be written (closed, full disk). Where
/// its reader has gone, see end_by_broken_pipe().
void print(std::string_view text);

/// Writes to stdout what is part of a longer text: where that fails, so will what follows, and that
/// is the time to say so.
void tell(std::string_view text);

/// Throws as print() would where stdout is closed: before hours of work is the time to learn it.
void check_stdout();

/// Says on stderr, in one line, what is wrong; text of any origin.
void complain(std::string_view what);

/// Says on stderr how far an audit has come and what is being done, on one line that is rewritten:
/// a bar, the targets done of all, how many are refuted, cases a second, the largest finite error
/// so far and the time that is left. Where stderr is no terminal, that is a log, and a target that
/// takes long is told of in a line, ever more seldom.
class ProgressLine {
 public:
  ProgressLine(bool wanted, std::size_t targets);
  ~ProgressLine();
  /// What is done now; empty for nothing: the line is cleared.
  void say(const std::string& what);
  /// So many targets are done, this one the last. The line is cleared: its verdict is told next.
  void ends(std::size_t targets, const TargetResult& last);

 private:
  std::string position() const;
  void tell_that_it_takes_long() const;

  bool shown_;
  mutable std::mutex mutex_;  ///< of what the reminder reads
  std::string doing_;
  std::chrono::steady_clock::time_point target_begin_ = std::chrono::steady_clock::now();
  std::size_t targets_, done_ = 0, refuted_ = 0;
  std::uint64_t cases_ = 0;
  double largest_ = 0;  ///< in ulps, of the finite ones
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::optional<Reminder> reminder_;
};

}  // namespace napier::cli
