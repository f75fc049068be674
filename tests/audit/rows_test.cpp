// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/rows.hpp"

#include <gtest/gtest.h>

namespace napier {
namespace {

TargetVerdict verdict(Strength strength, std::uint64_t cases, std::uint64_t undecided) {
  TargetResult result;
  result.claim.special_values = true;
  Measurement m;
  m.judged = true;
  m.strength = strength;
  m.cases = cases;
  m.undecided_cap = undecided;
  result.measurements.push_back(m);
  return verdict_of(result);
}

TEST(Verdict, OneUndecidedCaseOfAnExhaustiveRunIsOneTooMany) {
  constexpr std::uint64_t all = std::uint64_t(1) << 32;
  EXPECT_EQ(verdict(Strength::exhaustive, all, 0), TargetVerdict::stands);
  EXPECT_EQ(verdict(Strength::exhaustive, all, 1), TargetVerdict::inconclusive);
}

TEST(Verdict, ASampledPropertyMayLeaveOneInAMillionUndecided) {
  EXPECT_EQ(verdict(Strength::sampled, 5'000'000, 5), TargetVerdict::stands);
  EXPECT_EQ(verdict(Strength::sampled, 5'000'000, 6), TargetVerdict::inconclusive);
  EXPECT_EQ(verdict(Strength::sampled, 0, 0), TargetVerdict::inconclusive) << "nothing decided";
}

}  // namespace
}  // namespace napier
