// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/command_session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "audit/isolation/sandbox.hpp"
#include "audit/process/session_use.hpp"
#include "audit/process/supervise.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A block that dribbles in is given up after so many patiences.
constexpr int most_patiences = 20;
constexpr auto time_for_the_rest = 50ms;
constexpr std::size_t at_once = std::size_t{1} << 18;  // bytes that are read

}  // namespace

CommandSession::CommandSession(Command command, std::string worker, const StopFlag* stop,
                               std::shared_ptr<History> history)
    : command_(std::move(command)),
      worker_(std::move(worker)),
      stop_(stop),
      history_(std::move(history)),
      wire_(wire(command_.pipe, *command_.format)) {}

void CommandSession::fail(const std::string& why) const {
  const std::string& said = printed_.first_line;
  throw std::runtime_error(
      fmt::format("{}: {}{}; docs/protocol.md tells what it is asked and how "
                  "it is to answer",
                  one_line(command_.name()), why, said.empty() ? "" : "; it printed: " + said));
}

void CommandSession::start() {
  if (history_->out_of_time(stop_)) throw Interrupted();
  pipes_ = std::make_unique<Pipes>();
  cpu_ = {};
  const auto [in, out, errors] = pipes_->childs_ends();
  const auto shape = std::ranges::find(pipe_names, command_.pipe, &PipeName::pipe);
  child_.emplace(
      std::vector<std::string>{
          worker_, std::string(sandbox_in_use() ? supervise_in_sandbox : supervise_flag),
          std::to_string(::getpid()), command_.line,
          fmt::format("NAPIER_FUNCTION={}", command_.function->name),
          fmt::format("NAPIER_FORMAT={}", command_.format->name),
          fmt::format("NAPIER_ARGUMENTS={}", command_.arity()),
          fmt::format("NAPIER_SHAPE={}", shape->text)},
      std::vector<std::string>{"NAPIER_PROTOCOL=1"}, std::array{in, out, errors, errors});
  pipes_->let_go_of_childs_ends();
}

Reply CommandSession::ask_guarded(std::span<const Call> calls, std::span<Answer> answers,
                                  std::chrono::nanoseconds stuck) {
  std::vector<Call> all(calls.begin(), calls.end());
  all.push_back(guard_.first);
  std::vector<Answer> given(all.size());
  Reply reply = ask(all, given, stuck);
  reply.results = std::min(reply.results, calls.size());
  if (!reply.death && given.back().value != guard_.second) {
    reply.death = excess_after(calls.size(), time_for_the_rest);
    if (reply.death) bury();
  }
  if (!reply.death) std::copy_n(given.begin(), answers.size(), answers.begin());
  return reply;
}

std::optional<Reply> CommandSession::ask_one_by_one(const CallBlock& block,
                                                    std::chrono::nanoseconds stuck) {
  const Format& format = *command_.format;
  std::vector<Call> calls;
  for (std::size_t i = 0; i < block.results.size(); ++i)
    calls.push_back(
        {{block.x[i], &format}, command_.arity() == 2 ? Float{block.y[i], &format} : Float{}});
  std::vector<Answer> answers(calls.size());
  const Reply reply = ask_guarded(calls, answers, stuck);
  if (reply.death) return reply;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].ending != Ending::returned) return std::nullopt;
    block.results[i] = static_cast<std::uint64_t>(answers[i].value.bits);
  }
  return reply;
}

std::optional<Reply> CommandSession::ask_guarded(const CallBlock& block,
                                                 std::chrono::nanoseconds stuck) {
  if (history_->out_of_time(stop_)) throw Interrupted();
  const std::size_t count = block.results.size();
  const auto with_guard = [](std::span<const std::uint64_t> calls, Float guard, auto& all) {
    all.assign(calls.begin(), calls.end());
    if (guard.format != nullptr) all.push_back(static_cast<std::uint64_t>(guard.bits));
  };
  with_guard(block.x, guard_.first.x, block_x_);
  with_guard(block.y, guard_.first.y, block_y_);
  if (!wire_->write_block(block_x_, block_y_, request_)) return ask_one_by_one(block, stuck);
  Reply reply;
  reply.death = exchange(count + 1, stuck, {});
  reply.results = std::min(progress_.results, count);
  if (!reply.death) {
    block_results_.resize(count + 1);
    wire_->read_block(reply_, block_results_);
    if (block_results_.back() != static_cast<std::uint64_t>(guard_.second.bits))
      reply.death = excess_after(count, time_for_the_rest);
  }
  if (reply.death)
    bury(reply.death);
  else
    std::copy_n(block_results_.begin(), count, block.results.begin());
  return reply;
}

Reply CommandSession::ask(std::span<const Call> calls, std::span<Answer> answers,
                          std::chrono::nanoseconds stuck, std::chrono::milliseconds excess) {
  if (history_->out_of_time(stop_)) throw Interrupted();
  x_.clear();
  y_.clear();
  for (const Call& call : calls) {
    x_.push_back(call.x.bits);
    if (command_.arity() == 2) y_.push_back(call.y.bits);
  }
  wire_->write_request(x_, y_, request_);
  Reply reply;
  reply.death = exchange(answers.size(), stuck, excess);
  reply.results = progress_.results;
  if (reply.death) {
    bury(reply.death);
    return reply;
  }
  std::string wrong;
  wire_->read_results(reply_, answers, wrong);
  if (!wrong.empty()) wrong_ = wrong;
  return reply;
}

