// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/history.hpp"

#include <fmt/format.h>

#include <utility>

#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

std::string arguments_text(const Call& call) {
  return call.y.format == nullptr ? to_hex(call.x) : to_hex(call.x) + ", " + to_hex(call.y);
}

}  // namespace

std::string describe(const Loss& loss) {
  const std::string what = "The process of the target " + describe(loss.death);
  const bool jumped = loss.death.ending == Ending::hung && loss.death.detail == by_a_jump;
  if (jumped && loss.last && loss.among > 1)
    return fmt::format("{}: one of {} calls, the first at {}", what, loss.among,
                       arguments_text(*loss.last));
  if (!loss.last) return what + " before its first call";
  const std::string at = arguments_text(*loss.last);
  if (loss.returned)
    return fmt::format("{} between calls: the last one, at {}, had returned", what, at);
  if (loss.array_length > 1)
    return fmt::format("{} during a call with an array of {}, the first of them {}", what,
                       loss.array_length, at);
  if (loss.among > 1)
    return fmt::format(
        "{} during one of {} calls, the first at {}, and not when they were made again: in a "
        "thread "
        "of its own, or by what other calls had left",
        what, loss.among, at);
  return fmt::format(
      "{} during the call at {}, and not when that was made again: in a thread of its own, or by "
      "what other calls had left",
      what, at);
}

void History::add(const Loss& loss) {
  constexpr std::size_t most = 1000;
  const std::lock_guard lock(mutex_);
  if (losses_.size() < most) losses_.push_back(loss);
}

std::vector<Loss> History::take_losses() {
  const std::lock_guard lock(mutex_);
  return std::exchange(losses_, {});
}

bool History::remember_end(Rounding rounding, const Call& call, const Death& death) {
  const std::lock_guard lock(mutex_);
  const bool fresh = ends_.insert_or_assign(key(rounding, call), death).second;
  any_end_ = true;
  return fresh;
}

std::optional<Death> History::known_end(Rounding rounding, const Call& call) const {
  if (!anything_ends()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto known = ends_.find(key(rounding, call));
  return known == ends_.end() ? std::nullopt : std::optional(known->second);
}

void History::tell_hang(Rounding rounding, const Call& call) {
  const std::lock_guard lock(mutex_);
  for (Loss& loss : losses_)
    if (loss.death.ending == Ending::hung && loss.rounding == rounding && loss.last == call)
      loss.told = true;
}

bool History::out_of_time(const StopFlag* stop) {
  if (!raised(stop)) return false;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  std::chrono::steady_clock::rep never = 0;
  stop_noticed_.compare_exchange_strong(never, now.count());
  return now - std::chrono::steady_clock::duration(stop_noticed_.load()) >= 2s;
}

}  // namespace napier
