// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstdint>

namespace napier {

/// Decides when a silent child is hung. Pure: it is told what the clocks say.
///
/// A child is hung when, since its last progress,
///   - it has computed for the whole patience (its own CPU time), or
///   - it was asleep at the looks of a patience by the clock (deadlocked, or pretending), or
///   - 20 patiences have passed by the clock.
/// On a machine so busy that the child rarely runs, only the last can be wrong, for a call that
/// honestly takes long. Time in which this process itself did not run (stopped, suspended) counts
/// as one short step: the child may not have run either.
class Watchdog {
 public:
  using Time = std::chrono::nanoseconds;
  /// The child's CPU time at the start is 0, or what it is told.
  explicit Watchdog(Time patience, Time cpu = {}) : patience_(patience), since_(cpu) {}

  /// Is it hung? `progress` is any number that changes when the child gets on; `cpu` its CPU time
  /// so far; `elapsed` the time by the clock since the last look; `asleep` whether it waits for
  /// something else than a processor.
  bool hung(std::uint64_t progress, Time cpu, Time elapsed, bool asleep = true);

 private:
  Time patience_;
  Time since_;     ///< CPU time at the last progress
  Time asleep_{};  ///< by the clock, at looks since the last progress
  Time waited_{};  ///< by the clock, since the last progress
  std::uint64_t progress_ = 0;
};

}  // namespace napier
