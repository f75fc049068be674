// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace napier {

/// How many calls are asked for at once: as many as take about half a second, as far as the last
/// ones tell. So a slow target is told from one that hangs, and heard of now and then.
class Pace {
 public:
  explicit Pace(std::uint32_t most) : most_(most), hoped_(most) {}
  std::uint32_t calls() const { return calls_; }
  /// As many as that if all are like the last ones.
  std::uint32_t hoped() const { return hoped_; }
  /// What the first calls of a process took, which has to set itself up, says that more may be
  /// asked for, and not how slow calls are.
  void took(std::uint32_t calls, std::chrono::nanoseconds time, bool first = false) {
    constexpr std::int64_t at_once = 500'000'000;
    constexpr std::uint32_t growth = 8;  // at most, since the next ones may be slower
    const std::int64_t each = std::max<std::int64_t>(time.count() / calls, 1);
    if (!first) slowest_ = std::max(slowest_, std::chrono::nanoseconds(each));
    const auto wanted = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(at_once / each, first ? at_first : 1, most_));
    calls_ = std::min(wanted, growth * calls_);
    if (calls > 1) hoped_ = wanted;  // one tells more of how a process is woken
  }
  void one_by_one() { calls_ = hoped_ = 1; }
  /// The longest time that a call took, on average over those that were asked for at once.
  std::chrono::nanoseconds slowest() const { return slowest_; }

 private:
  static constexpr std::uint32_t at_first = 16;

  std::uint32_t most_;
  std::uint32_t calls_ = at_first;
  std::uint32_t hoped_;
  std::chrono::nanoseconds slowest_{};
};

}  // namespace napier
