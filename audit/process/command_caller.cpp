// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/command_caller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "audit/isolation/first_arguments.hpp"
#include "audit/isolation/pace.hpp"
#include "audit/isolation/session_caller.hpp"
#include "audit/process/command_session.hpp"
#include "audit/process/suspicion.hpp"
#include "lib/fp/decimal.hpp"
#include "lib/fp/environment.hpp"
#include "lib/target/known_hang.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

/// Calls that are sent together.
constexpr std::uint32_t most_together = 1 << 16;
/// A process that writes more than its results may do so a little later.
constexpr auto time_for_excess = 20ms;

Answer ending_of(const Death& death) {
  Answer answer;
  answer.ending = death.ending;
  answer.detail = death.detail;
  return answer;
}

class CommandCaller final : public SessionCaller<CommandSession> {
 public:
  CommandCaller(const Command& command, const std::string& worker, Patience patience,
                const std::shared_ptr<History>& history)
      : SessionCaller(patience, history, command, worker),
        format_(*command.format),
        arity_(command.arity()) {
    arrive();
  }
  ~CommandCaller() override { CommandCaller::settle(); }

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override;
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override;
  void call_in_lanes(Rounding rounding, std::span<const Call> calls,
                     std::span<Answer> answers) override;
  const std::string& wrong() const override { return session_.wrong(); }
  void settle() override;

 private:
  void arrive();
  void note_idle_death();
  void mourn_between_calls(const Death& death);
  void check_blocks();
  bool ready_for_more();
  Reply ask(std::span<const Call> calls, std::span<Answer> answers);
  std::chrono::nanoseconds time_for(std::size_t calls, bool first_of_process) const;
  bool known_to_hang(const Call& call) const {
    return ledger_.known_to_hang(Rounding::nearest, call);
  }
  std::optional<Death> known_end(const Call& call) const {
    return ledger_.known_end(Rounding::nearest, call);
  }
  bool any_known_end(std::span<const Call> calls) const {
    return ledger_.anything_ends() && std::ranges::any_of(calls, [this](const Call& call) {
             return known_end(call).has_value();
           });
  }
  std::size_t end_of_block(std::size_t next, std::span<const Call> calls) const;
  void mourn(const Death& death, const Call& call, std::uint16_t array_length = 0);
  Loss loss_of_block(const Death& death, const Call& first, std::size_t size) const;
  void mourn_block(const Call& first, std::size_t size);
  void compare(std::size_t length, std::size_t first, std::span<const Call> calls,
               std::span<Answer> answers);

  const Format& format_;
  int arity_;
  Pace pace_{most_together};
  std::size_t narrowed_ = most_together;  ///< blocks are so small while one is looked into
  std::size_t longest_ = most_together;   ///< longer ones were left open, though no call of theirs
  int left_open_ = 0;                     ///< … so many
};

void refuse_other_modes(Rounding rounding) {
  if (rounding != Rounding::nearest)
    throw std::logic_error("a process was to be called in another rounding mode than its own");
}

/// A process that ended between calls: no call is to blame.
void CommandCaller::mourn_between_calls(const Death& death) {
  if (!from_outside(death)) ledger_.mourn(loss_between_calls(death, Rounding::nearest));
}

void CommandCaller::note_idle_death() {
  if (const auto death = session_.idle_death()) mourn_between_calls(*death);
}

void CommandCaller::settle() {
  note_idle_death();
  ledger_.settle();
}

bool CommandCaller::ready_for_more() {
  note_idle_death();
  if (ledger_.given_up() || session_.alive()) return !ledger_.given_up();
  try {
    session_.start();
    answered_.forget();
    fresh_ = true;
  } catch (const std::runtime_error& error) {
    ledger_.give_up(fmt::format(": {}", error.what()));
  }
  return !ledger_.given_up();
}

/// Results of a block may come all at once, at its end: it is given what such calls took before,
/// several times over. Where that was too short its calls are asked again, in smaller blocks.
std::chrono::nanoseconds CommandCaller::time_for(std::size_t calls, bool first_of_process) const {
  constexpr int slower = 3;
  std::chrono::nanoseconds time = ledger_.time_for_a_call(calls > 1, pace_.slowest());
  time += slower * static_cast<int>(calls) * pace_.slowest();
  return first_of_process ? time + slower * set_up_ : time;
}

