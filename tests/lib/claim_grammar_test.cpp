// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_grammar.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include <regex>
#include <sstream>

#include "lib/target/error_kinds.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

Claim read(std::string_view text, const Function& function = functions::exp) {
  return parse_claim(text, function, binary64);
}

TEST(ClaimGrammar, SignsMayBeWrittenAsPeopleWriteThem) {
  const Claim ascii = parse_claim("ulp <= 1; correctly rounded >= 50 %", functions::exp, binary16);
  const Claim signs =
      parse_claim("ulp \u2264 1; correctly rounded \u2265 50 %", functions::exp, binary16);
  EXPECT_EQ(describe(ascii), describe(signs));
  EXPECT_EQ(ascii.statistics.size(), signs.statistics.size());
}

TEST(ClaimGrammar, ReadsEveryPromise) {
  const Claim claim = read(
      "ulp <= 1; rel <= 1e-3; abs <= 0.5; abs + rel <= 1e-8 + 1e-5; max(abs, rel) <= 1e-4, 1e-2; "
      "correctly rounded; faithful; monotone; special values; flags; errno; flush results may; "
      "flush arguments may; ulp <= 3 + 2*|x|; bfloat16 ulp <= 1; early overflow <= 2; "
      "correctly rounded >= 99.5 %; mean ulp <= 0.3; rms ulp <= 0.4; p99 ulp <= 0.7");
  EXPECT_EQ(claim.max_ulp->stated, "1");
  EXPECT_FALSE(claim.max_ulp_directed);
  EXPECT_TRUE(claim.correctly_rounded && claim.faithful && claim.monotone && claim.flags);
  EXPECT_TRUE(claim.special_values && claim.errno_values && claim.flushing == Flushing::may());
  ASSERT_EQ(claim.promises.size(), 6U);
  for (const Promise& promise : claim.promises) EXPECT_EQ(promise.in, Modes{Rounding::nearest});
  const auto& larger = std::get<ErrorBound>(claim.promises[3].says);
  EXPECT_EQ(larger.words, "max(abs, rel) <= 1e-4, 1e-2");
  ASSERT_EQ(larger.any.size(), 2U);
  EXPECT_EQ(larger.any[1].relative.exact.fives, 2);
  EXPECT_FALSE(std::get<ErrorBound>(claim.promises[4].says).any.front().ulps_per_x.is_zero());
  EXPECT_EQ(std::get<ErrorBound>(claim.promises[5].says).any[0].ulps_of, &bfloat16);
  EXPECT_EQ(claim.early_overflow->stated, "2");
  ASSERT_EQ(claim.statistics.size(), 4U);
  EXPECT_EQ(claim.statistics[0].words, "correctly rounded >= 99.5 %");
  EXPECT_EQ(claim.statistics[3].of, Statistic::Of::p99_ulp);
  EXPECT_EQ(double_below(share_of(claim.statistics[3])), 99);
}

TEST(ClaimGrammar, ASharePromisesABoundAndAPercentage) {
  const Claim claim = read("within 1.5 ulp >= 99.9 %; match >= 90 %");
  ASSERT_EQ(claim.statistics.size(), 2U);
  EXPECT_EQ(claim.statistics[0].of, Statistic::Of::p99_ulp);
  EXPECT_EQ(double_below(claim.statistics[0].k), 1.5);
  EXPECT_EQ(share_of(claim.statistics[0]).fives, 1);
  EXPECT_EQ(claim.statistics[0].words, "within 1.5 ulp >= 99.9 %");
  EXPECT_EQ(claim.statistics[1].of, Statistic::Of::share_rounded_right);
  for (const char* refused : {"within 1 ulp >= 101 %", "within 1 ulp >= 99 %; p99 ulp <= 2",
                              "match >= 99 %; correctly rounded >= 50 %", "within 1 ulp <= 3 %",
                              "within 1 ulp >= 1e-9999 %"})
    EXPECT_THROW(read(refused), std::invalid_argument) << refused;
}

