// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/pipes.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include "reports/text.hpp"

namespace napier {
namespace {

/// As much as a block of calls needs, where the system lets us have it.
constexpr int pipe_bytes = 1 << 20;
constexpr std::size_t kept_begin = 150, kept_end = 250;  // of what it says

OwnedFd above_the_childs_own(int fd) {
  constexpr int first = 10;
  const OwnedFd low(fd);
  OwnedFd high(::fcntl(fd, F_DUPFD_CLOEXEC, first));
  if (high.number() < 0)
    throw std::runtime_error(fmt::format(
        "no file for a pipe to a process: {}; raise the limit on open files (ulimit -n), or use "
        "fewer threads",
        std::strerror(errno)));
  return high;
}

/// {reading end, writing end}
std::array<OwnedFd, 2> new_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::runtime_error(fmt::format(
        "no pipe to a process: {}; raise the limit on open files (ulimit -n), or use fewer threads",
        std::strerror(errno)));
  std::array<OwnedFd, 2> files{above_the_childs_own(ends[0]), above_the_childs_own(ends[1])};
  ::fcntl(files[1].number(), F_SETPIPE_SZ, pipe_bytes);
  return files;
}

void never_wait(const OwnedFd& file) { ::fcntl(file.number(), F_SETFL, O_NONBLOCK); }

/// A write that meets no reader fails with EPIPE and does no more, whatever this program does about
/// SIGPIPE.
ssize_t write_quietly(int fd, std::string_view bytes) {
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t written = ::write(fd, bytes.data(), bytes.size());
  const int error = errno;
  if (written < 0 && error == EPIPE && sigismember(&before, SIGPIPE) == 0) {
    const timespec at_once{};
    while (::sigtimedwait(&pipe_signal, nullptr, &at_once) < 0 && errno == EINTR) {
    }
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return written;
}

bool try_again(int error) { return error == EAGAIN || error == EINTR; }

}  // namespace

Pipes::Pipes() {
  auto input = new_pipe(), output = new_pipe(), errors = new_pipe();
  input_ = {std::move(input[1]), std::move(input[0])};
  output_ = {std::move(output[0]), std::move(output[1])};
  errors_ = {std::move(errors[0]), std::move(errors[1])};
  for (const Pipe* pipe : {&input_, &output_, &errors_}) never_wait(pipe->ours);
}

std::array<int, 3> Pipes::childs_ends() const {
  return {input_.childs.number(), output_.childs.number(), errors_.childs.number()};
}

void Pipes::let_go_of_childs_ends() {
  for (Pipe* pipe : {&input_, &output_, &errors_}) pipe->childs = OwnedFd();
}

bool Pipes::write_some(std::string_view& out) {
  const ssize_t written = write_quietly(input_.ours.number(), out);
  if (written < 0 && !try_again(errno)) deaf_ = true;
  if (written <= 0) return false;
  out.remove_prefix(static_cast<std::size_t>(written));
  return true;
}

bool Pipes::read_some(std::string& in, std::size_t most) {
  if (room_.empty()) room_.resize(pipe_bytes);
  const ssize_t size = ::read(output_.ours.number(), room_.data(), std::min(most, room_.size()));
  if (size == 0 || (size < 0 && !try_again(errno))) ended_ = true;
  if (size <= 0) return false;
  in.append(room_.data(), static_cast<std::size_t>(size));
  return true;
}

void Pipes::read_errors() {
  std::array<char, 4096> bytes{};
  const ssize_t size = ::read(errors_.ours.number(), bytes.data(), bytes.size());
  if (size == 0 || (size < 0 && !try_again(errno))) silent_ = true;
  if (size <= 0) return;
  std::string_view text(bytes.data(), static_cast<std::size_t>(size));
  printed_.bytes += text.size();
  const std::size_t begin = std::min(kept_begin - begin_.size(), text.size());
  begin_ += text.substr(0, begin);
  end_ += text.substr(begin);
  if (end_.size() > kept_end) end_.erase(0, end_.size() - kept_end);
  printed_.first_line = said();
}

void Pipes::listen() {
  constexpr int most_reads = 16;
  for (int i = 0; i < most_reads && !silent_; ++i) {
    const std::uint64_t before = printed_.bytes;
    read_errors();
    if (printed_.bytes == before) return;
  }
}

std::string Pipes::said() const {
  const bool cut = printed_.bytes > begin_.size() + end_.size();
  std::string line;
  for (const char c : begin_ + (cut ? " … " : "") + end_)
    if (c == '\n')
      line += " | ";
    else if (c != '\r')
      line += c;
  while (line.ends_with(' ') || line.ends_with('|')) line.pop_back();
  return one_line(line);
}

bool Pipes::step(std::string_view& out, std::string& in, std::size_t most,
                 std::chrono::milliseconds wait) {
  // poll() passes over what has number -1. What is closed would only wake us without end.
  std::array<pollfd, 3> files{{{deaf_ || out.empty() ? -1 : input_.ours.number(), POLLOUT, 0},
                               {ended_ ? -1 : output_.ours.number(), POLLIN, 0},
                               {silent_ ? -1 : errors_.ours.number(), POLLIN, 0}}};
  if (::poll(files.data(), files.size(), static_cast<int>(wait.count())) <= 0) return false;
  bool moved = false;
  if (files[0].revents != 0) moved = write_some(out);
  if (files[1].revents != 0) moved = read_some(in, most) || moved;
  if (files[2].revents != 0) read_errors();
  return moved;
}

}  // namespace napier
