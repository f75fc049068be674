// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/deadline.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace napier {

Deadline::Deadline(double seconds, StopFlag& flag) {
  if (seconds <= 0) return;
  constexpr double longest = 1e9;  // some thirty years, which a clock can hold
  const std::chrono::duration<double> time(std::min(seconds, longest));
  waiting_ = std::jthread([this, time, &flag](const std::stop_token& ended) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, ended, time, [] { return false; });
    if (ended.stop_requested()) return;
    passed_ = !flag.exchange(true);
  });
}

}  // namespace napier
