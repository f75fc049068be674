// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <gmock/gmock.h>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::same;

/// limit − K in units of 2^−fraction, for K = numerator / 10^places: must lie in [0, 1).
void expect_rounded_up(std::string_view text, const Format& f, std::uint64_t numerator,
                       int places) {
  const Dyadic limit = parse_limit(text, f, false).limit;
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
  EXPECT_PRED2(same, parse_limit("0.5", binary64, false).limit, Dyadic::of(0.5));
  EXPECT_PRED2(same, parse_limit("3.75", binary128, false).limit, Dyadic::of(3.75));
  EXPECT_PRED2(same, parse_limit("1.0000000000000000000000000000000", binary64, false).limit,
               Dyadic::of_integer(1));
  EXPECT_PRED2(same, parse_limit("0.0000000000000000000000000000000", binary64, false).limit,
               Dyadic{});
}

TEST(ParseLimit, ALongTailOfDecimalsStillRoundsUp) {
  const Dyadic unit = Dyadic::power_of_two(-claim_fraction_bits(binary64));
  for (int zeros = 20; zeros < 200; ++zeros) {
    const std::string text = "0." + std::string(static_cast<std::size_t>(zeros), '0') + "1";
    EXPECT_PRED2(same, parse_limit(text, binary64, false).limit, unit) << text;
    EXPECT_PRED2(same, parse_limit("1" + text.substr(1), binary64, false).limit,
                 add(Dyadic::of_integer(1), unit))
        << text;
  }
  EXPECT_PRED2(same, parse_limit("0.5" + std::string(100, '9'), binary64, false).limit,
               parse_limit("0.6", binary64, false).limit);
}

// 0.5 + 2^-40 has 40 decimals; one more digit must reach the next multiple of 2^-40.
TEST(ParseLimit, ADigitPastAMultipleIsNotLost) {
  const std::string multiple = "0.5000000000009094947017729282379150390625";
  const Dyadic limit = parse_limit(multiple, binary64, false).limit;
  EXPECT_PRED2(same, limit, add(Dyadic::of(0.5), Dyadic::power_of_two(-40)));
  EXPECT_PRED2(same, parse_limit(multiple + "0000", binary64, false).limit, limit);
  EXPECT_PRED2(same, parse_limit(multiple + "0001", binary64, false).limit,
               add(Dyadic::of(0.5), Dyadic::power_of_two(-39)));
}

TEST(ParseLimit, ARoundedFigureGainsWhatTheRoundingMayHaveLost) {
  const auto limit = [](bool directed, Metric metric) {
    return parse_limit("1", binary64, directed, metric).limit;
  };
  EXPECT_PRED2(same, limit(false, Metric::exact), Dyadic::of(1));
  EXPECT_PRED2(same, limit(true, Metric::exact), Dyadic::of(1));
  EXPECT_PRED2(same, limit(false, Metric::rounded), Dyadic::of(1.5));
  EXPECT_PRED2(same, limit(true, Metric::rounded), Dyadic::of(2));
  EXPECT_EQ(parse_limit("1", binary64, false, Metric::rounded).stated, "1");
}

TEST(ParseLimit, RefusesWhatIsNoFiniteDecimal) {
  for (const char* text : {"", ".", "-1", "-0", "+1", "inf", "nan", "infinity", "1e3", "0x1", "1,5",
                           " 1", "1 ", "1.2.3", "one", "99999999999999999999999999"}) {
    try {
      parse_limit(text, binary64, false);
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
  claim.max_ulp = parse_limit("0.53", binary64, false);
  EXPECT_EQ(accuracy_claims(claim, Rounding::nearest).size(), 1u);
  EXPECT_TRUE(accuracy_claims(claim, Rounding::up).empty());
  claim.max_ulp_directed = parse_limit("1", binary64, true, Metric::rounded);
  claim.correctly_rounded = true;
  const auto up = accuracy_claims(claim, Rounding::up);
  ASSERT_EQ(up.size(), 2u);
  EXPECT_EQ(describe(up[0], claim, Rounding::up), "<= 1 ulp from the rounded value");
  EXPECT_EQ(describe(up[1], claim, Rounding::up), "correctly rounded");
  EXPECT_EQ(describe(accuracy_claims(claim, Rounding::nearest)[0], claim, Rounding::nearest),
            "<= 0.53 ulp");
  EXPECT_TRUE(claim.anything());
}

}  // namespace
}  // namespace napier
