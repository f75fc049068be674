// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dirent.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/isolation/child_caller.hpp"
#include "lib/fp/float.hpp"
#include "lib/fp/native.hpp"

namespace napier::isolation_test {

/// The library made from tests/audit/fixtures/isolation_NAME.
inline std::string fixture(const std::string& name) {
  return fmt::format("{}/fixtures/libisolation_{}.so", NAPIER_BINARY_DIR, name);
}

/// Enough for what honest calls need even where several tests share a processor.
inline Patience short_patience() {
  Patience patience;
  patience.stuck = patience.loading = std::chrono::milliseconds(300);
  return patience;
}

inline std::unique_ptr<ChildCaller> open(const std::string& symbol,
                                         const std::string& library = "behaviours",
                                         const Format& format = binary64, int arity = 1,
                                         Patience patience = short_patience()) {
  return child_caller({fixture(library), symbol}, format, arity, NAPIER_TEST_WORKER, patience);
}

/// What opening it fails with; empty if it doesn't.
inline std::string failure(const SharedObject& object, const Format& format = binary64) {
  try {
    (void)child_caller(object, format, 1, NAPIER_TEST_WORKER, short_patience());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

inline Call call_of(double x) { return {from_native(x), {}}; }
inline Call call_of(double x, double y) { return {from_native(x), from_native(y)}; }

inline std::vector<Answer> answers_of(Caller& caller, const std::vector<double>& arguments,
                                      Observe observe = Observe::everything,
                                      Rounding rounding = Rounding::nearest) {
  std::vector<Call> calls;
  calls.reserve(arguments.size());
  for (const double x : arguments) calls.push_back(call_of(x));
  std::vector<Answer> answers(calls.size());
  caller.call(rounding, observe, calls, answers);
  return answers;
}

inline std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    ++count;
  return count;
}

/// One character of /proc/PID/stat: the state, as in ps. 'X' if there is no such process.
inline char state_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return 'X';
  return line.at(line.rfind(')') + 2);
}
inline bool is_running(pid_t pid) { return state_of(pid) != 'X' && state_of(pid) != 'Z'; }

/// The processes, dead ones not yet reaped included, whose parent is the given one.
inline std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (!std::getline(file, line)) continue;
    char state = 0;
    int ppid = 0;
    const std::string rest = line.substr(line.rfind(')') + 2);
    if (std::sscanf(rest.c_str(), "%c %d", &state, &ppid) == 2 && ppid == parent)
      found.push_back(static_cast<pid_t>(std::stoi(name)));
  }
  return found;
}

}  // namespace napier::isolation_test
