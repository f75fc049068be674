// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/isolation/output.hpp"
#include "audit/isolation/owned_fd.hpp"

namespace napier {

/// Our ends of the standard input, output and error of a process. Nothing here waits longer than it
/// is told to, whatever the process reads or writes.
class Pipes {
 public:
  Pipes();  ///< throws std::runtime_error

  /// The ends of the process, as its files 0, 1 and 2, to be let go once it has them.
  std::array<int, 3> childs_ends() const;
  void let_go_of_childs_ends();

  /// Writes of `out` what the process takes, appends to `in` what it has written, at most `most`
  /// bytes, and takes in what it says on its standard error. Waits for some of it, and no longer
  /// than `wait`. True if any byte was moved on its standard input or output.
  bool step(std::string_view& out, std::string& in, std::size_t most,
            std::chrono::milliseconds wait);
  /// Takes in what it has said on its standard error, and does not wait.
  void listen();
  /// Has the process closed its standard output, or ended?
  bool ended() const { return ended_; }
  /// What it said on its standard error: all of it is counted, and its begin and its end kept.
  const Printed& printed() const { return printed_; }
  /// That on one line, cut short in the middle; empty if it said nothing.
  std::string said() const;

 private:
  bool write_some(std::string_view& out);
  bool read_some(std::string& in, std::size_t most);
  void read_errors();

  struct Pipe {
    OwnedFd ours, childs;
  };
  Pipe input_, output_, errors_;
  bool deaf_ = false;       ///< it has closed its standard input
  bool ended_ = false;      ///< … output
  bool silent_ = false;     ///< … error
  std::vector<char> room_;  ///< for what is read at once
  Printed printed_;
  std::string begin_, end_;  ///< of what it said
};

}  // namespace napier
