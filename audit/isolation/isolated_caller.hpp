// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audit/isolation/pace.hpp"
#include "audit/isolation/session.hpp"
#include "audit/isolation/session_caller.hpp"

namespace napier {

/// So many answers that there are not.
void fill(std::span<Answer> answers, const Death& death);

/// All the bits of a datum of that format.
inline Bits datum_bits(const Format& format) {
  return format.width == 128 ? ~Bits(0) : (Bits(1) << format.width) - 1;
}

/// The ChildCaller that there is. See there.
class IsolatedCaller final : public SessionCaller<Session> {
 public:
  IsolatedCaller(const SharedObject& object, const Format& format, int arity,
                 const std::string& worker, Patience patience,
                 const std::shared_ptr<History>& history)
      : SessionCaller(patience, history, object, format, arity, worker),
        format_(format),
        arity_(arity),
        shape_(object.shape) {
    arrive();
  }
  ~IsolatedCaller() override { IsolatedCaller::settle(); }

  void begin_block(Rounding rounding, const CallBlock& block, const Repetition& again) override;
  void begin_blocks(Rounding rounding, std::span<const CallBlock> blocks) override;

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override;
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override;
  std::optional<TwiceEffects> call_block_twice(Rounding rounding, const CallBlock& block,
                                               const Repetition& again) override;
  std::optional<double> call_from_two_threads(Rounding rounding, Observe observe,
                                              std::span<const Call> calls,
                                              std::span<Answer> answers,
                                              std::span<Answer> others) override;

  void call_in_lanes(Rounding rounding, std::span<const Call> calls,
                     std::span<Answer> answers) override;

  void settle() override;
  std::optional<std::chrono::nanoseconds> time_in_calls() const override { return in_calls_; }

 private:
  /// What is asked of a block for values alone, but for its arguments.
  struct Whole {
    Whole() = default;
    Whole(Rounding direction, const CallBlock& block, const Repetition& repetition)
        : rounding(direction),
          record(!block.signals.empty()),
          flags_raised(block.flags_raised),
          count(static_cast<std::uint32_t>(block.results.size())),
          again(static_cast<std::uint32_t>(repetition.results.size())),
          backwards(repetition.backwards) {}
    std::uint32_t calls() const { return count + again; }
    /// Of the arguments of the i-th call.
    std::uint32_t place(std::uint32_t i) const {
      if (i < count) return i;
      return backwards ? calls() - 1 - i : i - count;
    }
    friend bool operator==(const Whole&, const Whole&) = default;

    Rounding rounding = Rounding::nearest;
    bool record = false;
    bool flags_raised = false;
    std::uint32_t count = 0;
    std::uint32_t again = 0;  ///< made once more
    bool backwards = false;   ///< … from the last to the first
  };

  void arrive();
  void arrived_at(const Call& call);
  void judge_hung_first_call(const Loss& hung);
  void check_shape();
  std::string expected() const;
  bool ready_for_more();
  Attempt ask(std::uint32_t first, std::uint32_t end);
  std::chrono::nanoseconds time_for_a_pair(std::uint32_t count) const;
  Attempt await(std::uint32_t first, std::uint32_t end, std::chrono::steady_clock::time_point begun,
                bool is_timed);
  /// Has a block made by begin_block(), if there is one, and keeps how that went.
  void finish_ahead();
  void begin_ahead(const Whole& whole, std::span<const CallBlock> blocks);
  std::optional<std::uint32_t> place_ahead(const Whole& whole, const CallBlock& block) const;
  bool can_make(const Whole& whole);
  bool write_blocks(const Whole& whole, std::span<const CallBlock> blocks);
  /// Where in the channel the block's calls are that were made.
  std::optional<std::uint32_t> make(const Whole& whole, const CallBlock& block);
  void single_calls();
  /// Of what is asked from now on.
  void set_rounding(Rounding rounding) {
    rounding_ = rounding;
    session_.channel().rounding = rounding;
  }
  void set_observe(Observe observe) {
    observe_ = observe;
    session_.channel().observe = observe;
  }
  void copy_results(std::span<const std::uint64_t> given, std::span<std::uint64_t> results) const;
  bool is_made(const Attempt& tried);
  Attempt ask_one(const Call& call, std::chrono::nanoseconds stuck);
  Call asked(std::uint32_t i) const;
  bool known_to_hang(const Call& call) const { return ledger_.known_to_hang(rounding_, call); }
  void met_known_hang(const Call& call);
  std::uint32_t end_of_attempt(std::uint32_t next, std::span<const Call> calls) const;
  bool is_answer(const Attempt& tried, std::uint32_t next);
  bool note_jump(const Death& death);
  void write_calls(std::span<const Call> calls);
  void write_again();
  void serve_block(std::span<const Call> calls, std::span<Answer> answers);
  void serve_pair(std::span<const Call> calls, std::span<Answer> answers, std::span<Answer> others);
  std::chrono::nanoseconds time_for_an_array() const;
  void serve_lanes(std::span<const Call> calls, std::span<Answer> answers);
  void take_answers(std::uint32_t first, std::uint32_t end, std::span<Answer> answers) const;
  void take(std::span<const Answer> given, std::span<Answer> answers) const;
  Loss loss_of(const Attempt& tried, std::uint32_t first) const;

  const Format& format_;
  int arity_;
  Shape shape_;
  Pace pace_{2 * whole_capacity};
  std::chrono::nanoseconds in_calls_{};
  Rounding rounding_ = Rounding::nearest;
  Observe observe_ = Observe::values;
  // What is asked for. The channel is the target's, too: what it says of that is never read.
  bool from_two_threads_ = false;
  std::vector<Call> calls_;             ///< single ones
  std::vector<std::uint64_t> whole_x_;  ///< those of whole blocks
  std::vector<std::uint64_t> whole_y_;  ///< …, empty for one argument
  TwiceEffects effects_;                ///< of the whole block that was made last
  std::optional<Whole> whole_;          ///< what the channel holds, if not single calls

  /// Blocks whose calls were begun before they were asked for. Their results are in the channel,
  /// which keeps them while single calls are made.
  struct Ahead {
    Whole whole;  ///< all of them
    std::chrono::steady_clock::time_point begun;
    std::vector<std::uint32_t> counts;        ///< the calls of each, without those made once more
    std::size_t next = 0;                     ///< to be asked for
    std::uint32_t first = 0;                  ///< … where it begins
    std::optional<bool> made = std::nullopt;  ///< whether its calls were, once the child has ended
  };
  std::optional<Ahead> ahead_;
};

}  // namespace napier
