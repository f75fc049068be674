// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "audit/process/command_caller.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier::command_test {

using namespace isolation_test;

/// The process of command_main.c that behaves so, as a word of a shell.
inline std::string process(const std::string& behaviour) {
  return fmt::format("'{}' '{}'", NAPIER_TEST_COMMAND, behaviour);
}

inline std::unique_ptr<ChildCaller> open_command(const std::string& line, Pipe pipe = Pipe::raw,
                                                 Patience patience = short_patience()) {
  return command_caller({line, find_function("exp"), &binary64, pipe}, NAPIER_TEST_WORKER,
                        patience);
}
inline std::unique_ptr<ChildCaller> open_process(const std::string& behaviour,
                                                 Pipe pipe = Pipe::raw) {
  return open_command(process(behaviour), pipe);
}

/// What opening it fails with; empty if it doesn't.
inline std::string failure_of(const std::string& line, Pipe pipe = Pipe::raw) {
  try {
    (void)open_command(line, pipe);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

}  // namespace napier::command_test
