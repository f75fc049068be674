// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Blocks of calls: the same bits in a child as in this process, and a death leaves no trace.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;

std::vector<std::uint64_t> encodings(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  bits.reserve(values.size());
  for (const double value : values)
    bits.push_back(static_cast<std::uint64_t>(from_native(value).bits));
  return bits;
}

const std::vector<double> some{0.0, -0.0, 0.5, -745, 709, 710, -1e300, INFINITY, -INFINITY, NAN};

TEST(IsolatedBlock, HasTheBitsOfTheSameBlockInThisProcess) {
  const auto isolated = open("good_exp");
  const auto direct = direct_caller(Unary<double>(::exp));
  const auto x = encodings(some);
  for (const Rounding rounding : all_roundings) {
    std::vector<std::uint64_t> ours(x.size()), theirs(x.size());
    ASSERT_TRUE(direct->call_block(rounding, {x, {}, ours}));
    const auto effects = isolated->call_block(rounding, {x, {}, theirs});
    ASSERT_TRUE(effects);
    EXPECT_TRUE(effects->control_kept);
    EXPECT_FALSE(effects->errno_zeroed);
    EXPECT_EQ(ours, theirs);
  }
}

TEST(IsolatedBlock, PassesTwoArgumentsInTheirOrder) {
  const auto isolated = open("good_pow", "behaviours", binary64, 2);
  const auto x = encodings({2, 3}), y = encodings({3, 2});
  std::vector<std::uint64_t> results(2);
  ASSERT_TRUE(isolated->call_block(Rounding::nearest, {x, y, results}));
  EXPECT_EQ(results, encodings({8, 9}));
}

TEST(IsolatedBlock, TellsWhatACallDidToItsSurroundings) {
  const auto x = encodings({1, 2, 3});
  std::vector<std::uint64_t> results(x.size());
  const auto changes_mode = open("round_upward")->call_block(Rounding::nearest, {x, {}, results});
  ASSERT_TRUE(changes_mode);
  EXPECT_FALSE(changes_mode->control_kept);
  const auto resets = open("reset_errno")->call_block(Rounding::nearest, {x, {}, results});
  ASSERT_TRUE(resets);
  EXPECT_TRUE(resets->errno_zeroed);
}

TEST(IsolatedBlock, ThatDidNotReturnIsAskedForCallByCall) {
  const auto caller = open("crash_above_three");
  const auto x = encodings({1, 2, 4, 2});
  std::vector<std::uint64_t> results(x.size());
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  EXPECT_EQ(caller->deaths(), 0);  // it is met again, and counted then
  const auto answers =
      answers_of(*caller, {1.0, 2.0, 4.0, 2.0}, Observe::values, Rounding::nearest);
  EXPECT_EQ(answers[1].ending, Ending::returned);
  EXPECT_EQ(answers[2].ending, Ending::crashed);
  EXPECT_EQ(answers[3].ending, Ending::returned);
  EXPECT_EQ(caller->deaths(), 1);
}

}  // namespace
}  // namespace napier