TEST(ClaimGrammar, EpsilonsAreUlpsOfOneInTheFormatOfResults) {
  const Claim claim =
      parse_claim("max(abs, rel, n*eps) <= 1e-30, 1e-5, 3", functions::exp, binary32);
  ASSERT_EQ(claim.promises.size(), 1U);
  const auto& bound = std::get<ErrorBound>(claim.promises[0].says);
  ASSERT_EQ(bound.any.size(), 3U);
  EXPECT_EQ(bound.any[2].relative.low, 0x3p-23);
  EXPECT_EQ(bound.any[2].relative.high, 0x3p-23);
  EXPECT_EQ(bound.words, "max(abs, rel, n*eps) <= 1e-30, 1e-5, 3");
}

TEST(ClaimGrammar, FlushingIsSaidOfResultsAndOfArguments) {
  using Results = Flushing::Results;
  EXPECT_EQ(read("flush results may").flushing, (Flushing{Results::may, false}));
  EXPECT_EQ(read("flush arguments may").flushing, (Flushing{Results::kept, true}));
  EXPECT_EQ(read("flush results must; flush arguments may").flushing,
            (Flushing{Results::must, true}));
  EXPECT_EQ(describe(read("ulp <= 1; flush results must")),
            "<= 1 ulp, subnormal results must flush");
  EXPECT_FALSE(read("flush results may").anything());
}

TEST(ClaimGrammar, NumbersMayBeAsSmallAsAnyFormatHolds) {
  const auto absolute = [](std::string_view text) {
    return std::get<ErrorBound>(read(text).promises.at(0).says).any.at(0).absolute;
  };
  const Amount tiny = absolute("abs <= 1e-300");
  EXPECT_LE(tiny.low, 1e-300);
  EXPECT_GE(tiny.high, 1e-300);
  EXPECT_GT(tiny.low, 1e-300 * (1 - 0x1p-40));
  EXPECT_LT(tiny.high, 1e-300 * (1 + 0x1p-40));
  EXPECT_EQ(absolute("abs <= 0x1p-16494").limit.reduced().exponent, -16494);
  EXPECT_EQ(absolute("abs <= 3.6e-4951").exact.fives, 4952);
}

TEST(ClaimGrammar, PromisesHoldWhereTheySay) {
  const Claim claim = read("rel <= 1e-3 on [-20, 20]; abs <= 1e-12 elsewhere");
  EXPECT_EQ(claim.domain, ClaimDomain{});
  EXPECT_EQ(describe(claim), "rel <= 1e-3 on [-20, 20], abs <= 1e-12 elsewhere");
  const auto pieces = claim_pieces(claim, Rounding::nearest);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].on.x, (Range{.hi = -20, .without_hi = true}));
  EXPECT_EQ(pieces[1].on.x, (Range{-20, 20}));
  EXPECT_EQ(pieces[2].on.x, (Range{.lo = 20, .without_lo = true}));
  for (const auto& piece : pieces) ASSERT_EQ(piece.promises.size(), 1U);
  EXPECT_EQ(describe(pieces[1].promises[0]), "rel <= 1e-3");
  EXPECT_EQ(describe(pieces[2].promises[0]), "abs <= 1e-12");
  EXPECT_EQ(claim_pieces(claim, Rounding::up).at(0).promises.size(), 0U);
}