Reply CommandCaller::ask(std::span<const Call> calls, std::span<Answer> answers) {
  const bool first_of_process = std::exchange(fresh_, false);
  const auto start = std::chrono::steady_clock::now();
  Reply reply = session_.ask_guarded(calls, answers, time_for(calls.size(), first_of_process));
  if (reply.death) return reply;
  pace_.took(static_cast<std::uint32_t>(calls.size()), std::chrono::steady_clock::now() - start,
             first_of_process);
  for (const Call& one : calls.last(std::min(calls.size(), LastCalls::most))) note_answered(one);
  return reply;
}

void CommandCaller::mourn(const Death& death, const Call& call, std::uint16_t array_length) {
  Loss loss{death, Rounding::nearest, call};
  loss.before = answered_.all();
  loss.told = array_length == 0;
  loss.array_length = array_length;
  ledger_.mourn(loss);
  // A process takes long to start, and each block with that call would cost one.
  if (loss.told) ledger_.history().remember_end(loss.rounding, call, death);
}

/// A process that ended during one of so many calls.
Loss CommandCaller::loss_of_block(const Death& death, const Call& first, std::size_t size) const {
  Loss loss{death, Rounding::nearest, first};
  loss.among = static_cast<std::uint32_t>(size);
  loss.before = answered_.all();
  return loss;
}

/// A block was left open whose calls are all answered when they are asked for in parts: a process
/// that writes too little where there are many of them. On a busy machine that may be once.
void CommandCaller::mourn_block(const Call& first, std::size_t size) {
  constexpr int enough = 3;
  longest_ = std::min(longest_, size);
  if (++left_open_ % enough != 0) return;
  longest_ = std::min(longest_, std::max<std::size_t>(size / 2, 1));
  Loss loss{{Ending::hung, 0}, Rounding::nearest, first};
  loss.array_length = static_cast<std::uint32_t>(size);
  loss.before = answered_.all();
  ledger_.mourn(loss);
}

/// As far as the pace allows, and up to a call that is known to end its process.
std::size_t CommandCaller::end_of_block(std::size_t next, std::span<const Call> calls) const {
  const std::size_t most = std::min({narrowed_, longest_, std::size_t{pace_.calls()}});
  const std::size_t end = std::min(calls.size(), next + most);
  if (!ledger_.anything_ends()) return end;
  while (++next < end && !known_end(calls[next])) {
  }
  return next;
}

// A block that is not answered is asked again in parts, until the call is known that is to blame.
void CommandCaller::call(Rounding rounding, Observe /*observe*/, std::span<const Call> calls,
                         std::span<Answer> answers) {
  assert(calls.size() == answers.size());
  refuse_other_modes(rounding);
  std::optional<std::size_t> asked_again;
  std::optional<Death> doubted;  // of a process that had been asked something else before
  Suspicion suspicion;
  LeftOpen open;
  std::size_t next = 0;
  while (next < calls.size()) {
    if (const auto known = known_end(calls[next])) {
      ledger_.met_again(known->ending, known->detail);
      if (known->ending == Ending::hung) ledger_.history().tell_hang(rounding, calls[next]);
      answers[next] = ending_of(*known);
      if (known->ending == Ending::hung) answers[next].detail = napier::known_to_hang;
      open = {}, ++next;  // not all of its calls are answered
      continue;
    }
    if (!ready_for_more()) break;
    const std::size_t size = suspicion.cut(next, open.cut(next, end_of_block(next, calls))) - next;
    const bool fresh = fresh_;
    const Reply reply = ask(calls.subspan(next, size), answers.subspan(next, size));
    if (!reply.death) {
      if (doubted) mourn_between_calls(*std::exchange(doubted, {}));
      next += size;
      suspicion.answered(next);
      narrowed_ = std::min<std::size_t>(2 * narrowed_, most_together);
      if (open.is_answered(next)) {
        mourn_block(calls[open.first], open.size);
        open = {};
      }
      continue;
    }
    if (from_outside(*reply.death) && asked_again != next) {
      asked_again = next;  // before it is believed
      continue;
    }
    const bool hung = reply.death->ending == Ending::hung;
    if (size == 1 && !fresh && !hung) {
      doubted = reply.death;  // it may have been about to end: before it is believed
      continue;
    }
    if (size == 1) {
      doubted.reset();
      suspicion.confirmed();
      open = {};
      mourn(*reply.death, calls[next]);
      answers[next++] = ending_of(*reply.death);
      continue;
    }
    if (hung)
      open = {next, size};
    else
      ledger_.leave_open(loss_of_block(*reply.death, calls[next], size));
    if (!suspicion.falls_on(next, reply.results, size)) narrowed_ = size / 2;
  }
  std::ranges::fill(answers.subspan(next), ending_of({Ending::not_called, 0}));
}

