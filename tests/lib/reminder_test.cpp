// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/util/reminder.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace napier {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;

TEST(Reminder, CallsAgainAndAgainAndNotAfterItsEnd) {
  std::atomic<int> called = 0;
  {
    Reminder reminder(1ms, 2ms, [&called] { ++called; });
    while (called < 3) std::this_thread::yield();
  }
  const int before = called;
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(before, called);
}

TEST(Reminder, EndsAndBeginsAgainWithoutWaiting) {
  Reminder reminder(1h, 1h, [] { FAIL(); });
  for (int i = 0; i < 100; ++i) reminder.restart();
}

}  // namespace
}  // namespace napier
