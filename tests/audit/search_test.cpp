// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The search finds what sampling walks past, and asks the same points whoever shares the work.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "audit/campaign.hpp"
#include "audit/effort.hpp"
#include "audit/trial/rows.hpp"
#include "lib/target/catalogue.hpp"
#include "reports/store/json.hpp"

namespace napier {
namespace {

/// A tenth of an ulp too much at the middle of a stretch of arguments, and less around it: with the
/// last rounding's half the largest error is 0.6, for the few arguments where all comes together.
double with_bump(long double t, double away_from_the_middle) {
  if (!(std::abs(away_from_the_middle) < 1) || !std::isfinite(t) || t == 0)
    return static_cast<double>(t);
  const long double share = 0.1L * (1 - away_from_the_middle * away_from_the_middle);
  return static_cast<double>(t + std::ldexp(share, std::ilogb(t) - 52));
}
double bumpy(double x) { return with_bump(std::exp(static_cast<long double>(x)), (x - 3) * 16); }
double bumpy_pow(double x, double y) {
  const double away = x > 1.25 && x < 1.75 ? (y - 5) * 2 : 1;
  return with_bump(std::pow(static_cast<long double>(x), static_cast<long double>(y)), away);
}

/// Four rounding errors, each periodic in the argument and up to a tenth of an ulp, before the
/// last: where all are near their largest, an argument in some million, errors come near 0.9.
double jagged(double x) {
  const long double t = std::exp(static_cast<long double>(x));
  if (!std::isfinite(static_cast<double>(t)) || t == 0) return static_cast<double>(t);
  const auto n =
      static_cast<long double>(std::bit_cast<std::uint64_t>(x) % (std::uint64_t(1) << 40));
  long double sum = 0;
  for (const long double slope : {0.6180339887L, 0.4142135623L, 0.7320508075L, 0.2360679774L})
    sum += 0.1L * (2 * (n * slope - std::floor(n * slope)) - 1);
  return static_cast<double>(t + std::ldexp(sum, std::ilogb(t) - 52));
}

template <class Function>
Candidate candidate(const char* like, Function* function, const char* max_ulp) {
  Candidate made{*catalogue().find(like), "", {}};
  made.target.name = "bumpy";
  made.target.open = [function] { return direct_caller(function); };
  made.target.claim = {};
  made.target.claim.max_ulp = parse_limit(max_ulp, binary64);
  return made;
}

TargetResult audited(const Candidate& candidate, std::uint64_t seed) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy"};
  options.seed = {seed};
  return run_campaign({candidate}, options).targets.front();
}

/// … with at least so many of three seeds.
void expect_found_by_the_search_alone(const Candidate& candidate, double claimed, int at_least) {
  const Property& accuracy = *find_property("accuracy", candidate.target);
  const std::uint64_t calls = budget(accuracy, candidate.target, Effort::quick) / part_of_a_search;
  int found = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const TargetResult result = audited(candidate, seed);
    ASSERT_EQ(result.measurements.size(), 2U);
    const auto& [sampled, searched] = std::tie(result.measurements[0], result.measurements[1]);
    EXPECT_EQ(sampled.strength, Strength::sampled);
    EXPECT_EQ(searched.strength, Strength::searched);
    EXPECT_EQ(searched.domain, searched_text);
    EXPECT_LT(sampled.max_ulp.hi.value, claimed);
    EXPECT_GT(searched.cases, calls / 2);
    EXPECT_LE(searched.cases, calls);
    if (searched.max_ulp.lo.value <= claimed) continue;
    ++found;
    EXPECT_EQ(result.verdict, TargetVerdict::refuted);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings.front().worst.ulp.hi.value, searched.max_ulp.hi.value);
  }
  EXPECT_GE(found, at_least);
}

TEST(Search, FindsTheTopOfWhatSamplingSeesTheSlopesOf) {
  expect_found_by_the_search_alone(candidate("libm/exp:binary64", &bumpy, "0.599"), 0.599, 3);
}

TEST(Search, AimsAtErrorsBeyondTheLargest) {
  // Of ten thousand arguments at the top of the bump one has such an error.
  const Candidate bump = candidate("libm/exp:binary64", &bumpy, "0.5999");
  expect_found_by_the_search_alone(bump, 0.5999, 3);
}

TEST(Search, FindsWhereManyRoundingErrorsAddUp) {
  Candidate jags = candidate("libm/exp:binary64", &jagged, "0.885");
  jags.target.claim.domain.x = {1, 700};  // below 1 the wider expl is 1 and no longer below it
  expect_found_by_the_search_alone(jags, 0.885, 3);
}

TEST(Search, FindsItInTwoArguments) {
  Candidate power = candidate("libm/pow:binary64", &bumpy_pow, "0.599");
  power.target.claim.domain.x = {1, 2};  // the wider powl itself is wrong at -inf
  expect_found_by_the_search_alone(power, 0.599, 1);
}

TEST(Search, AsksTheSamePointsForAnyNumberOfThreads) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy"};
  std::vector<std::string> digests;
  for (const int threads : {1, 2, 5}) {
    options.threads = threads;
    digests.push_back(digest(run_campaign({{*catalogue().find("libm/exp:binary64"), "", {}},
                                           {*catalogue().find("libm/pow:binary64"), "", {}},
                                           {*catalogue().find("libm/exp:binary80"), "", {}},
                                           {*catalogue().find("libm/exp:binary128"), "", {}}},
                                          options)));
  }
  EXPECT_THAT(digests, testing::Each(digests.front()));
}

TEST(Search, HasNoLargestErrorWhereAllAreTiny) {
  Candidate saturated{*catalogue().find("libm/exp:binary64"), "", {}};
  saturated.target.claim.domain.x = {-2000, -1000};
  const TargetResult result = audited(saturated, 1);
  EXPECT_EQ(result.verdict, TargetVerdict::stands);
  ASSERT_EQ(result.measurements.size(), 2U);
  EXPECT_FALSE(result.measurements[0].at.empty());
  EXPECT_TRUE(result.measurements[1].at.empty());
}

TEST(Search, KeepsToTheDomainOfTheClaim) {
  Candidate limited = candidate("libm/exp:binary64", &bumpy, "0.55");
  limited.target.claim.domain.x = {-10, 2.5};
  const TargetResult result = audited(limited, 1);
  EXPECT_EQ(result.verdict, TargetVerdict::stands);
  ASSERT_EQ(result.measurements.size(), 2U);
  EXPECT_LT(result.measurements[1].max_ulp.hi.value, 0.51);
}

}  // namespace
}  // namespace napier
