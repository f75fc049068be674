// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "audit/isolation/channel.hpp"
#include "audit/isolation/history.hpp"
#include "audit/isolation/output.hpp"
#include "audit/isolation/process.hpp"
#include "audit/isolation/shared_object.hpp"
#include "audit/stop.hpp"

namespace napier {

/// How far one attempt at a block came.
struct Attempt {
  std::uint32_t started = 0;   ///< calls begun; all answered, but the last where there is a death
  std::uint32_t ended = 0;     ///< calls that returned
  std::optional<Death> death;  ///< what ended it early
  /// It was ended since its calls did not come one after the other, or took far longer than a
  /// block is given: nothing that the child has written counts. Which call is to blame shows when
  /// they are made one by one.
  bool disorderly = false;
};

/// A child process that serves one function of a shared object, and the memory shared with it.
/// After a death another child can be started.
class Session {
 public:
  /// Starts nothing yet. `worker` is a program whose main calls serve_target().
  Session(SharedObject object, const Format& format, int arity, std::string worker,
          const StopFlag* stop, std::shared_ptr<History> history);

  bool alive() const { return child_.has_value(); }
  /// Starts a child and waits until it has loaded the object. Throws std::runtime_error with one
  /// line that names the target and the mend, at once where another child hung at that;
  /// Interrupted, as attempt() does, where a stop was wanted two seconds ago. Then the child is
  /// gone.
  void start(std::chrono::nanoseconds stuck);
  /// Has the calls [first, count) of the channel made by the child, which must be alive.
  /// It announces so many at once.
  Attempt attempt(std::uint32_t first, std::uint32_t count, std::chrono::nanoseconds stuck,
                  std::uint32_t at_once = 1) {
    begin(first, count);
    return finish(stuck, at_once);
  }
  /// … as elements of arrays: each array is progress.
  Attempt attempt_in_lanes(std::uint32_t count, std::chrono::nanoseconds stuck) {
    begin(0, count);
    asked_ = most_arrays;
    return finish(stuck, most_arrays);
  }
  /// The two halves of an attempt. In between the child makes the calls, and the channel is its.
  void begin(std::uint32_t first, std::uint32_t count);
  bool is_answered() const;  ///< has it made them?
  Attempt finish(std::chrono::nanoseconds stuck, std::uint32_t at_once = 1);
  /// Ends the child and what it is at, if there is one.
  void abandon() { child_.reset(); }
  /// How the child died while nothing was asked of it, if it did; then it is gone.
  std::optional<Death> idle_death();

  Channel& channel() { return *channel_; }
  const Channel& channel() const { return *channel_; }
  const Printed& printed() const { return output_.printed(); }
  /// Throws std::runtime_error: the target's name, why, and what it printed.
  [[noreturn]] void fail(const std::string& why, const std::string& mend) const;

 private:
  std::optional<Death> launch(std::chrono::nanoseconds stuck);
  Attempt await_turn(std::uint32_t calls, std::chrono::nanoseconds stuck);
  void check_arrival(const std::optional<Death>& death);

  SharedObject object_;
  const Format& format_;
  int arity_;
  std::string worker_;
  const StopFlag* stop_;
  std::shared_ptr<History> history_;
  SharedChannel channel_;
  OwnedFd nothing_;  ///< the child's stdin
  CapturedOutput output_;
  std::optional<ChildProcess> child_;
  std::uint32_t asked_ = 0;  ///< calls of the attempt that was begun last
};

}  // namespace napier
