// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "audit/isolation/watchdog.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

/// Looks every 50 ms, while the child gets the given CPU time per look, and returns the time by
/// the clock until it counts as hung, in seconds; at most ten minutes.
double seconds_to_hang(Watchdog dog, std::chrono::nanoseconds cpu_per_look, bool asleep = false,
                       std::chrono::nanoseconds look = 50ms) {
  std::chrono::nanoseconds cpu{};
  std::chrono::nanoseconds time{};
  while (time < 10min) {
    time += look;
    cpu += cpu_per_look;
    if (dog.hung(7, cpu, look, asleep)) break;
  }
  return std::chrono::duration<double>(time).count();
}

TEST(Watchdog, CountsTheChildsOwnCpuTime) {
  EXPECT_NEAR(seconds_to_hang(Watchdog(10s), 50ms), 10, 0.2);
  EXPECT_NEAR(seconds_to_hang(Watchdog(10s), 200ms), 2.5, 0.2);  // four threads of it
}

TEST(Watchdog, DoesNotTakeABusyMachineForAHang) {
  EXPECT_NEAR(seconds_to_hang(Watchdog(10s), 5ms), 100, 0.2);  // a tenth of a processor
}

TEST(Watchdog, NoticesASleeper) { EXPECT_NEAR(seconds_to_hang(Watchdog(10s), 0ms, true), 10, 0.2); }

TEST(Watchdog, GivesTimeToOneThatWaitsForAProcessor) {
  Watchdog dog(1s);
  for (int look = 0; look < 100; ++look) EXPECT_FALSE(dog.hung(0, 0s, 50ms, false));
  for (int look = 0; look < 19; ++look) EXPECT_FALSE(dog.hung(0, 0s, 50ms, true)) << look;
  EXPECT_TRUE(dog.hung(0, 0s, 50ms, true));
}

TEST(Watchdog, NoticesASleeperThatWakesNowAndThen) {
  EXPECT_NEAR(seconds_to_hang(Watchdog(10s), 10us, true), 10, 0.2);
}

TEST(Watchdog, StartsAnewWithEachProgress) {
  Watchdog dog(1s);
  std::chrono::nanoseconds cpu{};
  for (std::uint64_t call = 1; call < 1000; ++call) {
    cpu += 900ms;
    EXPECT_FALSE(dog.hung(call, cpu, 900ms));
  }
  EXPECT_TRUE(dog.hung(999, cpu + 1s, 1s));
}

TEST(Watchdog, TakesAPauseOfThisProcessForAShortStep) {
  Watchdog dog(1s);
  EXPECT_FALSE(dog.hung(1, 0s, 1s));
  EXPECT_FALSE(dog.hung(1, 0s, 24h));
}

TEST(Watchdog, KnowsTheCpuTimeItStartedWith) {
  Watchdog dog(1s, 5s);
  EXPECT_FALSE(dog.hung(0, 5s + 500ms, 50ms));
  EXPECT_TRUE(dog.hung(0, 6s, 50ms));
}

}  // namespace
}  // namespace napier
