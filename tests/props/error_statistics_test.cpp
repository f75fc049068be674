// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Sums over all errors of a 16-bit format: those of the definition, in blocks and one by one, and
// what they say of claims.
#include "props/checks/error_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "lib/fp/native.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/props/sixteen_bits.hpp"

namespace napier {
namespace {

using namespace testing_support;
using State = StatisticFigure::State;

/// An ulp too much at every 7th encoding.
Target sloppy(const Function& function, const Format& format, const char* sentence,
              bool in_blocks = true) {
  const auto results = std::make_shared<const Results>(
      results_of(function, format, [](const Call& call, Float right) {
        return is_finite(right) && call.x.bits % 7 == 0 ? next_up(right) : right;
      }));
  return table_target(function, format, parse_claim(sentence, function, format), results,
                      in_blocks);
}

TEST(ErrorStatistics, AreTheSumsOfTheDefinition) {
  for (const Function* function : {&functions::exp, &functions::expm1, &functions::log}) {
    const Target target =
        sloppy(*function, binary16, "mean ulp <= 1; rms ulp <= 1; p99 ulp <= 0.5");
    long double sum = 0, squares = 0;
    std::uint64_t cases = 0, beyond = 0;
    const auto caller = target.open();
    for (Bits bits = 0; bits < 0x10000; ++bits) {
      const Call call{{bits, &binary16}, {}};
      TrueValue truth(*function, call);
      if (truth.is_nan()) continue;
      Answer answer;
      caller->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
      const double error = truth.error(answer.value, Rounding::nearest).lo.value;
      sum += error, squares += error * error, ++cases;
      beyond += error > 0.5 ? 1 : 0;
    }
    const ErrorSums sums = accuracy_everywhere(target).sums;
    EXPECT_EQ(sums.cases(), cases) << function->name;
    EXPECT_EQ(sums.beyond(), beyond);
    EXPECT_EQ(sums.open(), 0U);
    const double mean = static_cast<double>(sum / cases);
    EXPECT_LE(sums.mean().lo, mean);
    EXPECT_GE(sums.mean().hi, mean);
    EXPECT_LT(sums.mean().hi - sums.mean().lo, 0x1.1p-16);
    const double root = static_cast<double>(std::sqrt(squares / cases));
    EXPECT_LE(sums.root_mean_square().lo, root);
    EXPECT_GE(sums.root_mean_square().hi, root);
  }
}

/// Results that stay at the largest finite number where the power is far beyond it.
TEST(ErrorStatistics, FarBeyondEveryNumberTooTheyAreThoseOfTheDefinition) {
  for (const Function* function : {&functions::exp, &functions::exp10, &functions::exp2m1})
    for (const bool blocks : {true, false}) {
      const Claim claim =
          parse_claim("mean ulp <= 1; rms ulp <= 1; p99 ulp <= 8000", *function, binary16);
      const auto results = std::make_shared<const Results>(
          results_of(*function, binary16, [](const Call&, Float right) {
            return is_finite(right) || is_negative(right) || is_nan(right) ? right
                                                                           : max_finite(binary16);
          }));
      const ErrorSums sums =
          accuracy_everywhere(table_target(*function, binary16, claim, results, blocks)).sums;
      long double sum = 0;
      std::uint64_t cases = 0, beyond = 0;
      for (Bits bits = 0; bits < 0x10000; ++bits) {
        const Call call{{bits, &binary16}, {}};
        TrueValue truth(*function, call);
        if (truth.is_nan()) continue;
        const auto right = truth.rounded(binary16, Rounding::nearest).value();
        const Float y = is_finite(right) || is_negative(right) ? right : max_finite(binary16);
        const double error = truth.error(y, Rounding::nearest).hi.value;
        constexpr double most = 1 << 30;
        sum += std::min(error, most);
        beyond += error > 8000 ? 1 : 0;
        ++cases;
      }
      EXPECT_EQ(sums.cases(), cases) << function->name << blocks;
      EXPECT_EQ(sums.beyond(), beyond) << function->name << blocks;
      EXPECT_GT(beyond, 1000U);
      EXPECT_LE(sums.mean().lo, static_cast<double>(sum / cases)) << function->name << blocks;
      EXPECT_GT(sums.mean().lo, 0.99 * static_cast<double>(sum / cases)) << function->name;
    }
}

TEST(ErrorStatistics, AreTheSameOneByOneAndInAnyOrder) {
  const char* sentence = "mean ulp <= 1; p99 ulp <= 0.75";
  const ErrorSums blocks = accuracy_everywhere(sloppy(functions::exp2, bfloat16, sentence)).sums;
  const ErrorSums single =
      accuracy_everywhere(sloppy(functions::exp2, bfloat16, sentence, false)).sums;
  EXPECT_EQ(blocks.cases(), single.cases());
  EXPECT_EQ(blocks.mean().lo, single.mean().lo);
  EXPECT_EQ(blocks.root_mean_square().hi, single.root_mean_square().hi);
  EXPECT_EQ(blocks.beyond(), single.beyond());
  ErrorSums a, b, ab, ba;
  a.add(3, 5), a.add(ErrorSums::farthest), b.add(7);
  ab = a, ab.merge(b), ba = b, ba.merge(a);
  EXPECT_EQ(ab.mean().lo, ba.mean().lo);
  EXPECT_TRUE(std::isinf(ab.mean().hi)) << "an error counted as less than it is";
}

State state_of(const Target& target, Strength strength) {
  const Subject subject(target, Rounding::nearest);
  return statistics_of(subject, accuracy_everywhere(target), strength).at(0).state;
}

TEST(ErrorStatistics, JudgeWhatIsClaimedWhereEveryArgumentWasAsked) {
  const auto judged = [](const char* sentence) {
    return state_of(sloppy(functions::exp, binary16, sentence), Strength::exhaustive);
  };
  EXPECT_EQ(judged("mean ulp <= 0.5"), State::kept);
  EXPECT_EQ(judged("mean ulp <= 0.05"), State::broken);
  EXPECT_EQ(judged("rms ulp <= 0.6"), State::kept);
  EXPECT_EQ(judged("rms ulp <= 0.1"), State::broken);
  EXPECT_EQ(judged("p99 ulp <= 2"), State::kept);
  EXPECT_EQ(judged("p99 ulp <= 0.5"), State::broken);
  EXPECT_EQ(judged("within 0.5 ulp >= 85 %"), State::kept);
  EXPECT_EQ(judged("within 0.5 ulp >= 90 %"), State::broken);
  EXPECT_EQ(judged("within 2 ulp >= 99 %"), State::kept);
  EXPECT_EQ(judged("within 2 ulp >= 99.99 %"), State::broken);  // below a power of 2 an ulp is half
  EXPECT_EQ(judged("match >= 85 %"), State::kept);
  EXPECT_EQ(judged("match >= 99 %"), State::broken);
  EXPECT_EQ(judged("correctly rounded >= 85 %"), State::kept);
  EXPECT_EQ(judged("correctly rounded >= 99 %"), State::broken);
  EXPECT_EQ(state_of(sloppy(functions::exp, binary16, "mean ulp <= 0.05"), Strength::sampled),
            State::measured);
}

TEST(ErrorStatistics, CountTheClaimsDomainAlone) {
  for (const bool blocks : {true, false}) {
    const Target target = sloppy(functions::exp, binary16, "mean ulp <= 1 on [1, 2]", blocks);
    EXPECT_EQ(accuracy_everywhere(target).sums.cases(), 1025U);
  }
}

}  // namespace
}  // namespace napier
