// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/corpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "audit/campaign.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "lib/target/catalogue.hpp"

namespace napier {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> points(const std::string& text, const char* target) {
  std::vector<std::string> all;
  for (const Point& point : points_of(parse_corpus(text, "c.wc"), *catalogue().find(target)))
    all.push_back(to_hex(point.arguments()));
  return all;
}

TEST(Corpus, ReadsTheFormsThatPeopleWrite) {
  EXPECT_THAT(points("# CORE-MATH\n0x1.8p+1\n-0x1p-1 # hard\n\n", "libm/exp:binary64"),
              ElementsAre("0x1.8p+1", "-0x1p-1"));
  EXPECT_THAT(points("0x1.8p+1,0x1p-1\n", "libm/pow:binary64"), ElementsAre("0x1.8p+1, 0x1p-1"));
  EXPECT_THAT(points("exp 0x1p+0\nexp2 0x1p+1\nexp 3 missing-errno:ldbl-128ibm\nsin 1\n",
                     "libm/exp:binary32"),
              ElementsAre("0x1p+0", "0x1.8p+1"));
  EXPECT_THAT(points("## args: double:double\n## ret: double\n1, +2.5\n", "libm/pow:binary64"),
              ElementsAre("0x1p+0, 0x1.4p+1"));
  EXPECT_THAT(points("inf\n-inf\r\n", "libm/exp:binary64"), ElementsAre("inf", "-inf"));
  EXPECT_THAT(points("+snan\n-snan\n1\n+qnan\n", "libm/exp:binary64"), ElementsAre("0x1p+0"));
}

TEST(Corpus, ReadsTheValidationSetsOfNumPy) {
  const std::string set =
      "dtype,input,output,ulperrortol\n## +ve denormals ##\nnp.float32,0x3f800000,0x402df854,4\n"
      "np.float32,0x80000001,0x3f800000,4\nnp.float64,0x3ff8000000000000,0x4011ed3fe64fc541,2\n";
  EXPECT_THAT(points(set, "libm/exp:binary32"), ElementsAre("0x1p+0", "-0x1p-149"));
  EXPECT_THAT(points(set, "libm/exp:binary64"), ElementsAre("0x1.8p+0"));
  EXPECT_THAT(points(set, "libm/pow:binary32"), ElementsAre());
  EXPECT_THROW(parse_corpus("np.float32,0x1ffffffff,0x0,4\n", "c.csv"), std::invalid_argument);
}

TEST(Corpus, ReadsTheIntervalsOfASource) {
  const std::string source =
      "/* exp. */\nint f (void) { return 1; }\nTEST_ULP (V_NAME_F1 (exp), 1.5)\n"
      "TEST_INTERVAL (V_NAME_F1 (exp), 0x1p-1, 0x1p+0f, 3)\n"
      "PL_TEST_SYM_INTERVAL (expf, 2, 4.0f, 2)\nTEST_INTERVAL (V_NAME_D1 (exp), 0, Bound, 1000)\n"
      "TEST_INTERVAL (V_NAME_F1 (sin), 0, 1, 9)\nTEST_INTERVAL (V_NAME_F1 (exp), -0, -0x1, 2)\n";
  EXPECT_THAT(points(source, "libm/exp:binary32"),
              ElementsAre("0x1p-1", "0x1.8p-1", "0x1p+0", "0x1p+1", "-0x1p+1", "0x1p+2", "-0x1p+2",
                          "-0x0p+0", "-0x1p-149"));
  EXPECT_THAT(points(source, "libm/exp:binary64"), ElementsAre());
  const auto wide =
      points("TEST_INTERVAL (V_NAME_F1 (exp), 0, 0xffff0000, 100000)\n", "libm/exp:binary32");
  EXPECT_EQ(wide.size(), 1000U);
  EXPECT_EQ(wide.front(), "0x0p+0");
}

TEST(Corpus, LeavesOutWhatIsOfOtherFormatsAndShapes) {
  EXPECT_THAT(points("0x1.000001p+0\n0x1p+0\n", "libm/exp:binary32"), ElementsAre("0x1p+0"));
  EXPECT_THAT(points("1 2\n", "libm/exp:binary64"), ElementsAre());
}

TEST(Corpus, WhatIsNoCaseIsToldWithItsLine) {
  try {
    parse_corpus("0x1p+0\n\nexp\n", "c.wc");
    FAIL();
  } catch (const std::invalid_argument& refused) {
    EXPECT_THAT(refused.what(), AllOf(HasSubstr("c.wc, line 3"), HasSubstr("'exp'")));
  }
  EXPECT_THROW(parse_corpus("zero 0x\n\x1b[2J\n", "c"), std::invalid_argument);
  EXPECT_THROW(read_corpus("/nowhere/c.wc"), std::runtime_error);
}

/// A power that is wrong at one argument alone: a law that has a call there sees it.
TEST(Corpus, IsAskedOfLawsToo) {
  Candidate candidate;
  candidate.target.name = "wrong at 1/3";
  candidate.target.function = &functions::exp;
  candidate.target.format = &binary64;
  candidate.target.claim.max_ulp = parse_limit("1", binary64);
  candidate.target.open = [] {
    return direct_caller(
        ScalarFunction(Unary<double>([](double x) { return x == 1.0 / 3 ? 2.0 : std::exp(x); })));
  };
  candidate.corpus.emplace_back().push(from_native(1.0 / 3));
  CampaignOptions options;
  options.cases = 20;
  for (const char* law : {"1.1", "1.2", "1.3", "1.6"}) {
    options.properties = {law};
    const TargetResult found = run_campaign({candidate}, options).targets.front();
    ASSERT_EQ(found.verdict, TargetVerdict::refuted) << law;
    EXPECT_EQ(found.measurements.back().domain, "calls of the corpus");
  }
}

/// exp in error at one argument alone, which nobody would draw.
TEST(Corpus, IsAskedWhateverElseIsDrawn) {
  Candidate candidate{*catalogue().find("shipped/tang/exp:binary64"), "", {}};
  candidate.target.claim = {};
  candidate.target.claim.max_ulp = parse_limit("0.501", binary64);
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy"};
  options.cases = 20'000;
  const TargetResult found = run_campaign({candidate}, options).targets.front();
  ASSERT_EQ(found.verdict, TargetVerdict::refuted);
  Point hard;
  hard.push(found.findings.front().worst.inputs.front());
  options.cases = 100;
  EXPECT_EQ(run_campaign({candidate}, options).targets.front().verdict, TargetVerdict::stands);
  candidate.corpus = {hard};
  const TargetResult again = run_campaign({candidate}, options).targets.front();
  ASSERT_EQ(again.verdict, TargetVerdict::refuted);
  EXPECT_EQ(again.measurements.back().domain, "the corpus");
}

}  // namespace
}  // namespace napier
