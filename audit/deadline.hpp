// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <thread>

#include "audit/stop.hpp"

namespace napier {

/// Raises a flag after so many seconds, unless it is destroyed before. 0 seconds: never.
class Deadline {
 public:
  Deadline(double seconds, StopFlag& flag);

  /// Whether it was this that raised the flag.
  bool passed() const { return passed_; }

 private:
  std::atomic<bool> passed_{false};
  std::jthread waiting_;
};

}  // namespace napier
