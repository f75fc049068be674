// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/largest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/fp/native.hpp"

namespace napier {
namespace {

using ::testing::ElementsAre;

Point at(double x) {
  Point point;
  point.push(from_native(x));
  return point;
}

UlpRange about(double ulps) { return {Ulp{ulps}, Ulp{ulps}}; }

/// Where the largest of all is; nowhere without one.
Point place(const LargestErrors& errors) {
  const auto& largest = errors.of_all();
  return largest ? largest->point : Point{};
}

std::vector<int> numbers(const LargestErrors& errors) {
  std::vector<int> all;
  for (const auto& [number, largest] : errors.binades()) all.push_back(number);
  return all;
}

TEST(LargestErrors, KeepsTheLargestOfEachBinadeAndOfAll) {
  LargestErrors errors;
  errors.offer(3, about(0.5), at(8));
  errors.offer(-2, about(2), at(-3));
  errors.offer(3, about(0.75), at(9));
  errors.offer(-2, about(1), at(-3.5));
  EXPECT_THAT(numbers(errors), ElementsAre(-2, 3));
  EXPECT_EQ(place(errors), at(-3));
  EXPECT_EQ(errors.of_binade(3)->point, at(9));
  EXPECT_EQ(errors.of_binade(-2)->point, at(-3));
  EXPECT_EQ(errors.of_binade(2), nullptr);
}

TEST(LargestErrors, OfEqualOnesTheFirstByItsBits) {
  LargestErrors errors;
  for (const double x : {3.0, 2.0, 4.0}) errors.offer(0, about(1), at(x));
  EXPECT_EQ(place(errors), at(2));
  EXPECT_EQ(errors.of_binade(0)->point, at(2));
}

TEST(LargestErrors, KeepsTinyOnesOfNoBinade) {
  LargestErrors errors;
  errors.offer(5, about(worth_keeping), at(1));
  EXPECT_EQ(errors.of_binade(5), nullptr);
  EXPECT_EQ(place(errors), at(1));
}

TEST(LargestErrors, LimitIsWhatHasToBeExceeded) {
  LargestErrors errors;
  EXPECT_EQ(errors.limit(0), Ulp{0});
  errors.offer(0, about(0.25), at(1));
  EXPECT_EQ(errors.limit(0), Ulp{0.25}) << "it may be the largest of all";
  errors.offer(-1, about(2), at(-1));
  EXPECT_EQ(errors.limit(-1), Ulp{2});
  for (const int other : {0, 1, -2, 100, -100}) EXPECT_EQ(errors.limit(other), Ulp{worth_asking});
  errors.offer(100, about(0.5), at(3));
  EXPECT_EQ(errors.limit(100), Ulp{0.5});
  EXPECT_EQ(errors.limit(-1), Ulp{2});
}

TEST(LargestErrors, WhatIsWithinTheLimitIsNotTheLargest) {
  LargestErrors errors;
  errors.offer(-1, {Ulp{2}, Ulp{3}}, at(-1));
  EXPECT_FALSE(errors.may_be_largest(-1, Ulp{1.5}, at(5)));
  EXPECT_TRUE(errors.may_be_largest(-1, Ulp{2}, at(5))) << "the known one is somewhere from 2 on";
  EXPECT_FALSE(errors.may_be_largest(0, Ulp{0.3}, at(5)));
  EXPECT_TRUE(errors.may_be_largest(0, Ulp{0.4}, at(5)));
}

TEST(LargestErrors, OnlyAnEarlierOneMayBeatAnInfiniteOne) {
  LargestErrors errors;
  errors.offer(0, {Ulp{0x1p1023}, infinite_ulp}, at(3));
  EXPECT_FALSE(errors.may_be_largest(0, infinite_ulp, at(5)));
  EXPECT_TRUE(errors.may_be_largest(0, infinite_ulp, at(2)));
  EXPECT_TRUE(errors.may_be_largest(7, infinite_ulp, at(5))) << "of its own binade";
  errors.offer(7, {Ulp{4}, Ulp{5}}, at(6));
  EXPECT_TRUE(errors.may_be_largest(7, infinite_ulp, at(8)));
}

/// What a filter tells of an error is at least its figure.
TEST(LargestErrors, OnlyAnEarlierOneMayBeatOneThatIsAsLarge) {
  LargestErrors errors;
  errors.offer(0, {Ulp{8}, Ulp{8.5}}, at(3));
  EXPECT_FALSE(errors.may_be_largest(0, Ulp{8.5}, at(5)));
  EXPECT_FALSE(errors.may_be_largest(0, Ulp{8.25}, at(5)));
  EXPECT_TRUE(errors.may_be_largest(0, Ulp{8.5}, at(2)));
  EXPECT_TRUE(errors.may_be_largest(0, Ulp{8.75}, at(5)));
  EXPECT_FALSE(errors.may_be_largest(0, Ulp{7}, at(2)));
}

TEST(LargestErrors, LargeOnesAlone) {
  LargestErrors errors = LargestErrors::large_ones();
  EXPECT_EQ(errors.limit(7), Ulp{worth_asking});
  EXPECT_FALSE(errors.may_be_largest(7, Ulp{0.25}, at(5)));
  EXPECT_TRUE(errors.may_be_largest(7, Ulp{0.4}, at(5)));
  errors.offer(7, about(0.25), at(1));
  EXPECT_FALSE(errors.of_all());
  errors.offer(7, about(0.5), at(2));
  EXPECT_EQ(place(errors), at(2));

  LargestErrors merged = LargestErrors::large_ones(), small;
  small.offer(1, about(0.25), at(1));
  merged.merge(small);
  EXPECT_FALSE(merged.of_all());
  merged.merge(errors);
  EXPECT_EQ(place(merged), at(2));
}

TEST(LargestErrors, MergingIsTheSameInAnyOrder) {
  LargestErrors a, b, c;
  a.offer(0, about(1), at(1));
  a.offer(-4, about(0.7), at(-5));
  b.offer(0, about(1), at(0.5));
  c.offer(-4, about(0.9), at(-6));
  c.offer(2, about(0.1), at(2));
  LargestErrors one = a, other = c;
  one.merge(b);
  one.merge(c);
  other.merge(b);
  other.merge(a);
  for (const LargestErrors* merged : {&one, &other}) {
    EXPECT_THAT(numbers(*merged), ElementsAre(-4, 0));
    EXPECT_EQ(place(*merged), at(0.5));
    EXPECT_EQ(merged->of_binade(-4)->point, at(-6));
    EXPECT_EQ(merged->limit(-4), Ulp{0.9});
    EXPECT_EQ(merged->limit(0), Ulp{1});
  }
}

}  // namespace
}  // namespace napier
