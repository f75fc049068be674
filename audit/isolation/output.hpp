// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

#include "audit/isolation/owned_fd.hpp"

namespace napier {

/// What a target printed: none of it reaches our own output.
struct Printed {
  std::uint64_t bytes = 0;  ///< stdout and stderr together, as far as it was flushed
  std::string first_line;   ///< at most 200 characters, unprintable ones shown as '?'
};

/// The file that is the stdout and stderr of a child. What was read is dropped from memory.
class CapturedOutput {
 public:
  CapturedOutput();  ///< throws std::runtime_error
  int file() const { return file_.number(); }
  /// Takes in what was printed since the last time. The child should be waiting meanwhile.
  void collect();
  const Printed& printed() const { return printed_; }

 private:
  OwnedFd file_;
  Printed printed_;
};

}  // namespace napier
