// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_grammar.hpp"

#include <gmock/gmock.h>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

Claim read(std::string_view text, const Function& function = functions::exp) {
  return parse_claim(text, function, binary64);
}

TEST(ClaimGrammar, ReadsEveryPromise) {
  const Claim claim = read(
      "ulp <= 1; rel <= 1e-3; abs <= 0.5; abs + rel <= 1e-8 + 1e-5; max(abs, rel) <= 1e-4, 1e-2; "
      "correctly rounded; faithful; monotone; special values; flags; errno; flush results may; "
      "flush arguments may; ulp <= 3 + 2*|x|");
  EXPECT_EQ(claim.max_ulp->stated, "1");
  EXPECT_FALSE(claim.max_ulp_directed);
  EXPECT_TRUE(claim.correctly_rounded && claim.faithful && claim.monotone && claim.flags);
  EXPECT_TRUE(claim.special_values && claim.errno_values && claim.flush_subnormals);
  ASSERT_EQ(claim.promises.size(), 5U);
  for (const Promise& promise : claim.promises) EXPECT_EQ(promise.in, Modes{Rounding::nearest});
  const auto& larger = std::get<ErrorBound>(claim.promises[3].says);
  EXPECT_EQ(larger.words, "max(abs, rel) <= 1e-4, 1e-2");
  ASSERT_EQ(larger.any.size(), 2U);
  EXPECT_EQ(larger.any[1].relative.exact.fives, 2);
  EXPECT_TRUE(std::get<ErrorBound>(claim.promises[4].says).depends_on_x());
}

TEST(ClaimGrammar, UlpsHaveTheirFieldsWhereTheModesAreTheirs) {
  const Claim all = read("ulp <= 2.5 in all");
  EXPECT_EQ(all.max_ulp->stated, "2.5");
  EXPECT_EQ(all.max_ulp_directed->stated, "2.5");
  const Claim both = read("ulp <= 1; ulp <= 2 in directed");
  EXPECT_EQ(both.max_ulp_directed->stated, "2");
  const Claim rounded = read("rounded ulp <= 1 in nearest");
  EXPECT_EQ(rounded.max_ulp->metric, Metric::rounded);
  const Claim up = read("ulp <= 2 in up");
  EXPECT_FALSE(up.max_ulp || up.max_ulp_directed);
  EXPECT_EQ(up.promises.at(0).in, Modes{Rounding::up});
  EXPECT_TRUE(up.names_directed_modes());
}

TEST(ClaimGrammar, OneDomainIsThatOfTheWholeClaim) {
  EXPECT_EQ(read("rel <= 1e-3 on [-87, 0x1.6p+6]").domain.x, (Range{-87, 88}));
  EXPECT_EQ(read("ulp <= 1 on [0, inf] in all; monotone on [0, inf]").domain.x.lo, 0);
  const Claim two = read("ulp <= 1 on x in [0.5, 2], y in [-8, 8] in up", functions::pow);
  EXPECT_EQ(two.domain.x, (Range{0.5, 2}));
  EXPECT_EQ(two.domain.y, (Range{-8, 8}));
  EXPECT_EQ(read("ulp <= 1 on y in [-8, 8]", functions::pow).domain.x, Range{});
}

TEST(ClaimGrammar, TheSentenceIsKeptAndReadsTheSame) {
  const Claim claim = read("  ulp<=3+2*|x|   on[-1,1] in up ,down;rel <=1e-3 on [ -1, 1 ]; ");
  EXPECT_EQ(claim.sentence, "ulp <= 3 + 2*|x| on [-1, 1] in up, down; rel <= 1e-3 on [-1, 1];");
  EXPECT_EQ(describe(read(claim.sentence)), describe(claim));
  EXPECT_EQ(describe(claim), "ulp <= 3 + 2*|x| in up, down, rel <= 1e-3");
}

TEST(ClaimGrammar, ARefusalNamesThePlaceAndTheMend) {
  const auto expect_refused = [](std::string_view text, std::string_view words) {
    try {
      (void)read(text);
      ADD_FAILURE() << text << " is read";
    } catch (const std::invalid_argument& refusal) {
      const std::string line = refusal.what();
      EXPECT_THAT(line, HasSubstr(std::string(words)));
      EXPECT_THAT(line, Not(HasSubstr("\n")));
    }
  };
  expect_refused("", "at its end");
  expect_refused("rel < 1e-3", "at character 5: '<' does not go on as a promise does: write 'rel");
  expect_refused("ulp <= 1; rel <=", "at its end");
  expect_refused("exact", "begins no promise that is known: write one of");
  expect_refused("rel <= -1", "'-'");
  expect_refused("rel <= 1x", "is no number that can be compared as stated");
  expect_refused("rel <= 1e-99", "is no number that can be compared as stated");
  expect_refused("ulp <= inf", "'inf'");
  expect_refused("ulp <= 1e3", "write a decimal such as");
  expect_refused("rel <= 1 rel <= 2", "put a ; between");
  expect_refused("rel <= 1 in upward", "is no rounding mode");
  expect_refused("monotone in up", "has modes of its own");
  expect_refused("rel <= 1; rel <= 2 in all", "promised twice");
  expect_refused("ulp <= 1; rounded ulp <= 1", "can't stand beside another bound in ulps");
  expect_refused("rel <= 1 on [1, 0]", "begins an interval above its end");
  expect_refused("rel <= 1 on [0, nan]", "is no end of an interval");
  expect_refused("rel <= 1 on [0.1, 0.1000000000000000055]; monotone", "one domain");
  expect_refused("rel <= 1 on y in [0, 1]", "has one argument");
  expect_refused("rel <= 1 on [0, 1]; abs <= 1", "one domain");
  expect_refused("flush results may", "is half of what can be judged");
  EXPECT_THROW(parse_claim("ulp <= 1 + 2*|x|", functions::pow, binary64), std::invalid_argument);
}

}  // namespace
}  // namespace napier
