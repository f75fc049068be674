// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/cost.hpp"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "audit/isolation/process.hpp"

namespace napier {
namespace {

/// Where all of several goes took so many times their processor time, it is not for want of one.
constexpr double share_of_waiting = 10;

Seconds computed() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec) +
         Seconds(cpu_time_of_children());
}

}  // namespace

LeastCost::LeastCost()
    : LeastCost([] { return Seconds(std::chrono::steady_clock::now().time_since_epoch()); }) {}

const Cost& LeastCost::of(const std::function<void()>& work) {
  const Seconds start = clock_();
  const Seconds before = computed();
  work();
  // A child that has gone took its time with it.
  last_ = {std::max(computed() - before, Seconds{}), clock_() - start};
  least_ = {std::min(least_.computing, last_.computing), std::min(least_.waiting, last_.waiting)};
  return last_;
}

Seconds LeastCost::time() const {
  return least_.waiting > share_of_waiting * least_.computing ? least_.waiting : least_.computing;
}

std::string span_text(Seconds time) {
  constexpr double minute = 60, hour = 60 * minute, day = 24 * hour, year = 365 * day;
  const double s = time.count();
  if (s < minute / 10) return fmt::format("{:.1g} seconds", s);
  if (s < 2 * minute) return fmt::format("{:.0f} seconds", s);
  if (s < 2 * hour) return fmt::format("{:.0f} minutes", s / minute);
  if (s < 2 * day) return fmt::format("{:.0f} hours", s / hour);
  if (s < 2 * year) return fmt::format("{:.0f} days", s / day);
  return fmt::format("{:.0f} years", s / year);
}

}  // namespace napier