// Of a block that is not answered the calls are made again, in parts, by call().
std::optional<BlockEffects> CommandCaller::call_block(Rounding rounding, const CallBlock& block) {
  refuse_other_modes(rounding);
  const std::size_t count = block.results.size();
  if (format_.bytes() > 8 || !block.signals.empty() ||
      count > std::min({narrowed_, longest_, std::size_t{pace_.calls()}}) || !ready_for_more())
    return std::nullopt;
  const auto nth = [&](std::size_t i) -> Call {
    return {{block.x[i], &format_}, arity_ == 2 ? Float{block.y[i], &format_} : Float{}};
  };
  if (ledger_.anything_ends())
    for (std::size_t i = 0; i < count; ++i)
      if (known_end(nth(i))) return std::nullopt;
  const bool first_of_process = std::exchange(fresh_, false);
  const auto start = std::chrono::steady_clock::now();
  const auto reply = session_.ask_guarded(block, time_for(count, first_of_process));
  if (!reply) return std::nullopt;
  if (reply->death) {
    if (reply->death->ending != Ending::hung && !from_outside(*reply->death))
      ledger_.leave_open(loss_of_block(*reply->death, nth(0), count));
    return std::nullopt;
  }
  pace_.took(static_cast<std::uint32_t>(count), std::chrono::steady_clock::now() - start,
             first_of_process);
  for (std::size_t i = count - std::min(count, LastCalls::most); i < count; ++i)
    note_answered(nth(i));
  return BlockEffects{};
}

/// Asks for a block of that length, of these calls from the first-th on, again and again, and notes
/// where they differ from what each gives alone, or how they ended.
void CommandCaller::compare(std::size_t length, std::size_t first, std::span<const Call> calls,
                            std::span<Answer> answers) {
  const auto place = [&](std::size_t i) { return (first + i) % calls.size(); };
  std::vector<Call> block(length);
  for (std::size_t i = 0; i < length; ++i) block[i] = calls[place(i)];
  std::vector<Answer> given(length);
  Reply reply;
  for (int time = 0; time < 2; ++time) {  // a death from outside is believed the second time
    if (!ready_for_more()) return;
    fresh_ = false;
    reply = session_.ask(block, given, patience_.stuck);
    if (!reply.death || !from_outside(*reply.death)) break;
  }
  Placement placement{.length = static_cast<std::uint16_t>(length)};
  if (reply.death) {
    mourn(*reply.death, block[0], placement.length);
    answers[first] = ending_of(*reply.death);
    answers[first].placement = placement;
    return;
  }
  for (std::size_t i = 0; i < length; ++i, ++placement.position) {
    Answer& alone = answers[place(i)];
    const bool told = alone.placement.length > 1;
    const bool both_nan = alone.ending == Ending::returned && is_nan(alone.value) &&
                          given[i].ending == Ending::returned && is_nan(given[i].value);
    if (told || both_nan || (alone.ending == given[i].ending && alone.value == given[i].value))
      continue;
    alone = given[i];
    alone.placement = placement;
  }
}

