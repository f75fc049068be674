// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

// What is known of a block of calls that was not answered.
namespace napier {

/// Which call of a block that ended its process is to blame? The one after the last result, where a
/// process answers one by one; that is tried once. One that writes all its results together is
/// asked for halves.
class Suspicion {
 public:
  /// Where the next block is to end that would have ended there.
  std::size_t cut(std::size_t next, std::size_t end) const {
    if (suspect_ == nobody) return end;
    return next < suspect_ ? std::min(end, suspect_) : next + 1;
  }
  void answered(std::size_t next) {
    if (suspect_ != nobody && next > suspect_) drop();
  }
  /// True if it is worth to go by the results that came.
  bool falls_on(std::size_t next, std::size_t results, std::size_t size) {
    if (suspect_ != nobody) drop();
    if (misled_ || results == 0 || results >= size) return false;
    suspect_ = next + results;
    return true;
  }
  void confirmed() { suspect_ = nobody; }

 private:
  void drop() {
    suspect_ = nobody;
    misled_ = true;
  }
  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
  std::size_t suspect_ = nobody;
  bool misled_ = false;
};

/// The smallest block that a process left open and whose calls have not all been answered yet.
struct LeftOpen {
  std::size_t first = 0;
  std::size_t size = 0;  ///< 0: there is none

  /// Blocks that are asked for meanwhile, from `next` on, end where it does.
  std::size_t cut(std::size_t next, std::size_t end) const {
    return next < first + size ? std::min(end, first + size) : end;
  }
  bool is_answered(std::size_t next) const { return size != 0 && next >= first + size; }
};

}  // namespace napier
