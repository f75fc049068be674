// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claims to give the same bits as another target.
#include <gmock/gmock.h>

#include <bit>
#include <cmath>

#include "audit/campaign.hpp"
#include "audit/target_string.hpp"
#include "audit/twins.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/audit/command_support.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

double one_bit_off_at_three(double x) {
  return x == 3 ? std::nextafter(std::exp(x), 0) : std::exp(x);
}
double another_nan(double x) { return std::isnan(x) ? -std::nan("7") : std::exp(x); }
double lost_sign(double x) { return x == 0 ? 0 : std::expm1(x); }
double expm1_of(double x) { return std::expm1(x); }
float exp_of(float x) { return std::exp(x); }
_Float16 half_exp(_Float16 x) { return static_cast<_Float16>(std::exp(static_cast<float>(x))); }
_Float16 next_beyond_one(_Float16 x) {
  return x > 1 && x < 2 ? half_exp(x) * static_cast<_Float16>(1.01F) : half_exp(x);
}

template <class T>
Candidate named(const std::string& name, const Function& function, T (*code)(T),
                const std::string& claim = "") {
  Candidate candidate;
  candidate.target.name = name;
  candidate.target.function = &function;
  candidate.target.format = native_format<T>;
  candidate.target.open = [code] { return direct_caller(ScalarFunction(Unary<T>(code))); };
  if (!claim.empty()) candidate.target.claim = parse_claim(claim, function, *native_format<T>);
  return candidate;
}

std::vector<TargetResult> audited(const std::vector<Candidate>& candidates,
                                  std::uint64_t cases = 20'000) {
  CampaignOptions options;
  options.properties = {"equals", "accuracy"};
  options.cases = cases;
  options.threads = 1;
  return run_campaign(candidates, options).targets;
}

TEST(Equals, StandsOrFallsByTheBitsOfAnotherTargetOfTheRun) {
  const std::string claim = "equals plain on [-20, 20]";
  const auto results =
      audited({named<double>("plain", functions::exp, [](double x) { return std::exp(x); }),
               named("same", functions::exp, another_nan, claim),
               named("other", functions::exp, one_bit_off_at_three, claim)});
  EXPECT_EQ(results[1].verdict, TargetVerdict::stands);
  ASSERT_EQ(results[2].findings.size(), 1U);
  const Finding& found = results[2].findings[0];
  EXPECT_EQ(found.property, "equals");
  EXPECT_EQ(found.smallest.inputs, std::vector{from_native(3.0)});
  EXPECT_THAT(found.smallest.fault,
              HasSubstr("plain gives 0x1.415e5bf6fb106p+4, 1 encoding apart"));
  EXPECT_TRUE(found.repeatable);
}

TEST(Equals, NamesATargetOfTheCatalogueAndAProcessOfTheRun) {
  SharedObjectOptions options;
  options.function = "exp";
  options.format = "binary64";
  options.worker = NAPIER_TEST_WORKER;
  const std::string command = "exec:" + command_test::process("");
  const Candidate process{command_target(command, options).target, "", {}};
  const auto results = audited(
      {process,
       named<double>(
           "doubles", functions::exp, [](double x) { return 2 * x; }, "equals \"" + command + '"'),
       named("exp", functions::exp, exp_of, "equals libm/exp:binary32")},
      4'000);
  EXPECT_EQ(results[1].verdict, TargetVerdict::stands);
  EXPECT_EQ(results[2].verdict, TargetVerdict::stands);
}

TEST(Equals, ZerosOfTwoSignsAreDifferentBits) {
  const auto results = audited({named("plain", functions::expm1, expm1_of),
                                named("unsigned", functions::expm1, lost_sign, "equals plain")},
                               200);
  ASSERT_EQ(results[1].findings.size(), 1U);
  EXPECT_EQ(results[1].findings[0].smallest.inputs, std::vector{from_native(-0.0)});
}

/// A second call of a case is a repetition for some, and another target's for this one.
TEST(Equals, KeepsOutOfTheWayOfOthers) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.cases = 2'000;
  const auto results = run_campaign({named("other", functions::exp, one_bit_off_at_three,
                                           "equals libm/exp:binary64; ulp <= 1")},
                                    options)
                           .targets;
  for (const Finding& found : results[0].findings) EXPECT_EQ(found.property, "equals");
}

TEST(Equals, AsksEveryArgumentWhereAccuracyDoes) {
  const auto found = audited({named("other", functions::exp, next_beyond_one, "equals plain"),
                              named("plain", functions::exp, half_exp)},
                             70'000)
                         .front();
  ASSERT_EQ(found.findings.size(), 1U);
  std::uint64_t differ = 0;
  for (unsigned bits = 0; bits < 1U << 16; ++bits) {
    const auto x = std::bit_cast<_Float16>(static_cast<std::uint16_t>(bits));
    differ += half_exp(x) == half_exp(x) && half_exp(x) != next_beyond_one(x);
  }
  EXPECT_EQ(found.findings[0].count, differ);
  EXPECT_EQ(found.measurements.back().strength, Strength::exhaustive);
}

TEST(Equals, ATargetThatIsNoneFailsAloneInALine) {
  const Candidate good = named("good", functions::exp, exp_of);
  for (const auto& [claim, words] :
       {std::pair("equals libm/exq:binary32", "nearest"),
        std::pair("equals libm/exp", "add the format"),
        std::pair("equals libm/expm1:binary32",
                  "is expm1 of binary32, and this is exp of binary32")}) {
    const auto results = audited({named("bad", functions::exp, exp_of, claim), good}, 100);
    EXPECT_EQ(results[0].verdict, TargetVerdict::failed);
    EXPECT_THAT(results[0].failure, HasSubstr(words));
    EXPECT_EQ(results[0].failure.find('\n'), std::string::npos);
    EXPECT_NE(results[1].verdict, TargetVerdict::failed);
  }
}

}  // namespace
}  // namespace napier
