// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "props/domain/sampler.hpp"

namespace napier {

/// How the calls of a search for large errors are divided: among islands, which are searches that
/// know nothing of each other, so that each can be made anywhere and at any time, and an approach
/// to the largest errors that the islands and the sample found (Approach). It depends on the
/// number of calls alone.
class Islands {
 public:
  explicit Islands(std::uint64_t calls);

  std::uint64_t count() const { return count_; }
  std::uint64_t calls_of_each() const { return calls_of_each_; }
  std::uint64_t calls_of_approach() const { return calls_of_approach_; }
  /// What an island draws by.
  static Seed seed_of(std::uint64_t island, Seed seed);

 private:
  std::uint64_t count_;
  std::uint64_t calls_of_each_;
  std::uint64_t calls_of_approach_;
};

}  // namespace napier
