// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "lib/target/caller.hpp"
#include "lib/target/pipe.hpp"

namespace napier {

/// What goes over the pipes of a process, both ways. Pure: it is told what was read.
class Wire {
 public:
  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  virtual ~Wire() = default;

  /// What a process is sent for these arguments, `y` empty for one argument a call. Replaces what
  /// `request` holds.
  virtual void write_request(std::span<const Bits> x, std::span<const Bits> y,
                             std::string& request) const = 0;

  /// The same for many arguments of at most 64 bits at once; false where they are taken one by one.
  virtual bool write_block(std::span<const std::uint64_t> /*x*/,
                           std::span<const std::uint64_t> /*y*/, std::string& /*request*/) const {
    return false;
  }
  /// The results of a complete reply to that.
  virtual void read_block(std::string_view /*reply*/, std::span<std::uint64_t> /*results*/) const {}

  /// How far a reply has come.
  struct Progress {
    std::size_t looked = 0;   ///< bytes that were looked at
    std::size_t results = 0;  ///< that are there, whole
    bool complete = false;    ///< so many as were asked for, and nothing behind them
    bool overfull = false;    ///< … and more
    std::string wrong;        ///< why it can't become a reply, in words; empty if it may
  };
  /// Looks at what has come of a reply to `count` calls since the last time.
  virtual void look(std::string_view reply, std::size_t count, Progress& progress) const = 0;

  /// Reads the results of a complete reply. The places of those that are no number of the format
  /// get Ending::unwritten, and `wrong` quotes the first of them.
  virtual void read_results(std::string_view reply, std::span<Answer> answers,
                            std::string& wrong) const = 0;
};

std::unique_ptr<Wire> wire(Pipe pipe, const Format& format);

/// What came over a pipe, as it may stand in a sentence: "'abc\x0a'", cut short.
std::string in_quotes(std::string_view bytes);

}  // namespace napier
