// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/corpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/campaign.hpp"
#include "lib/fp/hexfloat.hpp"
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
