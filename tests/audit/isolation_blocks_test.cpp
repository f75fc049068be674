// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Blocks of calls: the same bits in a child as in this process, and a death leaves no trace.
#include <gtest/gtest.h>

#include <algorithm>
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

TEST(IsolatedBlock, MayBeBegunBeforeItIsAskedFor) {
  const auto isolated = open("good_exp");
  const auto direct = direct_caller(Unary<double>(::exp));
  // Two calls: of a process that looks slow, on a busy machine, larger blocks are not made at once.
  const auto x = encodings({710, 0.5}), others = encodings({3, 2});
  std::vector<std::uint64_t> begun(x.size()), ours(x.size()), theirs(x.size());
  const auto expect_right = [&](Rounding rounding, const std::vector<std::uint64_t>& arguments) {
    ASSERT_TRUE(direct->call_block(rounding, {arguments, {}, ours}));
    ASSERT_TRUE(isolated->call_block(rounding, {arguments, {}, theirs}));
    EXPECT_EQ(ours, theirs);
  };
  const auto begin = [&] { isolated->begin_block(Rounding::up, {x, {}, begun}); };
  for (int time = 0; time < 2; ++time) {
    begin();
    expect_right(Rounding::up, x);
    begin();
    expect_right(Rounding::up, others);
    begin();
    expect_right(Rounding::down, x);
    begin();
    EXPECT_EQ(answers_of(*isolated, {1.0}, Observe::values, Rounding::nearest)[0].value,
              from_native(std::exp(1.0)));
    expect_right(Rounding::up, x);  // the one begun before
    begin();
    begin();
  }
  std::vector<std::uint8_t> our_signals(x.size()), their_signals(x.size());
  ASSERT_TRUE(direct->call_block(Rounding::up, {x, {}, ours, our_signals}));
  ASSERT_TRUE(isolated->call_block(Rounding::up, {x, {}, theirs, their_signals}));
  EXPECT_EQ(our_signals, their_signals);
  EXPECT_TRUE(std::ranges::any_of(our_signals, [](auto seen) { return seen != 0; }));
}

TEST(IsolatedBlock, MayBeMadeTwice) {
  const auto x = encodings({710, 0.5, -745, 2}), y = encodings({1, 2, 3, 4});
  const auto exp = direct_caller(Unary<double>(::exp)), pow = direct_caller(Binary<double>(::pow));
  const auto isolated_exp = open("good_exp");
  const auto isolated_pow = open("good_pow", "behaviours", binary64, 2);
  const auto expect_same = [&](Caller& direct, Caller& isolated, const auto& second) {
    for (const bool backwards : {false, true})
      for (const std::size_t again : {std::size_t{1}, std::size_t{3}, x.size()}) {
        std::vector<std::uint64_t> ours(x.size()), theirs(x.size()), ours_again(again),
            theirs_again(again);
        isolated.begin_block(Rounding::up, {x, second, theirs}, {theirs_again, backwards});
        ASSERT_TRUE(
            direct.call_block_twice(Rounding::up, {x, second, ours}, {ours_again, backwards}));
        ASSERT_TRUE(isolated.call_block_twice(Rounding::up, {x, second, theirs},
                                              {theirs_again, backwards}));
        EXPECT_EQ(ours, theirs);
        EXPECT_EQ(ours_again, theirs_again);
        EXPECT_TRUE(std::ranges::equal(ours_again, std::span(ours).first(again)));
      }
  };
  expect_same(*exp, *isolated_exp, std::vector<std::uint64_t>());
  expect_same(*pow, *isolated_pow, y);
}

TEST(IsolatedBlock, SeveralMayBeBegunTogether) {
  const auto caller = open("good_exp");
  const std::vector<std::vector<std::uint64_t>> x{encodings({710, 0.5}), encodings({1}),
                                                  encodings({-3, 2, 4})};
  std::vector<std::vector<std::uint64_t>> results;
  std::vector<CallBlock> blocks;
  for (const auto& arguments : x) results.emplace_back(arguments.size());
  for (std::size_t i = 0; i < x.size(); ++i) blocks.push_back({x[i], {}, results[i]});
  const auto expect_right = [&](std::size_t i) {
    std::vector<std::uint64_t> right(x[i].size());
    direct_caller(Unary<double>(::exp))->call_block(Rounding::up, {x[i], {}, right});
    ASSERT_TRUE(caller->call_block(Rounding::up, blocks[i]));
    EXPECT_EQ(results[i], right);
    std::ranges::fill(results[i], 0);
  };
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2}, {0, 2, 1}, {1, 1, 1}, {0, 0, 1, 2}, {2}}) {
    caller->begin_blocks(Rounding::up, blocks);
    for (const std::size_t i : order) expect_right(i);
  }
  caller->begin_blocks(Rounding::up, {});
  expect_right(1);
}

