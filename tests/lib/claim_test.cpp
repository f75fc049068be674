// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <gmock/gmock.h>

#include <string>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::same;

/// limit − K in units of 2^−fraction, for K = numerator / 10^places: must lie in [0, 1).
void expect_rounded_up(std::string_view text, const Format& f, std::uint64_t numerator,
                       int places) {
  const Dyadic limit = parse_limit(text, f).limit;
  const int fraction = claim_fraction_bits(f);
  ASSERT_TRUE(limit.is_zero() || limit.exponent >= -fraction) << text;
  const Bits units = limit.is_zero() ? 0 : limit.significand << (limit.exponent + fraction);
  Bits scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  const Bits wanted = Bits(numerator) << fraction;  // K·2^fraction·scale
  EXPECT_GE(units * scale, wanted) << text;
  EXPECT_TRUE(units == 0 || (units - 1) * scale < wanted) << text << ": not the least multiple";
}

TEST(ParseLimit, RoundsADecimalUpToTheLeastDyadicAboveIt) {
  for (const Format* f : all_formats) {
    expect_rounded_up("0", *f, 0, 0);
    expect_rounded_up("1", *f, 1, 0);
    expect_rounded_up("1.", *f, 1, 0);
    expect_rounded_up(".5", *f, 5, 1);
    expect_rounded_up("0.53", *f, 53, 2);
    expect_rounded_up("0.502", *f, 502, 3);
    expect_rounded_up("3.9999999999", *f, 39999999999, 10);
    expect_rounded_up("0.0000000001", *f, 1, 10);
    expect_rounded_up("1000000", *f, 1000000, 0);
  }
}

TEST(ParseLimit, KeepsExactFiguresExact) {
  EXPECT_PRED2(same, parse_limit("0.5", binary64).limit, Dyadic::of(0.5));
  EXPECT_PRED2(same, parse_limit("3.75", binary128).limit, Dyadic::of(3.75));
  EXPECT_PRED2(same, parse_limit("1.0000000000000000000000000000000", binary64).limit,
               Dyadic::of_integer(1));
  EXPECT_PRED2(same, parse_limit("0.0000000000000000000000000000000", binary64).limit, Dyadic{});
}

TEST(ParseLimit, ALongTailOfDecimalsStillRoundsUp) {
  const Dyadic unit = Dyadic::power_of_two(-claim_fraction_bits(binary64));
  for (int zeros = 20; zeros < most_digits; ++zeros) {
    const std::string text = "0." + std::string(static_cast<std::size_t>(zeros), '0') + "1";
    EXPECT_PRED2(same, parse_limit(text, binary64).limit, unit) << text;
  }
  EXPECT_PRED2(same, parse_limit("1.00000000000000000000001", binary64).limit,
               add(Dyadic::of_integer(1), unit));
  EXPECT_PRED2(same, parse_limit("0.5" + std::string(most_digits - 1, '9'), binary64).limit,
               parse_limit("0.6", binary64).limit);
}

// 0.5 + 2^-11 has 11 decimals; one more digit must reach the next multiple of 2^-11.
TEST(ParseLimit, ADigitPastAMultipleIsNotLost) {
  const std::string multiple = "0.50048828125";
  const Dyadic limit = parse_limit(multiple, binary128).limit;
  EXPECT_PRED2(same, limit, add(Dyadic::of(0.5), Dyadic::power_of_two(-11)));
  EXPECT_PRED2(same, parse_limit(multiple + "0000", binary128).limit, limit);
  EXPECT_PRED2(same, parse_limit(multiple + "0001", binary128).limit,
               add(Dyadic::of(0.5), Dyadic::power_of_two(-10)));
}

/// K·5^fives is the dyadic numerator: what is compared is K as stated.
TEST(ParseLimit, HoldsKExactly) {
  const auto exact = [](std::string_view text) { return parse_limit(text, binary32).exact; };
  EXPECT_EQ(exact("0.5").fives, 0);
  EXPECT_PRED2(same, exact("0.5").numerator, Dyadic::of(0.5));
  EXPECT_EQ(exact("0.53").fives, 2);
  EXPECT_PRED2(same, exact("0.53").numerator, Dyadic::of(13.25));
  EXPECT_EQ(exact("0.4").fives, 1);
  EXPECT_PRED2(same, exact("0.4").numerator, Dyadic::of_integer(2));
  EXPECT_EQ(exact("0.000").fives, 0);
  EXPECT_TRUE(exact("0.000").numerator.is_zero());
  for (const char* text : {"1", "1.000", "2", "0.99999", "1.00001", "0"})
    EXPECT_EQ(is_at_least_one(exact(text)), std::stod(text) >= 1) << text;
  for (const char* text : {"0.53", "0.1", "3.7", "0.5", "100", "0.999999999999999999999"}) {
    const double below = double_below(exact(text));
    EXPECT_LE(below, std::stod(text)) << text;
    EXPECT_GE(below, std::stod(text) * (1 - 0x1p-46)) << text;
  }
}

