// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/history.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "reports/view/figures.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

using Spell = std::string (*)(std::span<const Float>);

std::string place_of(const Call& call, Spell spell = both_spellings) {
  const std::array arguments{call.x, call.y};
  return spell(std::span(arguments).first(call.y.format == nullptr ? 1 : 2));
}

std::string calls_before(const Loss& loss, Spell spell) {
  std::string places;
  for (std::size_t i = 0; i < loss.before.size(); ++i) {
    const bool last = i + 1 == loss.before.size();
    places += (i == 0 ? "" : last ? " and " : ", ") + place_of(loss.before[i], spell);
  }
  const char* const calls = loss.before.size() == 1 ? "call" : "calls";
  return places.empty()
             ? places
             : fmt::format("; before that it had returned from the {} at {}", calls, places);
}

std::string what_ended(const Loss& loss) {
  const std::string what = "The process of the target " + describe(loss.death);
  const bool jumped = loss.death.ending == Ending::hung && loss.death.detail == by_a_jump;
  if (jumped && loss.last && loss.among > 1)
    return fmt::format("{}: one of {} calls, the first at {}", what, loss.among,
                       place_of(*loss.last));
  if (!loss.last) return what + " before its first call";
  const std::string at = place_of(*loss.last);
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

}  // namespace

void LastCalls::add(const Call& call) {
  if (calls_.size() == most) calls_.erase(calls_.begin());
  calls_.push_back(call);
}

std::vector<Call> LastCalls::all_but_last() const {
  return {calls_.begin(), calls_.empty() ? calls_.end() : calls_.end() - 1};
}

std::string calls_before(const Loss& loss) { return calls_before(loss, arguments_text); }

std::string describe(const Loss& loss) {
  return what_ended(loss) + calls_before(loss, both_spellings);
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
