// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/terminal.hpp"

#include <fcntl.h>
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

TerminalOptions terminal_options(bool verbose) { return {wants_color(), verbose, width()}; }

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

ProgressLine::ProgressLine(bool wanted) : shown_(wanted && isatty(STDERR_FILENO) != 0) {}
ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}
void ProgressLine::say(const std::string& what) {
  if (!shown_) return;
  std::fprintf(stderr, "\r\033[K%s", one_line(what).c_str());
  std::fflush(stderr);
}

}  // namespace napier::cli