TEST(ParseLimit, RefusesMoreDigitsThanCanBeCompared) {
  EXPECT_NO_THROW(parse_limit("0.5016368802639", binary32));
  EXPECT_NO_THROW(parse_limit("0." + std::string(most_digits, '3'), binary128));
  try {
    parse_limit("0." + std::string(most_digits + 1, '3'), binary32);
    ADD_FAILURE() << "read";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("more digits than can be compared exactly"));
  }
}

TEST(ParseLimit, KeepsTheMetric) {
  Claim claim;
  claim.max_ulp = parse_limit("1", binary64, Metric::rounded);
  EXPECT_PRED2(same, claim.max_ulp->limit, Dyadic::of_integer(1));
  EXPECT_TRUE(
      std::holds_alternative<WithinRoundedUlp>(accuracy_claims(claim, Rounding::nearest).at(0)));
  EXPECT_EQ(claim.max_ulp->stated, "1");
}

TEST(ParseLimit, RefusesWhatIsNoFiniteDecimal) {
  for (const char* text : {"", ".", "-1", "-0", "+1", "inf", "nan", "infinity", "1e3", "0x1", "1,5",
                           " 1", "1 ", "1.2.3", "one", "99999999999999999999999999"}) {
    try {
      parse_limit(text, binary64);
      ADD_FAILURE() << "'" << text << "' was read";
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), ::testing::StartsWith("'" + std::string(text) + "' "));
    }
  }
}

TEST(ParseLimit, LeavesRoomForTheClaimSetInADyadic) {
  for (const Format* f : all_formats)
    EXPECT_LE(f->precision + claim_fraction_bits(*f) + 2, 126) << f->name;
}

TEST(Range, HoldsItsEndsAndNothingBeyond) {
  const Range range{-1.5, 2};
  EXPECT_TRUE(contains(range, from_native(-1.5)));
  EXPECT_TRUE(contains(range, from_native(2.0F)));
  EXPECT_FALSE(contains(range, next_up(from_native(2.0L))));
  EXPECT_FALSE(contains(range, next_down(from_native(-1.5))));
  EXPECT_FALSE(contains(range, infinity(binary64)));
  EXPECT_FALSE(contains(range, quiet_nan(binary64)));
  EXPECT_TRUE(contains(Range{}, quiet_nan(binary64)));
  EXPECT_TRUE(contains(Range{}, infinity(binary64, true)));
  const Range half{0, std::numeric_limits<double>::infinity()};
  EXPECT_TRUE(contains(half, infinity(binary128)));
  EXPECT_FALSE(contains(half, infinity(binary128, true)));
  EXPECT_TRUE(contains(half, max_finite(binary128)));
  EXPECT_TRUE(contains(half, zero(binary32, true)));
}

TEST(Claim, PromisesByMode) {
  Claim claim;
  EXPECT_FALSE(claim.anything());
  EXPECT_EQ(describe(claim), "none");
  EXPECT_TRUE(accuracy_claims(claim, Rounding::nearest).empty());
  claim.max_ulp = parse_limit("0.53", binary64);
  EXPECT_EQ(accuracy_claims(claim, Rounding::nearest).size(), 1u);
  EXPECT_TRUE(accuracy_claims(claim, Rounding::up).empty());
  claim.max_ulp_directed = parse_limit("1", binary64, Metric::rounded);
  claim.correctly_rounded = true;
  const auto up = accuracy_claims(claim, Rounding::up);
  ASSERT_EQ(up.size(), 2u);
  EXPECT_EQ(describe(up[0]), "<= 1 ulp from the rounded value");
  EXPECT_EQ(describe(up[1]), "correctly rounded");
  EXPECT_EQ(describe(accuracy_claims(claim, Rounding::nearest)[0]), "<= 0.53 ulp");
  EXPECT_TRUE(claim.anything());
}

}  // namespace
}  // namespace napier
