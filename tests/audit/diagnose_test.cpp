// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is said of why a target is wrong, of targets that are wrong in a known way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <set>

#include <fmt/format.h>

#include "audit/campaign.hpp"
#include "audit/profile/diagnose.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/audit/sabotage_key.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

TargetResult tried(const Target& target, bool all_modes) {
  CampaignOptions options;
  options.cases = 6'000;
  options.threads = 1;
  options.properties = {"accuracy", "special_values", "overflow"};
  if (all_modes) options.roundings = {all_roundings.begin(), all_roundings.end()};
  return run_campaign({{target, "", {}}}, options).targets.front();
}

const Sabotaged* done_to(std::string_view mutant) {
  const auto found = std::ranges::find(sabotage_key(), mutant, &Sabotaged::mutant);
  return found == sabotage_key().end() ? nullptr : &*found;
}

TEST(Diagnose, NamesWhatWasDoneToFourMutantsInFiveAndNothingElse) {
  std::size_t known = 0, named = 0, nameless = 0;
  for (const mutants::Mutant& mutant : mutants::all()) {
    const TargetResult result = tried(mutant.target, mutant.all_modes);
    if (result.diagnoses.empty()) continue;  // not refuted by its values: its finding says why
    const Diagnosis& told = result.diagnoses.front();
    EXPECT_FALSE(told.evidence.empty()) << mutant.name;
    const Sabotaged* sabotaged = done_to(mutant.name);
    const bool has_name = sabotaged != nullptr && !sabotaged->done.contains(Sabotage::nameless);
    ++(has_name ? known : nameless);
    if (told.cause == no_pattern) {
      if (has_name) std::cout << fmt::format("not named: {}, {}\n", mutant.name, mutant.sin);
      continue;
    }
    const bool is_right = has_name && std::ranges::any_of(sabotaged->done, [&](Sabotage done) {
                            return is_name_of(told.cause, done);
                          });
    named += is_right ? 1 : 0;
    EXPECT_TRUE(is_right) << mutant.name << " (" << mutant.sin << ") is said to be: " << told.cause
                          << ", " << told.evidence;
  }
  std::cout << fmt::format(
      "by the key of what was done to the mutants {} of {} are named rightly, {:.3g} %; of "
      "{} others, which have no name, nothing is said\n",
      named, known, 100.0 * static_cast<double>(named) / static_cast<double>(known), nameless);
  EXPECT_GT(known, 110u);
  EXPECT_GE(5 * named, 4 * known);
}

TEST(Diagnose, HasAKeyForMutantsThatThereAreAndOnceForEach) {
  std::set<std::string_view> names;
  for (const mutants::Mutant& mutant : mutants::all()) names.insert(mutant.name);
  std::set<std::string_view> keyed;
  for (const Sabotaged& one : sabotage_key()) {
    EXPECT_TRUE(names.contains(one.mutant)) << one.mutant;
    EXPECT_TRUE(keyed.insert(one.mutant).second) << one.mutant;
    EXPECT_FALSE(one.done.empty()) << one.mutant;
  }
}

/// What is said of code that is given as exp.
Diagnosis told_of(double (*code)(double), std::string_view claim = "ulp <= 1") {
  Target target;
  target.name = "test/exp:binary64";
  target.function = &functions::exp;
  target.format = &binary64;
  target.claim = parse_claim(claim, functions::exp, binary64);
  target.open = [code] { return direct_caller(ScalarFunction(Unary<double>(code))); };
  const TargetResult result = tried(target, false);
  return result.diagnoses.empty() ? Diagnosis{} : result.diagnoses.front();
}

TEST(Diagnose, NamesAnotherFunctionThatWasGivenAsThis) {
  const Diagnosis told = told_of([](double x) { return std::exp2(x); });
  EXPECT_EQ("another function", told.cause);
  EXPECT_THAT(told.evidence, testing::HasSubstr("exp2 = 2^x"));
  EXPECT_THAT(told_of([](double x) { return std::expm1(x); }).evidence,
              testing::HasSubstr("expm1 = e^x - 1"));
}

