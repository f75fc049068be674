// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/decimal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

TEST(Decimal, IsWhatPeopleWrite) {
  for (const Format* format : all_formats) {
    EXPECT_EQ("1", to_decimal(from_integer(*format, 1)));
    EXPECT_EQ("-3", to_decimal(from_integer(*format, -3)));
    EXPECT_EQ("0.1", to_decimal(parse_float(*format, "0.1"))) << format->name;
    EXPECT_EQ("inf", to_decimal(infinity(*format)));
    EXPECT_EQ("-0", to_decimal(zero(*format, true)));
    EXPECT_EQ("nan", to_decimal(quiet_nan(*format)));
    EXPECT_EQ("-nan", to_decimal(negated(quiet_nan(*format))));
  }
  EXPECT_EQ("6.55e+04", to_decimal(max_finite(binary16)));
  EXPECT_EQ("6e-08", to_decimal(min_subnormal(binary16)));
  EXPECT_EQ("5e-324", to_decimal(min_subnormal(binary64)));
  EXPECT_EQ("1.7976931348623157e+308", to_decimal(max_finite(binary64)));
  EXPECT_EQ("4e-4951", to_decimal(min_subnormal(binary80)));
  EXPECT_EQ("6e-4966", to_decimal(min_subnormal(binary128)));
}

TEST(Decimal, HasHexBesideItWhereItIsNotExact) {
  EXPECT_EQ("3", to_decimal_and_hex(from_integer(binary64, 3)));
  EXPECT_EQ("-0.0009765625", to_decimal_and_hex(negated(power_of_two(binary64, -10))));
  EXPECT_EQ("-0", to_decimal_and_hex(zero(binary64, true)));
  EXPECT_EQ("-inf", to_decimal_and_hex(negated(infinity(binary64))));
  EXPECT_EQ("nan", to_decimal_and_hex(quiet_nan(binary64)));
  EXPECT_EQ("nan:0x201", to_decimal_and_hex(parse_float(binary16, "nan:0x201")));
  EXPECT_EQ("-nan:0x1", to_decimal(parse_float(binary16, "-nan:0x1")));
  EXPECT_EQ("0.1 (0x1.999999999999ap-4)", to_decimal_and_hex(parse_float(binary64, "0.1")));
  EXPECT_EQ("6.55e+04 (0x1.ffcp+15)", to_decimal_and_hex(max_finite(binary16)));
  EXPECT_EQ("16777216", to_decimal_and_hex(power_of_two(binary32, 24)));
  EXPECT_EQ("1e+22 (0x1.0f0cf064dd592p+73)", to_decimal_and_hex(parse_float(binary64, "1e22")));
}

TEST(Decimal, IsExactOnlyWhereItIsTheNumber) {
  std::size_t exact = 0;
  for (Bits bits = 0; bits < (Bits(1) << 15); ++bits) {
    const Float x{bits, &binary16};
    if (!is_finite(x)) continue;
    // A double has 42 bits more than a binary16 number: its decimal is as near as its digits go.
    const bool is_it = std::strtod(to_decimal(x).c_str(), nullptr) == to_double(exact_value(x));
    EXPECT_EQ(is_it, is_exact_in_decimal(x)) << to_decimal(x);
    exact += is_it ? 1 : 0;
  }
  EXPECT_GT(exact, 1000u);
}

TEST(Decimal, OfEverySixteenBitNumberReadsBack) {
  for (const Format* format : {&binary16, &bfloat16})
    for (Bits bits = 0; bits < (Bits(1) << 16); ++bits) {
      const Float x{bits, format};
      if (is_nan(x) || is_infinite(x)) continue;
      EXPECT_EQ(x, parse_float(*format, to_decimal(x)));
    }
}

TEST(Decimal, OfWideNumbersReadsBackByTheLibrary) {
  std::mt19937_64 random(1);
  const auto bits = [&] { return Bits(random()) << 64 | Bits(random()); };
  for (int i = 0; i < 2000; ++i) {
    const Float quad{bits(), &binary128};
    if (is_finite(quad)) {
      EXPECT_EQ(quad, from_native(Quad(strtof128(to_decimal(quad).c_str(), nullptr))));
    }
    const Float x87 = from_ordinal(binary80, ordinal(max_finite(binary80)) / 2000 * i);
    EXPECT_EQ(x87, from_native(std::strtold(to_decimal(x87).c_str(), nullptr)));
    const Float twice{bits() & ~std::uint64_t(0), &binary64};
    if (is_finite(twice)) {
      EXPECT_EQ(twice, from_native(std::strtod(to_decimal(twice).c_str(), nullptr)));
    }
  }
}

}  // namespace
}  // namespace napier