TEST(ClaimGrammar, WhereSeveralKindsHoldAllAreJudged) {
  const Claim claim =
      read("rel <= 1e-3 on [0, 4]; abs <= 1 on [2, 8]; faithful; ulp <= 9 on [4, 6]");
  std::string words;
  for (const auto& piece : claim_pieces(claim, Rounding::nearest)) {
    words += std::to_string(piece.on.x.lo).substr(0, 4) + ":";
    for (const auto& promise : piece.promises) words += " " + describe(promise) + ",";
  }
  EXPECT_EQ(words,
            "-inf: faithful,0.00: faithful, rel <= 1e-3,2.00: faithful, rel <= 1e-3, abs <= 1,"
            "4.00: faithful, rel <= 1e-3, abs <= 1, <= 9 ulp,4.00: faithful, abs <= 1, <= 9 ulp,"
            "6.00: faithful, abs <= 1,8.00: faithful,");
}

TEST(ClaimGrammar, APieceOfPowersIsABox) {
  const Claim claim =
      read("ulp <= 1 on x in [0.5, 2], y in [-8, 8]; ulp <= 4 elsewhere", functions::pow);
  std::size_t inner = 0;
  const auto pieces = claim_pieces(claim, Rounding::nearest);
  for (const auto& piece : pieces) {
    ASSERT_EQ(piece.promises.size(), 1U);
    const bool is_inner = describe(piece.promises[0]) == "<= 1 ulp";
    inner += is_inner ? 1 : 0;
    EXPECT_EQ(is_inner, piece.on == (ClaimDomain{{0.5, 2}, {-8, 8}}));
  }
  EXPECT_EQ(inner, 1U);
  EXPECT_EQ(pieces.size(), 5U);  // left, below, inside, above, right
  const auto holding = [&](double x, double y) {
    return std::ranges::count_if(pieces, [&](const auto& piece) {
      return contains(piece.on.x, x) && contains(piece.on.y, y);
    });
  };
  for (const double x : {-1.0, 0.5, 1.0, 2.0, 3.0})
    for (const double y : {-9.0, -8.0, 0.0, 8.0, 9.0}) EXPECT_EQ(holding(x, y), 1) << x << ' ' << y;
}

