// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/watchdog.hpp"

#include <algorithm>

namespace napier {

bool Watchdog::hung(std::uint64_t progress, Time cpu, Time elapsed, bool asleep) {
  constexpr Time longest_step = std::chrono::milliseconds(200);
  const Time step = std::min(elapsed, longest_step);
  if (progress != progress_) {
    progress_ = progress;
    since_ = cpu;
    asleep_ = waited_ = {};
  } else {
    if (asleep) asleep_ += step;
    waited_ += step;
  }
  return cpu - since_ >= patience_ || asleep_ >= patience_ || waited_ >= 20 * patience_;
}

}  // namespace napier
