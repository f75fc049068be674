// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Whoever errs at an argument is asked there for all that can be asked of a single call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cfenv>
#include <cmath>

#include "audit/campaign.hpp"
#include "audit/trial/rows.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/store/json.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using testing::Contains;
using testing::Field;
using testing::Not;

constexpr double peak = 3.1234567;

/// The search climbs to where no sample comes: the error grows to 1024 ulp from 1/16 away.
double peaked(double x) {
  const double y = std::exp(x), away = std::abs(x - peak);
  if (!std::isless(away, 1.0 / 16)) return y;  // quiet at NaNs
  return y + std::ldexp(std::rint(1024 * (1 - 16 * away)), std::ilogb(y) - 52);
}
bool is_at_the_peak(double x) { return std::isless(std::abs(x - peak), 0x1p-13); }
double loud(double x) {
  const double y = peaked(x);
  if (is_at_the_peak(x)) std::feraiseexcept(FE_OVERFLOW);
  return y;
}
double numbered(double x) {
  const double y = peaked(x);
  if (is_at_the_peak(x)) errno = EDOM;
  return y;
}
double cleared(double x) {
  const double y = peaked(x);
  if (is_at_the_peak(x)) errno = 0;
  return y;
}
double turned(double x) {
  const double y = peaked(x);
  if (is_at_the_peak(x)) std::fesetround(FE_UPWARD);
  return y;
}

Candidate candidate(double (*code)(double), const std::string& claim) {
  Candidate made{*catalogue().find("libm/exp:binary64"), "", {}};
  made.target.name = "peaked";
  made.target.open = [code] { return direct_caller(ScalarFunction(Unary<double>(code))); };
  made.target.claim = parse_claim(claim, functions::exp, binary64);
  return made;
}

TargetResult audited(const Candidate& candidate, std::vector<std::string> properties,
                     int threads = 2) {
  CampaignOptions options;
  options.cases = 300'000;
  options.threads = threads;
  options.properties = std::move(properties);
  return run_campaign({candidate}, options).targets.front();
}

auto of(const std::string& property) { return Contains(Field(&Finding::property, property)); }

TEST(TellingPlaces, AreAskedForFlagsErrnoAndTheEnvironment) {
  struct Row {
    double (*code)(double);
    const char* property;
  };
  for (const auto& [code, property] : {Row{loud, "flags"}, Row{numbered, "errno"},
                                       Row{cleared, "environment"}, Row{turned, "environment"}}) {
    const Candidate tried = candidate(code, "ulp <= 2000; flags; errno");
    EXPECT_THAT(audited(tried, {property}).findings, Not(of(property))) << property;
    EXPECT_THAT(audited(tried, {"accuracy", property}).findings, of(property)) << property;
  }
}

TEST(TellingPlaces, AreAskedOnceAndOfNobodyWhoWasThere) {
  const TargetResult result =
      audited(candidate(loud, "ulp <= 2000; flags"), {"accuracy", "deterministic", "flags"});
  std::uint64_t rows = 0;
  for (const Measurement& row : result.measurements) {
    if (row.domain != telling_places_text) continue;
    ++rows;
    EXPECT_EQ(row.strength, Strength::searched);
    EXPECT_GT(row.cases, 0U);
    EXPECT_LE(row.cases, 80U);
  }
  EXPECT_EQ(rows, 4U + 1U) << "deterministic in four modes, and flags; who found them was there";
  std::uint64_t findings = 0;
  for (const Finding& finding : result.findings) findings += finding.property == "flags" ? 1 : 0;
  EXPECT_EQ(findings, 1U);
}

double wrong_at = 0;
double wrong_and_loud(double x) {
  const double y = std::exp(x);
  if (x != wrong_at) return y;
  std::feraiseexcept(FE_INVALID);
  return y * 2;
}

/// A law is refuted by one of its calls, and what else that does shows by itself alone.
TEST(TellingPlaces, AreThoseOfTheCallsOfALaw) {
  const Candidate tried = candidate(wrong_and_loud, "ulp <= 1; flags");
  const Subject subject(tried.target, Rounding::nearest);
  const Property& law = *find_property("reciprocal", tried.target);
  for (const Point& point : testing_support::points_of(law, subject, 600)) {
    const double x = to_double(exact_value(point.args[0]));
    if (x > 1 && x < 5) wrong_at = x;
  }
  ASSERT_NE(wrong_at, 0);
  CampaignOptions options;
  options.cases = 600;
  options.properties = {"flags"};
  EXPECT_THAT(run_campaign({tried}, options).targets.front().findings, Not(of("flags")));
  options.properties = {"flags", "reciprocal"};
  EXPECT_THAT(run_campaign({tried}, options).targets.front().findings, of("flags"));
}

TEST(TellingPlaces, AreTheSameForAnyNumberOfThreads) {
  const Candidate tried = candidate(loud, "ulp <= 1; flags; errno");
  Report one, three;
  one.targets.push_back(audited(tried, {}, 1));
  three.targets.push_back(audited(tried, {}, 3));
  EXPECT_EQ(json_text(one), json_text(three));
}

}  // namespace
}  // namespace napier
