// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace napier {

/// Calls a function, in a thread of its own, after a while and then ever more seldom: each pause is
/// twice the one before, up to `longest`. From its end on the function is not called any more.
class Reminder {
 public:
  using Pause = std::chrono::milliseconds;

  Reminder(Pause first, Pause longest, std::function<void()> remind);
  ~Reminder();
  Reminder(const Reminder&) = delete;
  Reminder& operator=(const Reminder&) = delete;

  /// Begins with the first pause again.
  void restart();

 private:
  void run();

  const Pause first_, longest_;
  const std::function<void()> remind_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ends_ = false, restarts_ = false;
  std::thread thread_;
};

}  // namespace napier
