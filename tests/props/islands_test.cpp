// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/islands.hpp"

#include <gtest/gtest.h>

#include <set>

namespace napier {
namespace {

TEST(Islands, ShareAllCalls) {
  for (std::uint64_t calls = 1000; calls < std::uint64_t(1) << 40; calls += calls / 7) {
    const Islands islands(calls);
    EXPECT_EQ(islands.count() * islands.calls_of_each() + islands.calls_of_approach(), calls);
    EXPECT_GE(islands.calls_of_each(), islands.count() == 1 ? calls / 2 : 1 << 16);
    EXPECT_GT(islands.calls_of_approach(), 0U);
  }
}

/// Shards wait for each other before the approach begins: it is a small part of a large search.
TEST(Islands, LeaveLittleToTheApproach) {
  for (std::uint64_t calls = 4'000'000; calls < std::uint64_t(1) << 40; calls *= 2)
    EXPECT_LT(Islands(calls).calls_of_approach(), calls / 28);
}

TEST(Islands, DrawOtherPoints) {
  std::set<std::uint64_t> seeds{1, 2};
  for (std::uint64_t island = 0; island < 1024; ++island)
    for (const std::uint64_t seed : {1U, 2U})
      EXPECT_TRUE(seeds.insert(Islands::seed_of(island, {seed}).value).second);
}

}  // namespace
}  // namespace napier