TEST(ClaimGrammar, WhatHasNoPlaceHoldsEverywhere) {
  EXPECT_EQ(read("rel <= 1e-3 on [-20, 20]; monotone").domain, ClaimDomain{});
  EXPECT_EQ(read("rel <= 1e-3 on [-20, 20]; flush results may").domain.x, (Range{-20, 20}));
  EXPECT_EQ(read("rel <= 1 on [0, 1]; abs <= 1 on [2, 3]").domain.x, (Range{0, 3}));
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

TEST(ClaimGrammar, InAllAsksForTheDirectedModes) {
  for (const char* words : {"correctly rounded", "faithful", "ulp <= 1", "rel <= 1e-3"}) {
    const std::string promise(words);
    EXPECT_FALSE(read(promise).names_directed_modes()) << promise;
    for (const char* modes : {" in all", " in up", " in directed"})
      EXPECT_TRUE(read(promise + modes).names_directed_modes()) << promise << modes;
  }
}

TEST(ClaimGrammar, OneDomainIsThatOfTheWholeClaim) {
  EXPECT_EQ(read("rel <= 1e-3 on [-87, 0x1.6p+6]").domain.x, (Range{-87, 88}));
  EXPECT_EQ(read("ulp <= 1 on [0, inf] in all; monotone on [0, inf]").domain.x.lo, 0);
  const Claim two = read("ulp <= 1 on x in [0.5, 2], y in [-8, 8] in up", functions::pow);
  EXPECT_EQ(two.domain.x, (Range{0.5, 2}));
  EXPECT_EQ(two.domain.y, (Range{-8, 8}));
  EXPECT_EQ(read("ulp <= 1 on y in [-8, 8]", functions::pow).domain.x, Range{});
}

/// Ends are compared as they are stated, and not as the doubles next to them.
TEST(ClaimGrammar, AnEndIsTheLastNumberInside) {
  const auto of = [](const std::string& interval) {
    return read("ulp <= 1 on " + interval).domain.x;
  };
  EXPECT_EQ(of("[0, 0.1]"), (Range{0, std::nextafter(0.1, 0)}));  // 0.1 is below its double
  EXPECT_EQ(of("[0.1, 1]"), (Range{0.1, 1}));
  EXPECT_EQ(of("[0, 0.3]"), (Range{0, 0.3}));
  EXPECT_EQ(of("[0.3, 1]"), (Range{std::nextafter(0.3, 1), 1}));
  EXPECT_EQ(of("[-0.1, -0.01]"), (Range{std::nextafter(-0.1, 0), -0.01}));
  EXPECT_EQ(of("[1.00000000000000001, 2]"), (Range{1 + 0x1p-52, 2}));
  EXPECT_EQ(of("[-2, -1.00000000000000001]"), (Range{-2, -1 - 0x1p-52}));
  EXPECT_EQ(of("[0.25, 1e3]"), (Range{0.25, 1000}));
  EXPECT_EQ(of("[1.000e-00, 00100.50]"), (Range{1, 100.5}));
  EXPECT_EQ(of("[0x1.999999999999ap-4, inf]"), (Range{0.1, INFINITY}));
  EXPECT_EQ(of("[1e22, 1e23]"), (Range{1e22, 1e23}));  // whose double is below it
}

TEST(ClaimGrammar, TheSentenceIsKeptAndReadsTheSame) {
  const Claim claim = read("  ulp<=3+2*|x|   on[-1,1] in up ,down;rel <=1e-3 on [ -1, 1 ]; ");
  EXPECT_EQ(claim.sentence, "ulp <= 3 + 2*|x| on [-1, 1] in up, down; rel <= 1e-3 on [-1, 1];");
  EXPECT_EQ(describe(read(claim.sentence)), describe(claim));
  EXPECT_EQ(describe(claim), "ulp <= 3 + 2*|x| in up, down, rel <= 1e-3");
}

TEST(ClaimGrammar, EveryLineOfItsHelpIsAPromiseAndWhatItMeans) {
  std::istringstream help(promises_help());
  std::size_t promises = 0;
  for (std::string line; std::getline(help, line); ++promises) {
    EXPECT_LE(line.size(), 100U) << line;
    std::string promise = line.substr(2, line.find("  ", 2) - 2);
    EXPECT_GT(line.size(), promise.size() + 10) << line;
    promise = std::regex_replace(promise, std::regex("\\b[ABKRNP]\\b"), "1");
    promise = std::regex_replace(promise, std::regex("FORMAT"), "bfloat16");
    const std::string beside = promise == "monotone" ? "" : "monotone; ";
    EXPECT_NO_THROW(parse_claim(beside + promise, functions::exp2, binary64)) << promise;
  }
  EXPECT_EQ(promises, error_kinds().size() + facts().size() + statistic_kinds().size());
}

TEST(ClaimGrammar, ATargetStringFollowsEquals) {
  EXPECT_EQ(read("equals libm/exp:binary64").equals, "libm/exp:binary64");
  EXPECT_EQ(read("ulp <= 1; equals so:./a+b.so#exp; monotone").equals, "so:./a+b.so#exp");
  EXPECT_EQ(read("equals so:/x/y.so#f on [0, 1]").domain.x, (Range{0, 1}));
  const Claim quoted = read("equals \"exec:python3 -c 'f; g'\"; ulp <= 1");
  EXPECT_EQ(quoted.equals, "exec:python3 -c 'f; g'");
  EXPECT_EQ(read(quoted.sentence).equals, quoted.equals);
  EXPECT_THROW(read("equals"), std::invalid_argument);
  EXPECT_THROW(read("equals ; ulp <= 1"), std::invalid_argument);
  EXPECT_THROW(read("equals a; equals b"), std::invalid_argument);
}

TEST(ClaimGrammar, FreedomsAlonePromiseNothing) {
  for (const char* alone : {"early overflow <= 3", "flush results may", "flush arguments may"})
    EXPECT_THROW(check_says_something(read(alone)), std::invalid_argument) << alone;
  for (const char* more : {"early overflow <= 3; ulp <= 1", "monotone; flush results may"})
    EXPECT_NO_THROW(check_says_something(read(more))) << more;
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
  expect_refused("correctly rounded >= 101 %", "a share is at most 100 %");
  expect_refused("", "at its end");
  expect_refused("rel < 1e-3", "at character 5: '<' does not go on as a promise does: write 'rel");
  expect_refused("ulp <= 1; rel <=", "at its end");
  expect_refused(
      "correctly rounded >= 99",
      "at its end: it does not go on as a promise does: write 'correctly rounded >= K %'");
  expect_refused("ulp <= 1 + 2",
                 "at its end: it does not go on as a promise does: write 'ulp <= A");
  expect_refused("rel <= 1e400", "'1e400' is of a size that can't be compared as stated");
  expect_refused("abs <= 1e-6000; monotone", "'1e-6000' is of a size that can't be compared");
  expect_refused("precise", "begins no promise that is known: write 'ulp <= K'");
  expect_refused("upl <= 1", "begins no promise that is known; nearest: 'ulp <= K'");
  expect_refused("relative <= 1e-3", "nearest: 'rel <= R'");
  expect_refused("monotonic", "nearest: 'monotone'");
  expect_refused("faithfull", "nearest: 'faithful'");
  expect_refused("exact", "write 'exact on integers'");
  expect_refused("exact on integers", "is for exp2, exp10,");
  expect_refused("rel <= -1", "'-'");
  expect_refused("rel <= 1x", "is no number that can be compared as stated");
  expect_refused("rel <= 1e-9999", "is of a size that can't be compared as stated");
  expect_refused("ulp <= inf", "'inf'");
  expect_refused("ulp <= 1e3", "write a decimal such as");
  expect_refused("rel <= 1 rel <= 2", "put a ; between");
  expect_refused("rel <= 1 in upward", "is no rounding mode");
  expect_refused("monotone in up", "has modes of its own");
  expect_refused("rel <= 1; rel <= 2 in all", "promised twice");
  expect_refused("ulp <= 1; rounded ulp <= 1", "can't stand beside another bound in ulps");
  expect_refused("rel <= 1 on [1, 0]", "begins an interval above its end");
  expect_refused("rel <= 1 on [1.00000000000000001, 1.00000000000000002]", "no finite number");
  expect_refused("rel <= 1 on [0.1, 0.1]", "holds no finite number of binary64");
  expect_refused("rel <= 1 on [0, nan]", "is no end of an interval");
  expect_refused("rel <= 1 on y in [0, 1]", "has one argument");
  expect_refused("rel <= 1 on [0, 2]; rel <= 2 on [1, 3]", "does: let the two have no more than");
  expect_refused("rel <= 1 on [0, 2]; rel <= 2", "does: let the two have no more than an end");
  expect_refused("rel <= 1 on [0, 2]; rel <= 2 on [0, 2]", "promised twice");
  expect_refused("abs <= 1; rel <= 1 elsewhere", "no other promise says where it holds");
  expect_refused("abs <= 1 on [-inf, inf]; rel <= 1 elsewhere", "leave nothing");
  expect_refused("rel <= 1 on [0, 2]; monotone on [0, 1]", "is judged on all of it");
  expect_refused("rel <= 1 on [0, 2]; monotone elsewhere", "leave out 'elsewhere'");
  expect_refused("flush results may; flush results must", "and so does another promise");
  expect_refused("binary128 ulp <= 1", "is finer than results in binary64 can be");
  expect_refused("float ulp <= 1", "begins no promise that is known");
  expect_refused("mean ulp <= 1 in up", "is about nearest");
  EXPECT_THROW(parse_claim("ulp <= 1 + 2*|x|", functions::pow, binary64), std::invalid_argument);
}

}  // namespace
}  // namespace napier
