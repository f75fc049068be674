// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/islands.hpp"

#include <gtest/gtest.h>

#include <set>

namespace napier {
namespace {

TEST(Islands, ShareAllCalls) {
  for (std::uint64_t calls = 1000; calls < std::uint64_t(1) << 40; calls += calls / 7) {
    const Islands islands(calls);
    EXPECT_EQ(islands.count() * islands.calls_of_each() + islands.calls_of_last(), calls);
    EXPECT_GE(islands.calls_of_last(), std::min(calls, Islands::usual_calls));
    if (islands.count() != 0) {
      EXPECT_GE(islands.calls_of_each(), Islands::usual_calls);
    }
  }
}

/// Of as many calls, many small searches find less than one.
TEST(Islands, AreNoneWhereTheSearchIsSmall) {
  for (const std::uint64_t calls : {std::uint64_t{0}, std::uint64_t{1000}, Islands::usual_calls,
                                    2 * Islands::usual_calls - 1}) {
    EXPECT_EQ(Islands(calls).count(), 0U);
    EXPECT_EQ(Islands(calls).calls_of_last(), calls);
  }
  EXPECT_EQ(Islands(2 * Islands::usual_calls).count(), 1U);
}

/// Shards wait for each other before the last search begins: it is a small part of a large one.
TEST(Islands, LeaveLittleToTheLastSearch) {
  for (std::uint64_t calls = std::uint64_t(1) << 29; calls < std::uint64_t(1) << 40; calls *= 2)
    EXPECT_LE(Islands(calls).calls_of_last(), calls / 28);
}

TEST(Islands, DrawOtherPoints) {
  std::set<std::uint64_t> seeds{1, 2};
  for (std::uint64_t island = 0; island < 1024; ++island)
    for (const std::uint64_t seed : {1U, 2U})
      EXPECT_TRUE(seeds.insert(Islands::seed_of(island, {seed}).value).second);
}

}  // namespace
}  // namespace napier
