// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/isolation/history.hpp"
#include "audit/isolation/output.hpp"
#include "audit/isolation/process.hpp"
#include "audit/isolation/watchdog.hpp"
#include "audit/process/command.hpp"
#include "audit/process/pipes.hpp"
#include "audit/process/wire.hpp"
#include "audit/stop.hpp"

namespace napier {

/// What came of a block of calls.
struct Reply {
  std::size_t results = 0;     ///< that were whole; all of them unless there is a death
  std::optional<Death> death;  ///< what kept the block from being answered; the process is gone
};

/// The process of a command, and the pipes to it. After a death another one can be started.
class CommandSession {
 public:
  /// Starts nothing yet. `worker` is a program whose main calls supervise_command().
  CommandSession(Command command, std::string worker, const StopFlag* stop,
                 std::shared_ptr<History> history);

  bool alive() const { return child_.has_value(); }
  /// Throws std::runtime_error with one line that names the target and the mend.
  void start();
  /// Has the process make these calls and fills the answers (same length), where there is no death.
  /// It must be alive. It is given up where for so long no byte comes or goes, see Watchdog. Behind
  /// the reply nothing may come, which is waited for so long. Throws Interrupted where a stop was
  /// wanted two seconds ago.
  Reply ask(std::span<const Call> calls, std::span<Answer> answers, std::chrono::nanoseconds stuck,
            std::chrono::milliseconds excess = {});
  /// The same with a call more, the first one that was ever answered: if its answer is another one,
  /// something may have come that was none, and that more of it follows is waited for. Without it a
  /// word too many, in the midst of a reply, would give calls the answers of others.
  Reply ask_guarded(std::span<const Call> calls, std::span<Answer> answers,
                    std::chrono::nanoseconds stuck);
  /// The same for a whole block; nullopt where an answer is no number.
  std::optional<Reply> ask_guarded(const CallBlock& block, std::chrono::nanoseconds stuck);
  void guard_by(const Call& call, Float answer) { guard_ = {call, answer}; }
  /// How the process ended while nothing was asked of it, if it did; then it is gone.
  std::optional<Death> idle_death();

  /// What it last wrote in place of an answer, in words; empty if it never did.
  const std::string& wrong() const { return wrong_; }
  const Printed& printed() const { return printed_; }
  /// Throws std::runtime_error: the target's name, why, and what it said.
  [[noreturn]] void fail(const std::string& why) const;

 private:
  std::optional<Death> exchange(std::size_t count, std::chrono::nanoseconds stuck,
                                std::chrono::milliseconds excess);
  std::optional<Reply> ask_one_by_one(const CallBlock& block, std::chrono::nanoseconds stuck);
  std::optional<Death> excess_after(std::size_t count, std::chrono::milliseconds wait);
  bool is_hung(Watchdog& watchdog, std::uint64_t progress, std::chrono::nanoseconds elapsed);
  std::optional<Death> last_reply(std::size_t count, const Death& death);
  Death end_of_output(std::chrono::nanoseconds patience);
  Death breach(NoResult kind, const std::string& why);
  void note_words();
  void bury(const std::optional<Death>& death = {});

  Command command_;
  std::string worker_;
  const StopFlag* stop_;
  std::shared_ptr<History> history_;
  std::unique_ptr<Wire> wire_;
  std::unique_ptr<Pipes> pipes_;
  std::optional<ChildProcess> child_;
  std::chrono::nanoseconds cpu_{};  ///< that its processes have used, at the last look
  std::pair<Call, Float> guard_;
  std::vector<Bits> x_, y_;
  std::vector<std::uint64_t> block_x_, block_y_, block_results_;
  std::string request_, reply_;
  Wire::Progress progress_;
  std::string wrong_;
  Printed printed_;           ///< by all processes
  std::uint64_t buried_ = 0;  ///< bytes of these that were printed by those that are gone
};

}  // namespace napier
