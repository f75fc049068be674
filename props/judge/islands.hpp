// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "props/domain/sampler.hpp"

namespace napier {

/// How the calls of a search for large errors are divided: among islands, which are searches that
/// know nothing of each other, so that each can be made anywhere and at any time, and a last one
/// that knows what the islands and the sample found. It depends on the number of calls alone.
///
/// What one search learns is of use to the rest of it: of as many calls, many small searches find
/// less than one. So a small search is not divided.
class Islands {
 public:
  static constexpr std::uint64_t usual_calls = 1 << 24;

  /// Of at least so many calls each.
  explicit Islands(std::uint64_t calls, std::uint64_t least_calls = usual_calls);

  std::uint64_t count() const { return count_; }  ///< 0 where the search is not divided
  std::uint64_t calls_of_each() const { return calls_of_each_; }
  std::uint64_t calls_of_last() const { return calls_of_last_; }
  /// What an island draws by.
  static Seed seed_of(std::uint64_t island, Seed seed);

 private:
  std::uint64_t count_;
  std::uint64_t calls_of_each_;
  std::uint64_t calls_of_last_;
};

}  // namespace napier
