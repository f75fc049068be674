// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "audit/isolation/serve.hpp"
#include "audit/isolation/watchdog.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

constexpr const char* serving_variable = "NAPIER_SERVING";

/// How long a child may go without progress once a stop is wanted.
class LastPatience {
 public:
  bool over(std::uint32_t progress, std::chrono::steady_clock::time_point now) {
    if (!since_ || progress != progress_) {
      since_ = now;
      progress_ = progress;
    }
    return now - *since_ >= 1s;
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> since_;
  std::uint32_t progress_ = 0;
};

}  // namespace

Session::Session(SharedObject object, const Format& format, int arity, std::string worker,
                 std::chrono::nanoseconds stuck, const StopFlag* stop)
    : object_(std::move(object)),
      format_(format),
      arity_(arity),
      worker_(std::move(worker)),
      stuck_(stuck),
      stop_(stop),
      nothing_(memory_file("napier-stdin", 0)) {
  // A program that doesn't serve would start itself, and that one itself, without end.
  if (std::getenv(serving_variable) != nullptr)
    throw std::runtime_error(
        "a process that is to serve a target starts another: the main "
        "function of " +
        worker_ + " must call napier::serve_target first");
  channel_->parent = ::getpid();
}

void Session::fail(const std::string& why, const std::string& mend) const {
  const std::string& line = printed().first_line;
  throw std::runtime_error(fmt::format("{}: {}{}; {}", object_.name(), why,
                                       line.empty() ? "" : "; it printed: " + line, mend));
}

std::optional<Death> Session::launch() {
  channel_->turn.store(childs_turn);
  channel_->phase.store(Phase::starting);
  channel_->started.store(0);
  child_.emplace(
      std::vector<std::string>{worker_, std::string(serve_flag), "3", object_.path, object_.symbol,
                               std::string(format_.name), std::to_string(arity_)},
      std::string(serving_variable) + "=1",
      std::array{nothing_.number(), output_.file(), output_.file(), channel_.file()});
  const std::optional<Death> death = await_turn();
  output_.collect();
  return death;
}

void Session::start() {
  std::optional<Death> death = launch();
  if (death && from_outside(*death)) death = launch();
  check_arrival(death);
}

void Session::check_arrival(const std::optional<Death>& death) {
  const Phase phase = channel_->phase.load();
  if (!death && phase == Phase::ready) return;
  child_.reset();
  channel_->message.back() = '\0';
  if (phase == Phase::refused) throw std::runtime_error(channel_->message.data());
  const std::string how = death ? describe(*death) : "stopped";
  if (phase == Phase::starting)
    fail(fmt::format("the process to run it in {} before it began", how),
         fmt::format("{} must be this build of napier", worker_));
  fail(how + " while being loaded", "a program that only loads it (dlopen) shows the same");
}

// Waits until the child has handed the turn back. Otherwise tells how it died; a hung one is
// killed.
std::optional<Death> Session::await_turn() {
  using Clock = std::chrono::steady_clock;
  Watchdog watchdog(stuck_, child_->cpu_time());
  std::chrono::nanoseconds nap = 1ms;  // a death wakes nobody, so look from time to time
  Clock::time_point before = Clock::now();
  LastPatience last_patience;
  while (channel_->turn.load(std::memory_order_acquire) == childs_turn) {
    sleep_during(*channel_, childs_turn, nap);
    if (channel_->turn.load(std::memory_order_acquire) == parents_turn) break;
    if (const auto death = child_->death()) return death;
    const Clock::time_point now = Clock::now();
    if (watchdog.hung(channel_->started.load(), child_->cpu_time(), now - before)) {
      child_->kill();
      return Death{Ending::hung, 0};
    }
    if (raised(stop_) && last_patience.over(channel_->started.load(), now)) {
      child_.reset();
      throw Interrupted();
    }
    before = now;
    nap = std::min<std::chrono::nanoseconds>(2 * nap, 50ms);
  }
  return std::nullopt;
}

Attempt Session::attempt(std::uint32_t first, std::uint32_t count) {
  assert(alive() && first < count && count <= block_capacity);
  channel_->first = first;
  channel_->count = count;
  channel_->started.store(0);
  hand_over(*channel_, childs_turn);
  const std::optional<Death> death = await_turn();
  output_.collect();
  if (!death) return {count - first, std::nullopt};
  child_.reset();
  // The target could have written into the shared memory: trust no count from there.
  return {std::min(channel_->started.load(), count - first), death};
}

}  // namespace napier
