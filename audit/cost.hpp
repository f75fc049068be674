// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

namespace napier {

using Seconds = std::chrono::duration<double>;

/// What a piece of work cost.
struct Cost {
  Seconds computing{};  ///< processor time of this process, and of its children
  Seconds waiting{};    ///< by the clock
};

/// The least of several goes at the same work: a busy machine makes work look dearer and never
/// cheaper.
class LeastCost {
 public:
  using Clock = std::function<Seconds()>;
  LeastCost();
  /// By another clock than this process's.
  explicit LeastCost(Clock clock) : clock_(std::move(clock)) {}
  /// Does the work once.
  const Cost& of(const std::function<void()>& work);
  /// What it costs on an idle machine. What computes is busy by its own clock, however many others
  /// there are; what hardly computes waits for something, as for a device, and that takes as long
  /// as it takes.
  Seconds time() const;

 private:
  Clock clock_;
  Cost last_, least_{Seconds::max(), Seconds::max()};
};

/// "12 minutes": in the largest unit of which there are two.
std::string span_text(Seconds time);

}  // namespace napier
