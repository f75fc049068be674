// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/foresight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "audit/cost.hpp"
#include "audit/isolation/child_caller.hpp"

namespace napier {
namespace {

/// Of a call that is known to return, in blocks as an audit makes them: longer and longer ones,
/// until one takes long enough that what each block costs besides is nothing. Of those the cheapest
/// counts.
Seconds time_of_a_call(ChildCaller& caller, int arity) {
  constexpr Seconds long_enough = std::chrono::milliseconds(5);
  constexpr Seconds short_enough = std::chrono::milliseconds(200);
  constexpr std::size_t most = 1 << 16;
  constexpr int goes = 5;
  const Call first = caller.arrival().first_call;
  for (std::size_t count = 1;; count *= 4) {
    const std::vector<std::uint64_t> x(count, static_cast<std::uint64_t>(first.x.bits));
    const std::vector<std::uint64_t> y(
        arity == 2 ? count : 0, static_cast<std::uint64_t>(arity == 2 ? first.y.bits : Bits{}));
    std::vector<std::uint64_t> results(count);
    const std::vector<Call> calls(count, first);
    std::vector<Answer> answers(count);
    const auto block = [&] {
      if (first.x.format->width > 64 || !caller.call_block(Rounding::nearest, {x, y, results}))
        caller.call(Rounding::nearest, Observe::values, calls, answers);
    };
    LeastCost cost;
    const Cost once = cost.of(block);
    const bool is_long = std::max(once.computing, once.waiting) >= long_enough;
    if (!is_long && count < most) continue;
    if (once.waiting < short_enough)
      for (int go = 1; go < goes; ++go) cost.of(block);
    // On a busy machine it may have looked long, and was not.
    if (cost.time() >= long_enough / 4 || count >= most)
      return cost.time() / static_cast<double>(count);
  }
}

std::string span_text(Seconds time) {
  constexpr double minute = 60, hour = 60 * minute, day = 24 * hour, year = 365 * day;
  const double s = time.count();
  if (s < 2 * minute) return fmt::format("{:.0f} seconds", s);
  if (s < 2 * hour) return fmt::format("{:.0f} minutes", s / minute);
  if (s < 2 * day) return fmt::format("{:.0f} hours", s / hour);
  if (s < 2 * year) return fmt::format("{:.0f} days", s / day);
  return fmt::format("{:.0f} years", s / year);
}

std::string short_text(Seconds time) {
  constexpr double milli = 1e-3, micro = 1e-6;
  const double s = time.count();
  if (s >= 1) return fmt::format("{:.2g} s", s);
  return s >= milli ? fmt::format("{:.2g} ms", s / milli) : fmt::format("{:.2g} µs", s / micro);
}

}  // namespace

std::string foreseen_cost(const Target& target, Caller& caller, std::uint64_t calls, int threads) {
  constexpr Seconds worth_saying = std::chrono::minutes(1);
  auto* const child = dynamic_cast<ChildCaller*>(&caller);
  if (child == nullptr) return {};
  const Seconds each = time_of_a_call(*child, target.function->arity);
  const Seconds all = each * (static_cast<double>(calls) / threads);
  if (all <= worth_saying) return {};
  return fmt::format("{}: a call takes {}, all of them some {}; --cases N asks for fewer",
                     target.name, short_text(each), span_text(all));
}

}  // namespace napier
