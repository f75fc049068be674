// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "cli/signals.hpp"
#include "reports/text.hpp"

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
  return {wants_color(), verbose, width(), shell_word(program_invocation_name), {}};
}

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
    : shown_(wanted && isatty(STDERR_FILENO) != 0), targets_(targets) {}
ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::say(const std::string& what) {
  if (!shown_) return;
  // Cut to the width: a line that wraps can't be rewritten.
  std::string line = what.empty() ? "" : one_line(position() + what);
  const auto room = static_cast<std::size_t>(width());
  if (line.size() >= room) line.resize(room - 1);
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void ProgressLine::ends(std::size_t targets) {
  done_ = targets;
  say("");
}

std::string ProgressLine::position() const {
  if (targets_ < 2) return {};
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
  std::string text = fmt::format("{} of {} done, {:.0f} s", done_, targets_, spent.count());
  constexpr std::size_t worth_a_guess = 3;
  if (done_ >= worth_a_guess) {
    const auto done = static_cast<double>(done_), left = static_cast<double>(targets_ - done_);
    text += fmt::format(", some {:.0f} s left", spent.count() / done * left);
  }
  return text + "  ";
}

}  // namespace napier::cli
