// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/process.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include "audit/isolation/orphans.hpp"
#include "lib/target/pipe.hpp"

namespace napier {
namespace {

// With SIGCHLD ignored, as some parents leave it, the kernel throws exit statuses away.
void keep_exit_statuses() {
  struct sigaction action {};
  ::sigaction(SIGCHLD, nullptr, &action);
  if (action.sa_handler != SIG_IGN) return;
  action.sa_handler = SIG_DFL;
  ::sigaction(SIGCHLD, &action, nullptr);
}

/// The children that live, where a signal handler finds them: 0 is a free place. One that finds no
/// place is left to follow its parent.
std::array<std::atomic<pid_t>, 1024> living;
static_assert(std::atomic<pid_t>::is_always_lock_free);

void remember(pid_t child) {
  std::ranges::any_of(living, [child](std::atomic<pid_t>& place) {
    pid_t nobody = 0;
    return place.compare_exchange_strong(nobody, child);
  });
}
/// To be called before it is reaped, when its number may become somebody else's.
void forget(pid_t child) {
  std::ranges::any_of(living, [child](std::atomic<pid_t>& place) {
    pid_t it = child;
    return place.compare_exchange_strong(it, 0);
  });
}

bool lives(pid_t child) {
  return std::ranges::any_of(living, [child](const auto& place) { return place.load() == child; });
}

/// A child that was just started is not yet known to be one.
std::mutex starting;

void end_what_it_left() {
  const std::lock_guard lock(starting);
  end_orphans(lives);
}

/// What posix_spawn is told, freed at the end.
struct SpawnPlan {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};

  explicit SpawnPlan(const std::array<int, 4>& given) {
    posix_spawn_file_actions_init(&files);
    for (std::size_t i = 0; i < given.size(); ++i)
      posix_spawn_file_actions_adddup2(&files, given[i], static_cast<int>(i));
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    constexpr int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
    posix_spawnattr_setflags(&attributes, flags);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<char*> environment_with(std::vector<std::string>& variables) {
  const auto is_replaced = [&](std::string_view entry) {
    return std::ranges::any_of(variables, [&](const std::string& variable) {
      return entry.starts_with(variable.substr(0, variable.find('=') + 1));
    });
  };
  std::vector<char*> result;
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (!is_replaced(*entry)) result.push_back(*entry);
  for (std::string& variable : variables) result.push_back(variable.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

std::string describe(const Death& death) {
  switch (death.ending) {
    case Ending::returned:
      return "returned";
    case Ending::crashed: {
      const char* name = ::sigabbrev_np(death.detail);
      return name != nullptr ? fmt::format("crashed (SIG{})", name)
                             : fmt::format("crashed (signal {})", death.detail);
    }
    case Ending::exited:
      return fmt::format("exited with status {}", death.detail);
    case Ending::hung:
      return death.detail == by_a_jump ? "left a call by a jump (longjmp)" : "hung";
    case Ending::unwritten:
      return death.detail == too_much    ? "wrote more than it was asked for"
             : death.detail == no_number ? "wrote what is no result"
                                         : "wrote no result";
    case Ending::not_called:
      return "was not called";
  }
  return {};
}

bool from_outside(const Death& death) {
  return death.ending == Ending::crashed && (death.detail == SIGKILL || death.detail == SIGTERM);
}

ChildProcess::ChildProcess(std::vector<std::string> command, std::vector<std::string> variables,
                           std::array<int, 4> files) {
  keep_exit_statuses();
  adopt_orphans();
  const std::lock_guard lock(starting);
  const SpawnPlan plan(files);
  const std::vector<char*> arguments = pointers(command);
  const std::vector<char*> environment = environment_with(variables);
  const int error = ::posix_spawn(&pid_, arguments[0], &plan.files, &plan.attributes,
                                  arguments.data(), environment.data());
  if (error != 0)
    throw std::runtime_error(fmt::format(
        "cannot start {} to run the target in: {}; check that it can be executed, and the limits "
        "on processes and memory (ulimit -u, -v)",
        command[0], std::strerror(error)));
  remember(pid_);
  clockid_t clock = 0;
  if (::clock_getcpuclockid(pid_, &clock) == 0) clock_ = clock;
}

ChildProcess::~ChildProcess() { kill(); }

std::optional<Death> ChildProcess::death() {
  if (death_) return death_;
  siginfo_t info{};
  const int failed = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  if (failed == 0 && info.si_pid == 0) return std::nullopt;
  if (failed != 0 && errno == EINTR) return std::nullopt;
  if (failed != 0) {  // reaped by somebody else: how it died is lost
    forget(pid_);
    return death_ = Death{};
  }
  // Not reaped yet, so its number still names its session and nobody else's.
  ::kill(-pid_, SIGKILL);
  forget(pid_);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  end_what_it_left();
  const bool exited = info.si_code == CLD_EXITED;
  return death_ = Death{exited ? Ending::exited : Ending::crashed, info.si_status};
}

namespace {
/// What a process's clock shows, if there is one.
std::optional<std::chrono::nanoseconds> time_of(clockid_t clock) {
  timespec time{};
  if (::clock_gettime(clock, &time) != 0) return std::nullopt;
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
}  // namespace

std::chrono::nanoseconds ChildProcess::cpu_time() {
  if (clock_) cpu_ = time_of(*clock_).value_or(cpu_);
  return cpu_;
}

std::chrono::nanoseconds cpu_time_of_children() {
  std::chrono::nanoseconds all{};
  clockid_t clock = 0;
  for (const std::atomic<pid_t>& place : living)
    if (const pid_t child = place.load(); child != 0 && ::clock_getcpuclockid(child, &clock) == 0)
      all += time_of(clock).value_or(std::chrono::nanoseconds{});
  return all;
}

bool ChildProcess::asleep() const {
  std::ifstream file(fmt::format("/proc/{}/stat", pid_));
  std::string line;
  std::getline(file, line);
  const auto name_end = line.rfind(')');  // the name may hold anything: see proc(5)
  return name_end != std::string::npos && line.substr(name_end, 3) != ") R";
}

void ChildProcess::kill() {
  if (death_) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
  forget(pid_);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  end_what_it_left();
  death_ = Death{Ending::crashed, SIGKILL};
}

void kill_children() noexcept {
  for (const std::atomic<pid_t>& place : living)
    if (const pid_t child = place.load(); child != 0) {
      ::kill(-child, SIGKILL);
      ::kill(child, SIGKILL);
    }
}

}  // namespace napier
