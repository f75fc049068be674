// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/foresight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>
#include <vector>

#include "audit/cost.hpp"
#include "audit/isolation/child_caller.hpp"

namespace napier {
namespace {

/// A call that is likely to return.
Call usual_call(Caller& caller, const Target& target) {
  if (const auto* const child = dynamic_cast<ChildCaller*>(&caller))
    return child->arrival().first_call;  // which has
  const Float one = power_of_two(*target.format, 0);
  return {one, target.function->arity == 2 ? one : Float{}};
}

/// Makes the same call so many times, in a block as an audit does.
class Block {
 public:
  Block(Caller& caller, const Call& call, std::size_t count)
      : caller_(caller),
        x_(count, static_cast<std::uint64_t>(call.x.bits)),
        y_(call.y.format == nullptr ? 0 : count, static_cast<std::uint64_t>(call.y.bits)),
        results_(count),
        calls_(count, call),
        answers_(count) {}

  void operator()() {
    if (calls_.front().x.format->width > 64 ||
        !caller_.call_block(Rounding::nearest, {x_, y_, results_}))
      caller_.call(Rounding::nearest, Observe::values, calls_, answers_);
  }

 private:
  Caller& caller_;
  std::vector<std::uint64_t> x_, y_, results_;
  std::vector<Call> calls_;
  std::vector<Answer> answers_;
};

/// In longer and longer blocks, until one takes long enough that what each block costs besides is
/// nothing. Of those the cheapest counts.
Seconds time_of_a_call(Caller& caller, const Call& call) {
  constexpr Seconds long_enough = std::chrono::milliseconds(5);
  constexpr Seconds short_enough = std::chrono::milliseconds(200);
  constexpr std::size_t most = 1 << 16;
  constexpr int goes = 5;
  for (std::size_t count = 1;; count *= 4) {
    Block block(caller, call, count);
    LeastCost cost;
    const Cost once = cost.of(std::ref(block));
    const bool is_long = std::max(once.computing, once.waiting) >= long_enough;
    if (!is_long && count < most) continue;
    if (once.waiting < short_enough)
      for (int go = 1; go < goes; ++go) cost.of(std::ref(block));
    // On a busy machine it may have looked long, and was not.
    if (cost.time() >= long_enough / 4 || count >= most)
      return cost.time() / static_cast<double>(count);
  }
}

/// The same by a single call, or a short block, which look dearer than they are: enough to tell
/// what is cheap.
Seconds time_at_most(Caller& caller, const Call& call) {
  constexpr Seconds dear = std::chrono::milliseconds(1);
  constexpr std::size_t few = 64;
  for (const std::size_t count : {std::size_t{1}, few}) {
    Block block(caller, call, count);
    const Seconds took = LeastCost().of(std::ref(block)).waiting;
    if (took >= dear || count == few) return took / static_cast<double>(count);
  }
  return {};
}

std::string short_text(Seconds time) {
  constexpr double milli = 1e-3, micro = 1e-6;
  const double s = time.count();
  const auto [value, unit] = s >= 1       ? std::pair(s, "s")
                             : s >= milli ? std::pair(s / milli, "ms")
                                          : std::pair(s / micro, "µs");
  return value < 10 ? fmt::format("{:.2g} {}", value, unit) : fmt::format("{:.0f} {}", value, unit);
}

}  // namespace

std::string foreseen_cost(const Target& target, Caller& caller, std::uint64_t calls, int threads) {
  constexpr Seconds worth_saying = std::chrono::minutes(1);
  const Call call = usual_call(caller, target);
  const double at_once = static_cast<double>(calls) / threads;
  if (target.in_process && time_at_most(caller, call) * at_once <= worth_saying) return {};
  const Seconds each = time_of_a_call(caller, call);
  const Seconds all = each * at_once;
  if (all <= worth_saying) return {};
  return fmt::format("{}: a call takes {}, all of them some {}", target.name, short_text(each),
                     span_text(all));
}

}  // namespace napier
