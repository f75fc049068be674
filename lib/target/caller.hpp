// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "lib/fp/environment.hpp"
#include "lib/fp/native.hpp"
#include "lib/target/placement.hpp"

namespace napier {

/// The arguments of one call; y is unused (format nullptr) for one argument.
struct Call {
  Float x;
  Float y;
  friend constexpr bool operator==(const Call&, const Call&) = default;
};

/// How a call ended. Only `returned` leaves a value.
enum class Ending {
  returned,
  crashed,     ///< killed by a signal, in `detail`
  exited,      ///< the target ended its process, status in `detail`
  hung,        ///< no answer within the watchdog's patience
  unwritten,   ///< it returned, but wrote no result into its array
  not_called,  ///< nobody could be asked: the target was given up after too many crashes
};

/// What came back from one call, and what it did to its surroundings.
struct Answer {
  Float value;
  Ending ending = Ending::returned;
  int detail = 0;        ///< signal number or exit status
  Flags flags;           ///< raised by this call
  Flags lowered;         ///< … and lowered by it, if they are raised before (Observe::flags_kept)
  int error_number = 0;  ///< errno after the call, which found it at `errno_before`
  ControlState before;   ///< control state the call found
  ControlState after;    ///< and left
  Placement placement;   ///< in an array
};

/// errno before every observed call: a value no libm sets, so a reset to 0 shows.
inline constexpr int errno_before = 0x4E50;

/// What to read after each call. Values alone are several times faster.
enum class Observe {
  values,
  everything,
  flags_kept,  ///< the same, but all flags are raised before, and what is told is which it lowers
};

/// What a call signalled, as bits: the flag_bits, of what it left in errno one of these, and what
/// it must never do.
namespace signal_bit {
inline constexpr std::uint8_t errno_zeroed = 2;   ///< 0, beside other_error
inline constexpr std::uint8_t range_error = 16;   ///< ERANGE
inline constexpr std::uint8_t domain_error = 32;  ///< EDOM
inline constexpr std::uint8_t other_error = 64;   ///< anything else than errno_before
inline constexpr std::uint8_t control_changed = 128;
inline constexpr std::uint8_t disorder = errno_zeroed | control_changed;
}  // namespace signal_bit

/// The bits of what was observed of one call, given the flag_bits.
std::uint8_t signals_of(std::uint8_t flags, int error_number);

/// Writes down which flags were raised after a call that was observed so.
void note_flags(Observe observe, const Flags& raised, Answer& answer);

/// A block of calls as encodings of a format of at most 64 bits; y is empty for one argument.
struct CallBlock {
  std::span<const std::uint64_t> x;
  std::span<const std::uint64_t> y;
  std::span<std::uint64_t> results;
  /// Of each call, if not empty: then the surroundings are read after each and put right before
  /// the next, so that every call answers for itself. Slower.
  std::span<std::uint8_t> signals = {};
  /// All flags are raised before the first call, else none; where every call answers for itself,
  /// before each, and then its flag_bits are those that it lowered.
  bool flags_raised = false;
};

/// What a block did to its surroundings. Where `signals` were asked for nothing is missed, but for
/// what CallWatch misses. Without them errno is read after each call, and so is whether SSE
/// arithmetic rounds and treats subnormal numbers as before; all else only after the last call:
/// what one call changed and a later one of the same block put back is not seen. That can be
/// exception masks, what is the x87's alone, the direction and alignment-check flags, and raised
/// flags; a flag that is cleared shows where they were raised before, if it is not raised again.
struct BlockEffects {
  bool control_kept = true;    ///< the control state was as before
  bool errno_zeroed = false;   ///< some call set errno to 0
  bool signalled = false;      ///< some call raised or cleared a flag, or changed errno
  bool unwritten = false;      ///< some result was not written: only single calls tell which
  bool flags_lowered = false;  ///< a flag that was raised before is no longer

