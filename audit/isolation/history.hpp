// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "audit/isolation/process.hpp"
#include "audit/stop.hpp"
#include "lib/target/caller.hpp"

namespace napier {

/// A process of the target that ended, and where its calls stood.
struct Loss {
  Death death;
  Rounding rounding = Rounding::nearest;
  std::optional<Call> last;        ///< the call that was begun last, if any was
  std::uint32_t among = 1;         ///< … is one of so many, this one and those that followed it
  bool returned = false;           ///< … had returned: it ended between calls
  bool told = false;               ///< its death is the answer of that call
  std::uint32_t array_length = 0;  ///< the last call begun is the first of an array of so many,
                                   ///< and not to blame by itself; 0: it was alone
  std::vector<Call> before{};      ///< the last ones that the process answered before that one
};

/// Of the calls that a process answered the last few, which a loss tells.
class LastCalls {
 public:
  static constexpr std::size_t most = 4;

  void forget() { calls_.clear(); }
  void add(const Call& call);
  /// … and those but the last one, if that is the call that a loss tells of by itself.
  const std::vector<Call>& all() const { return calls_; }
  std::vector<Call> all_but_last() const;

 private:
  std::vector<Call> calls_;  ///< in the order in which they were made
};

/// "; before that it had returned from the calls at 0x1.8p+1 and 0x1p-1", as far as they are known;
/// else empty. In hex, as all texts that views spell.
std::string calls_before(const Loss& loss);
/// "The process of the target crashed (SIGALRM) between calls: …", with the calls before: a
/// sentence without its full stop.
std::string describe(const Loss& loss);

/// What all callers of one target have learnt of it, whatever thread they serve.
class History {
 public:
  void add(const Loss& loss);
  /// The losses since the last time, in the order in which they were noticed; the first thousand.
  std::vector<Loss> take_losses();

  /// A call that did not return in time is not made again unless that is wanted; nor is one that
  /// ended a process which takes long to start.
  /// Each is true if nobody knew.
  bool remember_hang(Rounding rounding, const Call& call) {
    const bool fresh = remember_end(rounding, call, {Ending::hung, 0});
    any_hang_ = true;
    return fresh;
  }
  bool remember_end(Rounding rounding, const Call& call, const Death& death);
  /// How such a call ended, if it is known.
  std::optional<Death> known_end(Rounding rounding, const Call& call) const;
  bool anything_ends() const { return any_end_.load(std::memory_order_relaxed); }
  /// Such a call was answered so: that its process ended is told of it.
  void tell_hang(Rounding rounding, const Call& call);
  bool hangs(Rounding rounding, const Call& call) const {
    const auto end = anything_hangs() ? known_end(rounding, call) : std::nullopt;
    return end && end->ending == Ending::hung;
  }
  bool anything_hangs() const { return any_hang_.load(std::memory_order_relaxed); }

  /// A call was left by a jump to where an older one stood: which one is not known, and none has
  /// to when it is made by itself. After some such times the target is believed.
  void add_jump() { ++jumps_; }
  bool jumps_again_and_again() const {
    constexpr int enough = 8;
    return jumps_.load() >= enough;
  }

  /// A process of the target hung while it was loaded. That takes long, and is not tried again.
  void remember_hung_loading(const std::string& words) {
    const std::lock_guard lock(mutex_);
    if (hung_loading_.empty()) hung_loading_ = words;
  }
  /// What that was told with; empty if it never happened.
  std::string hung_loading() const {
    const std::lock_guard lock(mutex_);
    return hung_loading_;
  }

  /// Was a stop wanted for so long that no answer is waited for any more?
  bool out_of_time(const StopFlag* stop);

 private:
  using Key = std::tuple<Rounding, Bits, Bits>;
  static Key key(Rounding rounding, const Call& call) {
    return {rounding, call.x.bits, call.y.bits};
  }

  mutable std::mutex mutex_;
  std::vector<Loss> losses_;
  std::map<Key, Death> ends_;
  std::string hung_loading_;
  std::atomic<bool> any_end_{false};
  std::atomic<bool> any_hang_{false};
  std::atomic<int> jumps_{0};
  std::atomic<std::chrono::steady_clock::rep> stop_noticed_{0};
};

}  // namespace napier