TEST(IsolatedBlock, OfSeveralThatDidNotReturnOneIsToBlame) {
  const auto caller = open("crash_above_three");
  const auto good = encodings({1, 2}), bad = encodings({1, 4});
  std::vector<std::uint64_t> first(2), second(2), third(2);
  const std::vector<CallBlock> blocks{{good, {}, first}, {bad, {}, second}, {good, {}, third}};
  caller->begin_blocks(Rounding::nearest, blocks);
  EXPECT_TRUE(caller->call_block(Rounding::nearest, blocks[0]));
  EXPECT_FALSE(caller->call_block(Rounding::nearest, blocks[1]));
  EXPECT_TRUE(caller->call_block(Rounding::nearest, blocks[2]));
  EXPECT_EQ(first, good);  // it returns its argument
  EXPECT_EQ(caller->deaths(), 0);
}

TEST(IsolatedBlock, ThatWasBegunAndDidNotReturnIsAskedForCallByCall) {
  const auto caller = open("crash_above_three");
  const auto x = encodings({1, 2, 4, 2});
  std::vector<std::uint64_t> results(x.size());
  caller->begin_block(Rounding::nearest, {x, {}, results});
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  EXPECT_EQ(caller->deaths(), 0);
  caller->begin_block(Rounding::nearest, {x, {}, results});
  EXPECT_EQ(answers_of(*caller, {4.0})[0].ending, Ending::crashed);
  EXPECT_EQ(caller->deaths(), 1);
}

TEST(IsolatedBlock, ThatNobodyAskedForIsWaitedForByNobody) {
  const auto caller = open("spin_above_three");
  const auto x = encodings({1, 2, 4, 2});
  std::vector<std::uint64_t> results(x.size());
  caller->begin_block(Rounding::nearest, {x, {}, results});
  caller->settle();
  EXPECT_TRUE(caller->history().take_losses().empty());  // a hang that was waited for is told
  EXPECT_EQ(answers_of(*caller, {1.0})[0].value, from_native(1.0));
}

/// Whoever is interrupted while a block is under way that was begun ahead may be asked again: the
/// block is not waited for once more.
TEST(IsolatedBlock, ThatWasInterruptedIsNotWaitedForAgain) {
  StopFlag stop{false};
  Patience patience;
  patience.stuck = std::chrono::minutes(1);  // longer than what a stop allows
  patience.stop = &stop;
  const auto caller = open("spin_above_three", "behaviours", binary64, 1, patience);
  const auto x = encodings({1, 2, 4, 2}), others = encodings({1, 2});
  std::vector<std::uint64_t> results(x.size()), more(others.size());
  const std::vector<CallBlock> blocks{{x, {}, results}, {others, {}, more}};
  caller->begin_blocks(Rounding::nearest, blocks);
  stop = true;
  EXPECT_THROW(caller->call_block(Rounding::nearest, blocks[0]), Interrupted);
  for (int time = 0; time < 2; ++time) {
    EXPECT_THROW(caller->call_block(Rounding::nearest, blocks[0]), Interrupted);
    EXPECT_THROW(answers_of(*caller, {1.0}), Interrupted);
    EXPECT_THROW(caller->begin_blocks(Rounding::nearest, blocks), Interrupted);
  }
  caller->settle();
  EXPECT_TRUE(caller->history().take_losses().empty());
  EXPECT_EQ(caller->deaths(), 0);
}

/// A block is given less time than a call. That one took longer is no loss: each of its calls is
/// made again, and given its time.
TEST(IsolatedBlock, ThatIsSlowOnceIsNoFinding) {
  const auto caller = open("slow_at_call_3000", "hostile");
  (void)answers_of(*caller, std::vector<double>(2000, 2.0), Observe::values);
  const auto x = std::vector<std::uint64_t>(1024, encodings({2})[0]);
  std::vector<std::uint64_t> results(x.size());
  int made = 0;
  for (int block = 0; block < 4; ++block)
    made += caller->call_block(Rounding::nearest, {x, {}, results}) ? 1 : 0;
  EXPECT_LT(made, 4) << "one took longer than a block may";
  for (const Answer& answer : answers_of(*caller, std::vector<double>(1024, 2.0)))
    EXPECT_EQ(answer.ending, Ending::returned);
  caller->settle();
  EXPECT_TRUE(caller->history().take_losses().empty());
  EXPECT_EQ(caller->deaths(), 0);
}

}  // namespace
}  // namespace napier
