// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

#include "audit/isolation/process.hpp"
#include "reports/store/store.hpp"

namespace napier::cli {
namespace {

// A signal handler carries no state, so what it needs is here.
StopFlag stop{false};
std::atomic<bool> stops_gently{false};
std::atomic<bool> ends_at_checkpoint{false};
std::atomic<bool> by_keyboard{false};
std::atomic<std::int64_t> first_at{0};  // nanoseconds of the monotonic clock
bool pipe_was_ignored = false;

constexpr std::int64_t together = 200'000'000;  // nanoseconds in which signals count as one

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

[[noreturn]] void end_at_once() {
  kill_children();
  remove_unfinished_files();
  ::_exit(interrupted_status);
}

// It calls what POSIX allows in a handler, and leaves the arithmetic of whom it interrupts alone.
void on_signal(int signal) {
  const int saved = errno;
  if (!stops_gently) end_at_once();
  const bool is_first = !stop.exchange(true);
  if (is_first)
    first_at = now();
  else if (now() - first_at > together && (!ends_at_checkpoint || signal == SIGINT))
    end_at_once();
  if (signal == SIGINT) by_keyboard = true;
  errno = saved;
}

/// Sets the handler unless the signal is ignored; was it?
bool handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  ::sigaction(signal, nullptr, &action);
  if (action.sa_handler == SIG_IGN) return true;
  action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
  return false;
}

}  // namespace

void settle_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) handle(signal, on_signal);
  handle(SIGXFSZ, SIG_IGN);
  pipe_was_ignored = handle(SIGPIPE, SIG_IGN);
}

StopFlag& stop_on_signal() {
  stops_gently = true;
  return stop;
}

StopFlag& checkpoint_on_signal() {
  ends_at_checkpoint = true;
  handle(SIGUSR1, on_signal);
  return stop_on_signal();
}

bool was_interrupted() { return by_keyboard; }

void end_at_once_on_signal() { stops_gently = false; }

void end_by_broken_pipe() {
  if (pipe_was_ignored) return;
  ::signal(SIGPIPE, SIG_DFL);
  ::raise(SIGPIPE);
}

}  // namespace napier::cli
