// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Powers of one exponent: every base of a domain is asked.
#include <gtest/gtest.h>

#include <bit>

#include "lib/fp/native.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// Squares, which the hardware rounds right, but for one base.
class Squares final : public Caller {
 public:
  explicit Squares(std::optional<double> wrong) : wrong_(wrong) {}
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {};
      answers[i].error_number = errno_before;
      answers[i].value = from_native(square(to_native<double>(calls[i].x)));
    }
  }
  std::optional<BlockEffects> call_block(Rounding, const CallBlock& block) override {
    for (std::size_t i = 0; i < block.results.size(); ++i)
      block.results[i] = std::bit_cast<std::uint64_t>(square(std::bit_cast<double>(block.x[i])));
    return BlockEffects{};
  }

 private:
  double square(double x) const { return x == wrong_ ? std::nextafter(x * x, 0.0) : x * x; }
  std::optional<double> wrong_;
};

Tally judged(const Range& bases, std::optional<double> wrong) {
  Claim claim = claim_correctly_rounded();
  claim.domain = {bases, {2, 2}};
  const Target target = correctly_rounded_target(functions::pow, binary64, claim);
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = *find_property("accuracy", target);
  const auto every = accuracy.where.every_point(subject);
  if (!every) return {};
  Squares squares(wrong);
  return judge_portion(accuracy, subject, *every, Seed{}, {0, 0, every->strata[0].size},
                       {&squares, nullptr});
}

constexpr double little = 0x1p-40;

TEST(OneExponent, IsAskedOfEveryBase) {
  const Tally tally = judged({1, 1 + little}, {});
  EXPECT_EQ((1U << 12) + 1, tally.cases);
  EXPECT_EQ(0U, tally.refuted + tally.undecided_cap + tally.undecided_no_answer);
}

TEST(OneExponent, ShowsTheOneBaseThatIsWrong) {
  for (const double sign : {1.0, -1.0}) {
    const double wrong = sign * (1 + 0x1.1p-42);
    const Tally tally = judged(sign > 0 ? Range{1, 1 + little} : Range{-1 - little, -1}, wrong);
    EXPECT_EQ(1U, tally.refuted) << sign;
    ASSERT_TRUE(tally.first_refuted) << sign;
    EXPECT_EQ(from_native(wrong), tally.first_refuted->point.args[0]);
    EXPECT_EQ(from_native(2.0), tally.first_refuted->point.args[1]);
  }
}

TEST(OneExponent, OfANarrowFormatHasEveryBaseThereIs) {
  Claim claim;
  claim.domain = {{1, 2}, {2, 2}};
  const Target target = correctly_rounded_target(functions::pow, bfloat16, claim);
  const auto every = every_call(Subject(target, Rounding::nearest));
  ASSERT_TRUE(every);
  ASSERT_EQ(1U << 16, every->strata[0].size);
  for (std::uint64_t i = 0; i < every->strata[0].size; i += 777) {
    const auto point = every->at(Seed{}, {0, 0, i});
    ASSERT_TRUE(point);
    EXPECT_EQ(i, static_cast<std::uint64_t>(point->args[0].bits));
    EXPECT_EQ(from_integer(bfloat16, 2), point->args[1]);
  }
}

TEST(OneExponent, OfAWideFormatHasTheBasesOfItsDomain) {
  Claim claim;
  claim.domain = {{1, 1 + little}, {2, 2}};
  const Target target = correctly_rounded_target(functions::pow, binary64, claim);
  const auto every = every_covered_call(Subject(target, Rounding::nearest));
  ASSERT_TRUE(every);
  const Stratum& all = every->strata[0];
  EXPECT_EQ((std::uint64_t(1) << 12) + 1, all.size);
  for (const std::uint64_t i : {std::uint64_t(0), std::uint64_t(1), all.size - 1}) {
    const auto point = every->at(Seed{}, {0, 0, i});
    ASSERT_TRUE(point);
    EXPECT_EQ(from_native(1 + static_cast<double>(i) * 0x1p-52), point->args[0]);
    EXPECT_EQ(from_native(2.0), point->args[1]);
  }
  claim.domain.y = {2, 3};
  const Target wide = correctly_rounded_target(functions::pow, binary64, claim);
  EXPECT_FALSE(every_covered_call(Subject(wide, Rounding::nearest)));
}

}  // namespace
}  // namespace napier
