// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <langinfo.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "cli/signals.hpp"
#include "reports/text.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}
bool is_on(const char* variable) {
  return is_set(variable) && std::strcmp(std::getenv(variable), "0") != 0;
}

bool wants_color() {
  if (is_set("NO_COLOR")) return false;
  if (is_on("CLICOLOR_FORCE")) return true;
  if (is_set("CLICOLOR") && !is_on("CLICOLOR")) return false;
  return isatty(STDOUT_FILENO) != 0;
}

/// Whether the locale asks for another charset than UTF-8. None, or "C", asks for nothing.
bool wants_another_charset() {
  const locale_t locale = newlocale(LC_CTYPE_MASK, "", nullptr);
  if (locale == nullptr) return false;
  const std::string charset = nl_langinfo_l(CODESET, locale);
  freelocale(locale);
  return charset != "UTF-8" && charset != "ANSI_X3.4-1968";
}

constexpr int width_of_files = 120;  // a log or a pipe: wide enough for every table

int width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 60) return size.ws_col;
  return width_of_files;
}

[[noreturn]] void refuse_stdout(int error) {
  throw std::runtime_error(std::string("standard output can't be written: ") +
                           std::strerror(error));
}

}  // namespace

TerminalOptions terminal_options(bool verbose) {
  TerminalOptions options{wants_color(), verbose, width()};
  options.unicode = !wants_another_charset();
  options.command = shell_word(program_invocation_name);
  return options;
}

bool is_screen() { return isatty(STDOUT_FILENO) != 0; }

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
    return;
  const int error = errno;
  if (error == EPIPE) end_by_broken_pipe();
  refuse_stdout(error);
}

void check_stdout() {
  const int flags = ::fcntl(STDOUT_FILENO, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) refuse_stdout(EBADF);
}

void complain(std::string_view what) {
  std::fprintf(stderr, "napier: %s\n", one_line(what).c_str());
}

void tell(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

ProgressLine::ProgressLine(bool wanted, std::size_t targets)
    : shown_(wanted && isatty(STDERR_FILENO) != 0), targets_(targets) {
  constexpr Reminder::Pause first = std::chrono::seconds(20), longest = std::chrono::minutes(10);
  if (wanted && !shown_) reminder_.emplace(first, longest, [this] { tell_that_it_takes_long(); });
}
ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::tell_that_it_takes_long() const {
  const std::lock_guard lock(mutex_);
  if (doing_.empty()) return;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - target_begin_;
  complain(fmt::format("still at {}, for {} so far; {} of {} done", doing_,
                       spent < std::chrono::minutes(2)
                           ? fmt::format("{:.0f} s", spent.count())
                           : fmt::format("{:.0f} minutes", spent.count() / 60),
                       done_, counted(targets_, "target", "targets")));
}

void ProgressLine::say(const std::string& what) {
  {
    const std::lock_guard lock(mutex_);
    doing_ = what;
  }
  if (!shown_) return;
  // Cut to the width: a line that wraps can't be rewritten.
  std::string line = what.empty() ? "" : one_line(position() + what);
  const auto room = static_cast<std::size_t>(width());
  if (line.size() >= room) line.resize(room - 1);
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void ProgressLine::ends(std::size_t targets, const TargetResult& last) {
  {
    const std::lock_guard lock(mutex_);
    done_ = targets;
    target_begin_ = std::chrono::steady_clock::now();
  }
  if (reminder_) reminder_->restart();
  refuted_ += last.verdict == TargetVerdict::refuted ? 1 : 0;
  for (const Measurement& m : last.measurements) cases_ += m.cases;
  for (const LargestError& mode : largest_errors(last))
    if (mode.inside && std::isfinite(mode.inside->max_ulp.lo.value))
      largest_ = std::max(largest_, mode.inside->max_ulp.lo.value);
  say("");
}

std::string ProgressLine::position() const {
  if (targets_ < 2) return {};
  constexpr std::size_t marks = 12;
  const std::size_t full = marks * done_ / targets_;
  std::string text = fmt::format("[{}{}] {} of {}", std::string(full, '#'),
                                 std::string(marks - full, '-'), done_, targets_);
  if (refuted_ > 0) text += fmt::format(", {} refuted", refuted_);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
  if (cases_ > 0 && spent.count() > 0)
    text += fmt::format(", {} cases/s",
                        decimal(static_cast<double>(cases_) / spent.count(), 2, Rounding::nearest));
  if (largest_ > 0) text += fmt::format(", largest {} ulp", decimal(largest_, 3, Rounding::down));
  constexpr std::size_t worth_a_guess = 3;
  if (done_ >= worth_a_guess) {
    const auto done = static_cast<double>(done_), left = static_cast<double>(targets_ - done_);
    text += fmt::format(", {:.0f} s left", spent.count() / done * left);
  }
  return text + "  ";
}

}  // namespace napier::cli
