// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/util/reminder.hpp"

#include <algorithm>
#include <utility>

namespace napier {

Reminder::Reminder(Pause first, Pause longest, std::function<void()> remind)
    : first_(first), longest_(longest), remind_(std::move(remind)), thread_([this] { run(); }) {}

Reminder::~Reminder() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Reminder::restart() {
  {
    const std::lock_guard lock(mutex_);
    restarts_ = true;
  }
  changed_.notify_all();
}

void Reminder::run() {
  std::unique_lock lock(mutex_);
  for (Pause pause = first_; !ends_;) {
    if (changed_.wait_for(lock, pause, [this] { return ends_ || restarts_; })) {
      restarts_ = false;
      pause = first_;
      continue;
    }
    remind_();
    pause = std::min(2 * pause, longest_);
  }
}

}  // namespace napier
