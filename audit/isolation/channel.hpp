// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "audit/isolation/owned_fd.hpp"
#include "lib/target/caller.hpp"

namespace napier {

/// Calls that travel together.
inline constexpr std::uint32_t block_capacity = 16384;

/// … of a block for values alone. To wake the other side takes as long as some hundred calls, on
/// virtual machines some thousand.
inline constexpr std::uint32_t whole_capacity = 32768;

/// Of a block for values alone so many calls are announced at once: to announce each takes a third
/// of the time of a quick function's call.
inline constexpr std::uint32_t calls_in_a_step = 512;

/// More than there are arrays in which calls are made in lanes. Each is announced, and at the end
/// so many.
inline constexpr std::uint32_t most_arrays = 1U << 30;

/// Whose turn it is. The two processes never touch the block at the same time.
enum Turn : std::uint32_t { parents_turn, childs_turn };

/// How far the child got before its first block.
enum class Phase : std::uint32_t {
  starting,  ///< nothing of the target has run
  loading,   ///< in dlopen: constructors may be running
  refused,   ///< the target can't be called; `message` says why
  ready,
};

/// The memory that the parent and the child share: one block of calls and their answers.
///
/// Signalling is by futex on `turn`, so a target that closes or writes into every file of its
/// process disturbs nothing. Answers are written here call by call, so those that were given
/// before a crash survive it.
struct Channel {
  static constexpr std::uint64_t expected_magic = 0x3a'6e617069657200;  // changes with the layout
  std::uint64_t magic = expected_magic;
  pid_t parent = 0;
  std::atomic<std::uint32_t> turn{parents_turn};
  std::atomic<Phase> phase{Phase::starting};

  bool filtered = false;  ///< see filter_calls()
  ControlState before_loading;
  ControlState after_loading;
  std::array<char, 2048> message{};   ///< why it was refused
  std::array<char, 2048> bindings{};  ///< of what was loaded; see binding.hpp

  std::atomic<std::uint32_t> started{0};  ///< calls of this block begun; the last one is running
  std::atomic<std::uint32_t> ended{0};    ///< … and returned
  std::atomic<bool> astray{false};  ///< a call did not return to its caller: it jumped elsewhere
  std::uint32_t first = 0;          ///< the block is [first, count)
  std::uint32_t count = 0;          ///< with those of `again`
  Rounding rounding = Rounding::nearest;
  Observe observe = Observe::values;
  std::array<Bits, block_capacity> x{};
  std::array<Bits, block_capacity> y{};
  bool whole = false;   ///< a block for values alone: `results` and `effects` in place of answers;
  bool record = false;  ///< and `signals`
  bool flags_raised = false;  ///< before a whole block; see CallBlock
  BlockEffects effects;
  std::uint32_t again = 0;       ///< so many calls of a whole block are made once more, …
  bool again_backwards = false;  ///< … from the last of them to the first
  BlockEffects again_effects;
  std::array<std::uint64_t, whole_capacity> whole_x{};
  std::array<std::uint64_t, whole_capacity> whole_y{};
  std::array<std::uint64_t, whole_capacity> results{};
  std::array<std::uint64_t, whole_capacity> again_results{};
  std::array<std::uint8_t, whole_capacity> signals{};
  /// Their formats are addresses in the child: the parent puts its own.
  std::array<Answer, block_capacity> answers{};
  bool in_lanes = false;             ///< the block is one for call_in_lanes()
  Placement placement;               ///< then: the array that is computed
  std::uint32_t first_of_array = 0;  ///< … and the call that it begins with
  bool from_two_threads = false;     ///< the block is made twice at once, `others` by a thread more
  std::array<Answer, block_capacity> others{};
  std::int64_t took = 0;  ///< nanoseconds that the block's calls have taken, as the child says
  double overlap = 0;     ///< the share of the time in which both were calling
};
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
static_assert(std::is_trivially_copyable_v<Answer>);

/// The text in an array that somebody else may be writing into: it may have no end.
template <std::size_t size>
std::string text_in(const std::array<char, size>& text) {
  return std::string(text.data(), ::strnlen(text.data(), size));
}

/// A Channel in a memory file, mapped as long as this lives.
class SharedChannel {
 public:
  SharedChannel();                   ///< a new one; throws std::runtime_error
  explicit SharedChannel(int file);  ///< the parent's; throws std::runtime_error if it is not one
  SharedChannel(const SharedChannel&) = delete;
  SharedChannel& operator=(const SharedChannel&) = delete;
  ~SharedChannel();
  int file() const { return file_.number(); }
  Channel* operator->() const { return channel_; }
  Channel& operator*() const { return *channel_; }

 private:
  OwnedFd file_;
  Channel* channel_ = nullptr;
};

/// Hands the turn over and wakes the other side.
void hand_over(Channel& channel, Turn to);
/// Sleeps until it is no longer that side's turn, or a signal or the time limit ends the sleep.
void sleep_during(const Channel& channel, Turn turn, std::chrono::nanoseconds limit);

}  // namespace napier
