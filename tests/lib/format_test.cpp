// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/format.hpp"

#include <limits>

#include "lib/fp/rounding.hpp"
#include "lib/fp/ulp.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

TEST(Format, RowsFitTheirOwnEncoding) {
  for (const Format* f : all_formats) {
    EXPECT_EQ(f->width,
              1 + f->exponent_bits() + f->fraction_bits() + (f->explicit_integer_bit ? 1 : 0))
        << f->name;
    EXPECT_EQ(f->max_exponent, (1 << (f->exponent_bits() - 1)) - 1) << f->name;
    EXPECT_GE(f->bytes() * 8, f->width) << f->name;
  }
}

TEST(Format, RowsAgreeWithTheCompilersTypes) {
  const auto agrees = [](const Format& f, int digits, int max_exponent, int min_exponent) {
    EXPECT_EQ(f.precision, digits) << f.name;
    EXPECT_EQ(f.max_exponent + 1, max_exponent) << f.name;
    EXPECT_EQ(f.min_exponent() + 1, min_exponent) << f.name;
  };
  agrees(binary16, __FLT16_MANT_DIG__, __FLT16_MAX_EXP__, __FLT16_MIN_EXP__);
  agrees(binary32, __FLT_MANT_DIG__, __FLT_MAX_EXP__, __FLT_MIN_EXP__);
  agrees(binary64, __DBL_MANT_DIG__, __DBL_MAX_EXP__, __DBL_MIN_EXP__);
  agrees(binary80, __LDBL_MANT_DIG__, __LDBL_MAX_EXP__, __LDBL_MIN_EXP__);
#ifdef __FLT128_MANT_DIG__  // gcc's
  agrees(binary128, __FLT128_MANT_DIG__, __FLT128_MAX_EXP__, __FLT128_MIN_EXP__);
#endif
}

TEST(Format, LeastSubnormalsAreTheKnownOnes) {
  const int expected[] = {-24, -133, -149, -1074, -16445, -16494};
  for (std::size_t i = 0; i < all_formats.size(); ++i)
    EXPECT_EQ(all_formats[i]->least_exponent(), expected[i]) << all_formats[i]->name;
}

TEST(Format, IsFoundByItsNameOnly) {
  for (const Format* f : all_formats) EXPECT_EQ(find_format(f->name), f);
  EXPECT_EQ(find_format("double"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

TEST(Rounding, IsFoundByItsNameAndMirrorsOnlyUpAndDown) {
  for (const Rounding rounding : all_roundings) {
    EXPECT_EQ(find_rounding(name(rounding)), rounding);
    EXPECT_EQ(mirrored(mirrored(rounding)), rounding);
  }
  EXPECT_EQ(mirrored(Rounding::up), Rounding::down);
  EXPECT_EQ(mirrored(Rounding::nearest), Rounding::nearest);
  EXPECT_EQ(mirrored(Rounding::zero), Rounding::zero);
  EXPECT_EQ(find_rounding("towardzero"), std::nullopt);
}

TEST(Ulp, IsClampedAtBothEndsOfTheRange) {
  EXPECT_EQ(ulp_exponent(binary64, 0), -52);
  EXPECT_EQ(ulp_exponent(binary64, -1022), -1074);
  EXPECT_EQ(ulp_exponent(binary64, -1030), -1074);
  EXPECT_EQ(ulp_exponent(binary64, -1'000'000'000'000), -1074);
  EXPECT_EQ(ulp_exponent(binary64, 1023), 971);
  EXPECT_EQ(ulp_exponent(binary64, 1024), 971);
  EXPECT_EQ(least_ulp_exponent(binary32), -149);
}

TEST(Ulp, MagnitudeOfASignedRangeCoversItsBothSides) {
  EXPECT_EQ((SignedUlpRange{1, 2}.magnitude()), (UlpRange{{1}, {2}}));
  EXPECT_EQ((SignedUlpRange{-3, -2}.magnitude()), (UlpRange{{2}, {3}}));
  EXPECT_EQ((SignedUlpRange{-3, 2}.magnitude()), (UlpRange{{0}, {3}}));
  EXPECT_EQ((SignedUlpRange{-1, 2}.magnitude()), (UlpRange{{0}, {2}}));
}

}  // namespace
}  // namespace napier
