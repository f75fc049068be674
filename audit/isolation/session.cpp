// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "audit/isolation/sandbox.hpp"
#include "audit/isolation/serve.hpp"
#include "audit/isolation/watchdog.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

constexpr const char* serving_variable = "NAPIER_SERVING";
constexpr const char* loads_alike = "a program that only loads it (dlopen) shows the same";

/// In a block of calls, each of which gets on. The calls of a block are so many as to take far
/// less.
constexpr int most_patiences = 20;

}  // namespace

Session::Session(SharedObject object, const Format& format, int arity, std::string worker,
                 const StopFlag* stop, std::shared_ptr<History> history)
    : object_(std::move(object)),
      format_(format),
      arity_(arity),
      worker_(std::move(worker)),
      stop_(stop),
      history_(std::move(history)),
      nothing_(memory_file("napier-stdin", 0, Size::free)) {
  // A program that doesn't serve would start itself, and that one itself, without end.
  if (std::getenv(serving_variable) != nullptr)
    throw std::runtime_error(
        "a process that is to serve a target starts another: the main "
        "function of " +
        worker_ + " must call napier::serve_target first");
}

void Session::fail(const std::string& why, const std::string& mend) const {
  const std::string& line = printed().first_line;
  throw std::runtime_error(fmt::format("{}: {}{}; {}", object_.name(), why,
                                       line.empty() ? "" : "; it printed: " + line, mend));
}

std::optional<Death> Session::launch(std::chrono::nanoseconds stuck) {
  // Anew each time: the last child may have written into it what it liked.
  channel_->magic = Channel::expected_magic;
  channel_->parent = ::getpid();
  channel_->from_two_threads = channel_->whole = channel_->in_lanes = false;
  channel_->phase.store(Phase::starting);
  channel_->turn.store(childs_turn);
  std::vector<std::string> variables = object_.environment;
  variables.push_back(std::string(serving_variable) + "=1");
  std::vector<std::string> command{worker_,
                                   std::string(serve_flag),
                                   "3",
                                   object_.path,
                                   object_.symbol,
                                   std::string(format_.name),
                                   std::to_string(arity_),
                                   object_.shape.text};
  if (sandbox_in_use()) command.emplace_back(sandbox_word);
  child_.emplace(std::move(command), std::move(variables),
                 std::array{nothing_.number(), output_.file(), output_.file(), channel_.file()});
  const std::optional<Death> death = await_turn(0, stuck).death;
  output_.collect();
  return death;
}

void Session::start(std::chrono::nanoseconds stuck) {
  if (const std::string how = history_->hung_loading(); !how.empty()) fail(how, loads_alike);
  std::optional<Death> death = launch(stuck);
  if (death && from_outside(*death)) death = launch(stuck);
  check_arrival(death);
}

void Session::check_arrival(const std::optional<Death>& death) {
  const Phase phase = channel_->phase.load();
  if (!death && phase == Phase::ready) return;
  child_.reset();
  if (phase == Phase::refused) throw std::runtime_error(text_in(channel_->message));
  const std::string how = death ? describe(*death) : "stopped";
  if (phase == Phase::starting)
    fail(fmt::format("the process to run it in {} before it began", how),
         fmt::format("{} must be this build of napier", worker_));
  const std::string words = how + " while being loaded";
  if (death && death->ending == Ending::hung) history_->remember_hung_loading(words);
  fail(words, loads_alike);
}

// Waits until the child has handed the turn back. Otherwise tells how it died; a hung one is
// killed. The child's memory is the target's, too, which may write into it what it likes: progress
// is only what no target can feign without end, a number of calls that grows and ends with theirs.
Attempt Session::await_turn(std::uint32_t calls, std::chrono::nanoseconds stuck) {
  using Clock = std::chrono::steady_clock;
  Watchdog watchdog(stuck, child_->cpu_time());
  std::chrono::nanoseconds nap = 1ms;  // a death wakes nobody, so look from time to time
  Clock::time_point before = Clock::now();
  const Clock::time_point latest = before + most_patiences * stuck;
  Attempt tried;
  const auto look = [&] {
    tried.started = std::max(tried.started, std::min(channel_->started.load(), calls));
    tried.ended = std::min(channel_->ended.load(), tried.started);
  };
  while (channel_->turn.load(std::memory_order_acquire) == childs_turn) {
    sleep_during(*channel_, childs_turn, nap);
    if (channel_->turn.load(std::memory_order_acquire) == parents_turn) break;
    tried.death = child_->death();
    look();
    if (tried.death) break;
    const Clock::time_point now = Clock::now();
    // Clocks and states of a process cost more than many a block: not before it takes long.
    const bool long_ago = nap >= 16ms;
    if (long_ago &&
        watchdog.hung(tried.started, child_->cpu_time(), now - before, child_->asleep())) {
      child_->kill();
      tried.death = Death{Ending::hung, 0};
      break;
    }
    if (history_->out_of_time(stop_)) {
      child_.reset();
      throw Interrupted();
    }
    tried.disorderly = calls > 1 && now > latest;
    if (tried.disorderly) break;
    if (long_ago) before = now;
    nap = std::min<std::chrono::nanoseconds>(2 * nap, 50ms);
  }
  look();
  return tried;
}

void Session::begin(std::uint32_t first, std::uint32_t count) {
  assert(alive() && first < count && count <= 2 * whole_capacity);
  if (history_->out_of_time(stop_)) throw Interrupted();
  channel_->first = first;
  channel_->count = count;
  channel_->started.store(0);
  channel_->ended.store(0);
  channel_->astray.store(false);
  asked_ = count - first;
  hand_over(*channel_, childs_turn);
}

bool Session::is_answered() const {
  return channel_->turn.load(std::memory_order_acquire) == parents_turn;
}

Attempt Session::finish(std::chrono::nanoseconds stuck, std::uint32_t at_once) {
  const std::uint32_t calls = asked_;
  Attempt tried = await_turn(calls, stuck);
  output_.collect();
  const bool unfinished = !tried.death && !tried.disorderly && tried.ended < calls;
  if (channel_->astray.load() || unfinished) {
    tried.death = Death{Ending::hung, unfinished && !channel_->astray.load() ? 0 : by_a_jump};
    tried.disorderly = calls > 1;
  }
  if (tried.death && tried.started > tried.ended + at_once) tried.disorderly = calls > 1;
  if (tried.death || tried.disorderly) child_.reset();
  return tried;
}

std::optional<Death> Session::idle_death() {
  if (!alive()) return std::nullopt;
  const std::optional<Death> death = child_->death();
  if (death) child_.reset();
  return death;
}

}  // namespace napier
