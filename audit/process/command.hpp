// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "lib/fp/format.hpp"
#include "lib/target/function.hpp"
#include "lib/target/pipe.hpp"

namespace napier {

/// A command line of a POSIX shell whose process computes a function: see docs/protocol.md.
struct Command {
  std::string line;
  const Function* function = nullptr;
  const Format* format = nullptr;
  Pipe pipe = Pipe::raw;

  std::string name() const { return "exec:" + line; }  ///< as on Napier's command line
  int arity() const { return function->arity; }
};

}  // namespace napier