// Whatever it reads or writes, and whether or not it does, we come back here soon.
std::optional<Death> CommandSession::exchange(std::size_t count, std::chrono::nanoseconds stuck,
                                              std::chrono::milliseconds excess) {
  progress_ = {};
  if (const auto late = excess_after(0, {})) return late;
  std::string_view rest = request_;
  reply_.clear();
  std::optional<Watchdog> watchdog;  // clocks cost more than many a block: not before it takes long
  std::chrono::milliseconds nap = 1ms;
  std::uint64_t steps = 0;
  const Clock::time_point latest = Clock::now() + most_patiences * stuck;
  Clock::time_point before = Clock::now();
  for (;;) {
    const bool moved = pipes_->step(rest, reply_, at_once, nap);
    if (reply_.size() != progress_.looked) wire_->look(reply_, count, progress_);
    if (!progress_.wrong.empty()) return breach(no_number, progress_.wrong);
    if (progress_.complete || progress_.overfull) return excess_after(count, excess);
    if (history_->out_of_time(stop_)) {
      bury();
      throw Interrupted();
    }
    if (moved) {
      ++steps;
      if (Clock::now() < latest) continue;
    } else if (pipes_->ended()) {
      return end_of_output(stuck);
    }
    if (const auto death = child_->death()) return last_reply(count, *death);
    const Clock::time_point now = Clock::now();
    if (nap >= 16ms) {
      if (!watchdog) watchdog.emplace(stuck, cpu_);
      if (now > latest || is_hung(*watchdog, steps, now - before)) {
        child_->kill();
        return Death{Ending::hung, 0};
      }
      before = now;
    }
    nap = std::min(2 * nap, 50ms);
  }
}

bool CommandSession::is_hung(Watchdog& watchdog, std::uint64_t progress,
                             std::chrono::nanoseconds elapsed) {
  const SessionUse use = session_use(child_->pid());
  const bool asleep = use.cpu <= cpu_ && !use.running;
  cpu_ = std::max(cpu_, use.cpu);
  return watchdog.hung(progress, cpu_, elapsed, asleep);
}

/// Of a process that is gone, what it had written may be all that was wanted.
std::optional<Death> CommandSession::last_reply(std::size_t count, const Death& death) {
  std::string_view nothing;
  while (pipes_->step(nothing, reply_, at_once, 0ms) && reply_.size() < at_once) {
  }
  wire_->look(reply_, count, progress_);
  if (progress_.complete && progress_.wrong.empty()) return std::nullopt;
  return death;
}

/// It wrote no more, as one that ends does. If it does not, it was given the same time as others.
Death CommandSession::end_of_output(std::chrono::nanoseconds patience) {
  const Clock::time_point latest = Clock::now() + patience;
  for (auto nap = 1ms; Clock::now() < latest; nap = std::min(2 * nap, 50ms)) {
    if (const auto death = child_->death()) return *death;
    if (history_->out_of_time(stop_)) break;
    std::this_thread::sleep_for(nap);
  }
  child_->kill();
  return {Ending::hung, 0};
}

std::optional<Death> CommandSession::excess_after(std::size_t count,
                                                  std::chrono::milliseconds wait) {
  constexpr std::size_t enough = 64;
  std::string_view nothing;
  std::string more;
  const bool overfull = std::exchange(progress_.overfull, false);
  if (!overfull) pipes_->step(nothing, more, enough, wait);
  if (!overfull && more.empty()) return std::nullopt;
  if (count == 0) return breach(too_much, "it wrote " + in_quotes(more) + " unasked");
  const std::string tail =
      overfull ? reply_.substr(reply_.size() - std::min(enough, reply_.size())) : more;
  return breach(too_much,
                fmt::format("it wrote more than the result{} of {} call{}, up to {}",
                            count == 1 ? "" : "s", count, count == 1 ? "" : "s", in_quotes(tail)));
}

Death CommandSession::breach(NoResult kind, const std::string& why) {
  wrong_ = why;
  child_->kill();
  return {Ending::unwritten, kind};
}

void CommandSession::note_words() {
  pipes_->listen();
  const Printed& words = pipes_->printed();
  printed_.bytes = buried_ + words.bytes;
  if (words.bytes != 0) printed_.first_line = words.first_line;
}

/// Reads what it said last, and forgets it. When somebody else has killed it, it is the shell that
/// says so.
void CommandSession::bury(const std::optional<Death>& death) {
  child_.reset();
  if (!death || !from_outside(*death)) note_words();
  buried_ = printed_.bytes;
  pipes_.reset();
}

std::optional<Death> CommandSession::idle_death() {
  if (!alive()) return std::nullopt;
  const std::optional<Death> death = child_->death();
  if (death)
    bury(death);
  else
    note_words();
  return death;
}

}  // namespace napier