  /// What one call of an observed block did, and left in errno: the signals to write down.
  std::uint8_t noted(CallWatch::Seen seen, int left, bool flags_raised);
};

/// The first calls of a block once more, after the block, with all flags raised before.
struct Repetition {
  std::span<std::uint64_t> results;  ///< in the order of the block, of at most its calls
  bool backwards = false;            ///< made from the last to the first
};

/// What a block and its repetition did.
struct TwiceEffects {
  BlockEffects first;
  BlockEffects again;
};

/// How much time is spent on calls that may not return.
enum class Asking {
  usually,     ///< a call that did not return in time is not made again, but answered so; and once
               ///< there is one, others that take long are soon given up
  thoroughly,  ///< each call is made again, and given all its time: to confirm
};

/// Somebody who can call an implementation: in this process, or in a child.
class Caller {
 public:
  Caller() = default;
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  virtual ~Caller() = default;

  /// Calls the implementation on every element, in order, rounding in the given direction, and
  /// fills `answers` (same length). On return the environment of this thread is the fixed one of
  /// reset_environment(), whatever the implementation did. Not for two threads at once.
  virtual void call(Rounding rounding, Observe observe, std::span<const Call> calls,
                    std::span<Answer> answers) = 0;

  /// The same for values alone and a block at once, several times faster. nullopt where only single
  /// calls are possible or tell what happened, one that did not return among them.
  virtual std::optional<BlockEffects> call_block(Rounding, const CallBlock&) {
    return std::nullopt;
  }

  /// The same, and the first calls of the block once more. `block` has no signals.
  virtual std::optional<TwiceEffects> call_block_twice(Rounding, const CallBlock& block,
                                                       const Repetition& again);

  /// That call_block() is about to be asked of the same block, or call_block_twice() if `again` has
  /// results: who has its calls made elsewhere may begin with them, while this thread does
  /// something else. Whatever is asked next, and whether the block is asked for at all, the answers
  /// are those that would have been given without this.
  virtual void begin_block(Rounding, const CallBlock&, const Repetition& /*again*/ = {}) {}
  /// The same of several blocks without signals, which are about to be asked of in this order.
  virtual void begin_blocks(Rounding, std::span<const CallBlock>) {}

  /// The same calls from two threads at once that run the same code of one process, the other
  /// thread backwards; its answers, too, are in the order of the calls. Returns the share of the
  /// time in which both were calling; nullopt where two callers that are asked at once do it.
  virtual std::optional<double> call_from_two_threads(Rounding, Observe, std::span<const Call>,
                                                      std::span<Answer> /*answers*/,
                                                      std::span<Answer> /*of the other thread*/) {
    return std::nullopt;
  }

  /// The same calls as elements of arrays of all lengths up to two vectors and one more, and some
  /// longer ones, at many offsets, in place and at strides, as far as the shape has them; of
  /// vectors in every lane. The answer of each is the first that differs from what it gives alone,
  /// or that did damage, with its placement; else what it gives alone. Nothing is done by those
  /// that take no arrays.
  virtual void call_in_lanes(Rounding, std::span<const Call>, std::span<Answer>) {}

  /// A new run of calls begins: whatever patience past calls have cost is restored.
  virtual void renew(Asking = Asking::usually) {}
};

/// Makes the calls of a block and returns what each gave in the surroundings that it was to find:
/// after a call that left others the block is made again, with those put right before each call.
/// nullopt as Caller::call_block().
std::optional<BlockEffects> call_in_order(Caller& caller, Rounding rounding,
                                          const CallBlock& block);

template <class T>
using Unary = T (*)(T);
template <class T>
using Binary = T (*)(T, T);

/// A C function of one or two arguments in one of our formats.
using ScalarFunction =
    std::variant<Unary<float>, Binary<float>, Unary<double>, Binary<double>, Unary<long double>,
                 Binary<long double>, Unary<Quad>, Binary<Quad>, Unary<_Float16>, Binary<_Float16>,
                 Unary<BFloat16>, Binary<BFloat16>>;

/// Makes a ScalarFunction from the address of a symbol with that format and number of arguments.
ScalarFunction scalar_function(void* address, const Format& format, int arity);

/// Calls a function of this very process.
std::unique_ptr<Caller> direct_caller(ScalarFunction function);

}  // namespace napier
