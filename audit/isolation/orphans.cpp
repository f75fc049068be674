// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/orphans.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace napier {
namespace {

/// Is it a child of this process in a session that is not its own?
bool is_left_to_us(const std::filesystem::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  const auto name_end = line.rfind(')');  // the name may hold anything: see proc(5)
  if (name_end == std::string::npos) return false;
  char state = 0;
  int parent = 0, group = 0, session = 0;
  const int read =
      std::sscanf(line.c_str() + name_end + 1, " %c %d %d %d", &state, &parent, &group, &session);
  return read == 4 && parent == ::getpid() && session != ::getsid(0);
}

std::vector<pid_t> left_to_us() {
  std::vector<pid_t> found;
  std::error_code error;  // no /proc: nobody is found
  for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename();
    pid_t pid = 0;
    const auto [last, failed] = std::from_chars(name.data(), name.data() + name.size(), pid);
    const bool number = failed == std::errc() && last == name.data() + name.size();
    if (number && is_left_to_us(entry->path())) found.push_back(pid);
  }
  return found;
}

}  // namespace

void adopt_orphans() noexcept { ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

void end_orphans(bool (*is_known)(pid_t)) {
  constexpr int most_generations = 64;
  bool found = true;
  for (int generation = 0; found && generation < most_generations; ++generation) {
    found = false;
    for (const pid_t orphan : left_to_us()) {
      if (is_known(orphan)) continue;
      found = true;
      ::kill(orphan, SIGKILL);
      while (::waitpid(orphan, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }
}

}  // namespace napier
