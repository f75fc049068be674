// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/foresight.hpp"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <utility>

#include "audit/isolation/child_caller.hpp"
#include "audit/trial/call_time.hpp"

namespace napier {
namespace {

/// A call that is likely to return.
Call usual_call(Caller& caller, const Target& target) {
  if (const auto* const child = dynamic_cast<ChildCaller*>(&caller))
    return child->arrival().first_call;  // which has
  const Float one = power_of_two(*target.format, 0);
  return {one, target.function->arity == 2 ? one : Float{}};
}

/// What a call takes by a single one, or a short block, which look dearer than they are: enough to
/// tell what is cheap.
Seconds time_at_most(Caller& caller, const Call& call) {
  constexpr Seconds dear = std::chrono::milliseconds(1);
  constexpr std::size_t few = 64;
  for (const std::size_t count : {std::size_t{1}, few}) {
    TimedBlock block(caller, {&call, 1}, count);
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
  const Seconds each = time_of_a_call(caller, {&call, 1});
  const Seconds all = each * at_once;
  if (all <= worth_saying) return {};
  return fmt::format("{}: a call takes {}, all of them some {}", target.name, short_text(each),
                     span_text(all));
}

}  // namespace napier
