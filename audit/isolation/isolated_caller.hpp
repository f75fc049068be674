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

  void begin_block(Rounding rounding, const CallBlock& block) override;

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override;
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override;
  std::optional<double> call_from_two_threads(Rounding rounding, Observe observe,
                                              std::span<const Call> calls,
                                              std::span<Answer> answers,
                                              std::span<Answer> others) override;

  void call_in_lanes(Rounding rounding, std::span<const Call> calls,
                     std::span<Answer> answers) override;

  void settle() override;

 private:
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
  bool is_ahead(Rounding rounding, const CallBlock& block) const;
  bool can_make(const CallBlock& block);
  bool write_block(Rounding rounding, const CallBlock& block);
  bool is_made(const Attempt& tried);
  Attempt ask_one(const Call& call, std::chrono::nanoseconds stuck);
  Call asked(std::uint32_t i) const;
  bool known_to_hang(const Call& call) const {
    return ledger_.known_to_hang(session_.channel().rounding, call);
  }
  void met_known_hang(const Call& call);
  std::uint32_t end_of_attempt(std::uint32_t next, std::span<const Call> calls) const;
  bool is_answer(const Attempt& tried, std::uint32_t next);
  bool note_jump(const Death& death);
  void write_calls(std::span<const Call> calls);
  void serve_block(std::span<const Call> calls, std::span<Answer> answers);
  void serve_pair(std::span<const Call> calls, std::span<Answer> answers, std::span<Answer> others);
  void serve_lanes(std::span<const Call> calls, std::span<Answer> answers);
  void take_answers(std::uint32_t first, std::uint32_t end, std::span<Answer> answers) const;
  void take(std::span<const Answer> given, std::span<Answer> answers) const;
  Loss loss_of(const Attempt& tried, std::uint32_t first) const;

  const Format& format_;
  int arity_;
  Shape shape_;
  Pace pace_{block_capacity};

  /// A block whose calls were begun before it was asked for. Its arguments, results and effects are
  /// in the channel, which keeps them while single calls are made.
  struct Ahead {
    Rounding rounding;
    std::uint32_t count;
    std::chrono::steady_clock::time_point begun;
    std::optional<bool> made = std::nullopt;  ///< whether its calls were, once the child has ended
  };
  std::optional<Ahead> ahead_;
};

}  // namespace napier