/// A law has arguments of its own, and a function of one has one.
TEST(Diagnose, NamesTheCallOfALawAndNotItsArguments) {
  const auto two_at_zero = [](double x) { return x == 0 ? 2 : std::exp(x); };
  Target target;
  target.name = "test/exp:binary64";
  target.function = &functions::exp;
  target.format = &binary64;
  target.claim = parse_claim("ulp <= 1", functions::exp, binary64);
  target.open = [=] { return direct_caller(ScalarFunction(Unary<double>(+two_at_zero))); };
  CampaignOptions options;
  options.cases = 6'000;
  options.threads = 1;
  options.properties = {"product", "accuracy"};
  const TargetResult result = run_campaign({{target, "", {}}}, options).targets.front();
  ASSERT_FALSE(result.diagnoses.empty());
  EXPECT_EQ(result.diagnoses.front().cause, "a special value");
  EXPECT_THAT(result.diagnoses.front().evidence,
              testing::AllOf(testing::HasSubstr("got 2 "), testing::Not(testing::HasSubstr("("))));
}

TEST(Diagnose, SaysOfAStrangerThatItIsNowhereNear) {
  EXPECT_EQ("nowhere near its function", told_of([](double x) { return std::sin(x); }).cause);
  EXPECT_EQ("nowhere near its function", told_of([](double) { return 0.0; }).cause);
}

TEST(Diagnose, KnowsAFactorBehindTwoRoundings) {
  const Diagnosis told = told_of([](double x) { return std::exp(x) * (1 + 4e-16); });
  EXPECT_EQ("a constant factor", told.cause);
  EXPECT_THAT(told.evidence, testing::HasSubstr("1 + 4.441e-16"));
}

/// 2^k times what is made of the rest of x.
template <class Rest>
double by_reduction(double x, Rest rest) {
  if (!(std::abs(x) < 700)) return std::exp(x);
  const double k = std::nearbyint(x * std::numbers::log2e);
  const double r = static_cast<double>(
      static_cast<long double>(x) - static_cast<long double>(k) * std::numbers::ln2_v<long double>);
  return std::ldexp(rest(r), static_cast<int>(k));
}

TEST(Diagnose, KnowsWhatRepeatsWithEveryPowerOfTwo) {
  const auto short_series = [](double x) {
    return by_reduction(x, [](double r) {
      double sum = 1;
      for (int n = 9; n > 0; --n) sum = 1 + r / n * sum;
      return sum;
    });
  };
  const auto straight_lines = [](double x) {
    return by_reduction(x, [](double r) {
      const double from = std::floor(r * 8) / 8, to = from + 0.125;
      return std::exp(from) + (r - from) * 8 * (std::exp(to) - std::exp(from));
    });
  };
  for (double (*const code)(double) : {+short_series, +straight_lines}) {
    const Diagnosis told = told_of(code);
    EXPECT_EQ("the polynomial, its interval or its table", told.cause) << told.evidence;
    EXPECT_THAT(told.evidence, testing::HasSubstr(" binades the place between two powers of 2"));
  }
}

TEST(Diagnose, KnowsThatNoResultKeepsARelativeBoundWhereResultsUnderflow) {
  const auto right = [](double x) {
    return static_cast<double>(std::exp(static_cast<long double>(x)));
  };
  EXPECT_EQ("results underflow", told_of(+right, "rel <= 1e-15").cause);
}

TEST(Diagnose, CountsACallOnce) {
  const Diagnosis told = told_of([](double x) {
    return x == 1 ? 2.75 : static_cast<double>(std::exp(static_cast<long double>(x)));
  });
  EXPECT_EQ("single arguments", told.cause);
  EXPECT_THAT(told.evidence, testing::StartsWith("1 of "));
}

TEST(Diagnose, SaysNothingOfWhoStandsAndProfilesHim) {
  const Target* target = catalogue().find("shipped/tang/exp:binary64");
  ASSERT_NE(nullptr, target);
  const TargetResult result = tried(*target, false);
  EXPECT_TRUE(result.diagnoses.empty());
  ASSERT_TRUE(result.profile.has_value());
  const Profile& profile = *result.profile;
  EXPECT_EQ(profile.ends.size(), profile.parts.size() + 1);
  EXPECT_GT(profile.all.cases, 500u);
  std::uint64_t cases = 0;
  for (const ErrorFigures& part : profile.parts) {
    cases += part.cases;
    if (part.cases == 0) continue;
    EXPECT_LE(part.least, part.mean);
    EXPECT_LE(part.mean, part.most);
    EXPECT_GE(part.least, profile.all.least);
    EXPECT_LE(part.most, profile.all.most);
    EXPECT_LT(part.most, 0.6);  // it claims less
  }
  EXPECT_EQ(cases, profile.all.cases);
}

}  // namespace
}  // namespace napier
