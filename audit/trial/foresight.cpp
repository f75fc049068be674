// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/foresight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "audit/isolation/child_caller.hpp"

namespace napier {
namespace {

using Seconds = std::chrono::duration<double>;

/// Of a call that is known to return: more and more of them, until the clock tells them apart. A
/// busy machine makes calls look slow and never fast, so of all measurements the least counts, and
/// one that looks slow is made again.
Seconds time_of_a_call(ChildCaller& caller) {
  constexpr Seconds long_enough = std::chrono::milliseconds(50);
  constexpr std::size_t most = 4096;
  Seconds each = Seconds::max();
  int slow = 0;
  for (std::size_t count = 1; count <= most && slow < 2;) {
    const std::vector<Call> calls(count, caller.arrival().first_call);
    std::vector<Answer> answers(count);
    const auto start = std::chrono::steady_clock::now();
    caller.call(Rounding::nearest, Observe::values, calls, answers);
    const Seconds took = std::chrono::steady_clock::now() - start;
    each = std::min(each, took / static_cast<double>(count));
    if (took >= long_enough)
      ++slow;
    else
      count *= 4;
  }
  return each;
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
  const Seconds each = time_of_a_call(*child);
  const Seconds all = each * (static_cast<double>(calls) / threads);
  if (all <= worth_saying) return {};
  return fmt::format("{}: a call takes {}, all of them some {}; --cases N asks for fewer",
                     target.name, short_text(each), span_text(all));
}

}  // namespace napier
