// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/target/caller.hpp"

namespace napier {

/// How a child process ended.
struct Death {
  Ending ending = Ending::crashed;
  int detail = 0;  ///< signal number or exit status
};

/// The detail of a call that "hung": it left by a jump (longjmp) to where an older one stood.
inline constexpr int by_a_jump = 1;

/// "crashed (SIGSEGV)", "exited with status 3", "hung", …
std::string describe(const Death& death);

/// Was it by SIGKILL or SIGTERM? No library ends itself so: memory has run out, or somebody is
/// tidying up. Such a death is believed when it comes a second time.
bool from_outside(const Death& death);

/// A child process in a session of its own (no terminal, no Ctrl-C), with every signal at its
/// default. It is killed and reaped at the end of its life, together with what it started.
class ChildProcess {
 public:
  /// Starts `command` (program and arguments) with the given files as its 0, 1, 2 and 3, and
  /// `variables` ("NAME=value") in the environment, in place of those of the same names. Throws
  /// std::runtime_error.
  ChildProcess(std::vector<std::string> command, std::vector<std::string> variables,
               std::array<int, 4> files);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  pid_t pid() const { return pid_; }  ///< of its session and group, too
  /// How it died, if it did. Does not wait.
  std::optional<Death> death();
  /// CPU time of all its threads; of a dead one, the last known.
  std::chrono::nanoseconds cpu_time();
  /// Does its first thread wait for something else than a processor? No where it can't be told.
  bool asleep() const;
  void kill();  ///< and waits until it is gone

 private:
  pid_t pid_ = -1;
  std::optional<clockid_t> clock_;
  std::chrono::nanoseconds cpu_{};
  std::optional<Death> death_;
};

/// CPU time of all children that live.
std::chrono::nanoseconds cpu_time_of_children();

/// Kills every child that lives, with what it started. For a program that ends without unwinding:
/// a signal handler may call it. Until then children only follow their parent, as far as they can.
void kill_children() noexcept;

}  // namespace napier