// What counts as an array is a block here.
void CommandCaller::call_in_lanes(Rounding rounding, std::span<const Call> calls,
                                  std::span<Answer> answers) {
  refuse_other_modes(rounding);
  // Of vectors of up to eight and of sixteen: each of their lanes, whole ones, and what is left.
  constexpr std::array<std::size_t, 15> lengths{1,  2,  3,  4,  5,  7,   8,   9,
                                                15, 16, 17, 31, 33, 100, 1000};
  std::ranges::fill(answers, ending_of({Ending::not_called, 0}));
  if (any_known_end(calls)) return;
  for (const std::size_t length : lengths)
    for (std::size_t first = 0; first < calls.size(); first += length) {
      compare(length, first, calls, answers);
      if (ledger_.given_up()) return;
    }
}

void CommandCaller::arrive() {
  constexpr std::size_t after_a_hang = 3;  // which takes long: no more than one other is tried
  std::string story;
  std::vector<Call> failed;
  const auto arguments = first_arguments(format_);
  for (std::size_t place = 0; place < arguments.size(); ++place) {
    const Float x = arguments[place];
    const Call call{x, arity_ == 2 ? x : Float{}};
    if (known_to_hang(call)) continue;  // another caller has been there
    const auto began = std::chrono::steady_clock::now();
    if (!session_.alive()) session_.start();
    Answer answer;
    const Reply reply = session_.ask({&call, 1}, {&answer, 1}, patience_.loading);
    set_up_ = std::chrono::steady_clock::now() - began;
    if (!reply.death && answer.ending == Ending::returned) {
      arrival_.first_call = call;
      arrival_.first_answer = answer;
      session_.guard_by(call, answer.value);
      note_answered(call);
      pace_.took(1, set_up_, true);
      check_blocks();
      std::vector<Answer> again(failed.size());  // whoever asks for them is told of it
      return CommandCaller::call(Rounding::nearest, Observe::values, failed, again);
    }
    const Death death = reply.death.value_or(Death{answer.ending, answer.detail});
    failed.push_back(call);
    story +=
        fmt::format("{}it {} at {}", story.empty() ? "" : ", ", describe(death), to_decimal(x));
    if (death.ending == Ending::unwritten) story += ": " + session_.wrong();
    if (death.ending != Ending::hung) continue;
    if (place >= after_a_hang) break;
    place = after_a_hang - 1;
  }
  session_.fail("no first answer: " + story);
}

/// One that does not keep to the protocol shows it at other lengths, or a little later. Of one
/// whose calls take long those lengths are left out that would take longer than the others are
/// worth.
void CommandCaller::check_blocks() {
  constexpr auto long_enough = 500ms;
  std::chrono::nanoseconds each{};
  for (const std::size_t length : {3U, 2U, 4U, 5U, 8U, 17U, 64U, 257U, 1000U}) {
    if (static_cast<int>(length) * each > long_enough) return;
    const std::vector<Call> calls(length, arrival_.first_call);  // which is known to be answered
    std::vector<Answer> answers(length);
    if (!ready_for_more()) return;
    fresh_ = false;
    const auto began = std::chrono::steady_clock::now();
    const Reply reply = session_.ask(calls, answers, patience_.stuck,
                                     length <= 3 ? time_for_excess : std::chrono::milliseconds{});
    each = (std::chrono::steady_clock::now() - began) / static_cast<int>(length);
    const Ending ending = reply.death ? reply.death->ending : Ending::returned;
    const bool no_number = std::ranges::any_of(
        answers, [](const Answer& answer) { return answer.ending == Ending::unwritten; });
    if (ending == Ending::unwritten || no_number)
      session_.fail(fmt::format("no protocol that is known: asked for {} results, {}", length,
                                session_.wrong()));
    if (ending == Ending::hung)
      session_.fail(
          fmt::format("no protocol that is known: asked for {} results at once, it wrote "
                      "{} and then waited or computed without end",
                      length, reply.results));
  }
}

}  // namespace

std::unique_ptr<ChildCaller> command_caller(const Command& command, const std::string& worker,
                                            Patience patience, std::shared_ptr<History> history) {
  if (!history) history = std::make_shared<History>();
  return std::make_unique<CommandCaller>(command, worker, patience, history);
}

}  // namespace napier
