// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/session_use.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

namespace napier {
namespace {

namespace fs = std::filesystem;

/// What /proc/PID/stat tells: see proc(5).
struct Stat {
  char state = 0;
  int session = 0;
  long ticks = 0;
};

std::optional<Stat> read_stat(const fs::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  const auto name_end = line.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return std::nullopt;
  Stat stat;
  long user = 0, system = 0, childrens_user = 0, childrens_system = 0;
  const int read = std::sscanf(
      line.c_str() + name_end + 1, " %c %*d %*d %d %*d %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld",
      &stat.state, &stat.session, &user, &system, &childrens_user, &childrens_system);
  if (read != 6) return std::nullopt;
  stat.ticks = user + system + childrens_user + childrens_system;
  return stat;
}

template <class Do>
void each_numbered(const fs::path& folder, Do something) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name.find_first_not_of("0123456789") == std::string::npos) something(entry->path());
  }
}

bool any_thread_runs(const fs::path& process) {
  bool runs = false;
  each_numbered(process / "task", [&](const fs::path& thread) {
    const auto stat = read_stat(thread);
    runs = runs || (stat && (stat->state == 'R' || stat->state == 'D'));
  });
  return runs;
}

}  // namespace

SessionUse session_use(pid_t leader) {
  static const long ticks_a_second = ::sysconf(_SC_CLK_TCK);
  SessionUse use;
  long ticks = 0;
  each_numbered("/proc", [&](const fs::path& process) {
    const auto stat = read_stat(process);
    if (!stat || stat->session != leader) return;
    ticks += stat->ticks;
    use.running = use.running || any_thread_runs(process);
  });
  use.cpu = std::chrono::nanoseconds(1'000'000'000 / ticks_a_second) * ticks;
  return use;
}

}  // namespace napier
