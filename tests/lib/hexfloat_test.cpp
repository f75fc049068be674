// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/hexfloat.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::any_number;
using testing_support::finite_number;
using testing_support::Random;

TEST(HexFloat, HasOneSpellingWithALeadingOne) {
  EXPECT_EQ(to_hex(from_native(1.0)), "0x1p+0");
  EXPECT_EQ(to_hex(from_native(-0.75)), "-0x1.8p-1");
  EXPECT_EQ(to_hex(from_native(0.1)), "0x1.999999999999ap-4");
  EXPECT_EQ(to_hex(from_native(0.1F)), "0x1.99999ap-4");
  EXPECT_EQ(to_hex(zero(binary64)), "0x0p+0");
  EXPECT_EQ(to_hex(zero(binary32, true)), "-0x0p+0");
  EXPECT_EQ(to_hex(min_subnormal(binary64)), "0x1p-1074");
  EXPECT_EQ(to_hex(next_down(min_normal(binary64))), "0x1.ffffffffffffep-1023");
  EXPECT_EQ(to_hex(max_finite(binary64)), "0x1.fffffffffffffp+1023");
  EXPECT_EQ(to_hex(max_finite(binary80)), "0x1.fffffffffffffffep+16383");
  EXPECT_EQ(to_hex(infinity(bfloat16)), "inf");
  EXPECT_EQ(to_hex(infinity(binary128, true)), "-inf");
  EXPECT_EQ(to_hex(quiet_nan(binary64)), "nan:0x8000000000000");
  EXPECT_EQ(to_hex(negated(Float{infinity(binary32).bits | 1, &binary32})), "-nan:0x1");
  EXPECT_EQ(to_hex(Dyadic{true, 0x50, 3}), "-0x1.4p+9");
  EXPECT_EQ(to_hex(Dyadic{}), "0x0p+0");
}

TEST(HexFloat, ReadsBackWhatItWroteInEveryFormat) {
  Random random(1);
  for (const Format* f : all_formats) {
    for (int i = 0; i < 30'000; ++i) {
      const Float x = i % 2 == 0 ? any_number(*f, random) : finite_number(*f, random);
      ASSERT_EQ(parse_float(*f, to_hex(x)), x);
    }
    for (int i = 0; i < 1'000; ++i) {
      const Bits payload = 1 + random.bits() % ((Bits(1) << f->fraction_bits()) - 1);
      const Float nan{infinity(*f, random.coin()).bits | payload, f};
      ASSERT_EQ(parse_float(*f, to_hex(nan)), nan);
    }
  }
}

TEST(HexFloat, EverySixteenBitDatumReadsBack) {
  for (const Format* f : {&binary16, &bfloat16}) {
    for (unsigned bits = 0; bits <= 0xffff; ++bits) {
      const Float x{bits, f};
      ASSERT_EQ(parse_float(*f, to_hex(x)), x) << to_hex(x);
    }
  }
}

TEST(HexFloat, IsWhatTheCLibraryReadsAndWrites) {
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const Float x = any_number(binary64, random);
    ASSERT_EQ(from_native(std::strtod(to_hex(x).c_str(), nullptr)), x);
    char text[64];
    std::snprintf(text, sizeof text, "%a", to_native<double>(x));
    ASSERT_EQ(parse_float(binary64, text), x) << text;
    const Float wide = any_number(binary80, random);
    ASSERT_EQ(from_native(std::strtold(to_hex(wide).c_str(), nullptr)), wide);
    // %La writes the x87 significand with its leading one anywhere in the first digit.
    std::snprintf(text, sizeof text, "%La", to_native<long double>(wide));
    ASSERT_EQ(parse_float(binary80, text), wide) << text;
  }
}

TEST(HexFloat, AcceptsAnyC99Spelling) {
  const Float three = from_integer(binary32, 3);
  for (const char* text : {"0x3", "0x3p0", "0x3.p+0", "0X1.8P1", "0x.6p3", "0x0.00006p+19", "+0x3",
                           "0x000000000000000000000000000000000000000000000003",
                           "0x3.00000000000000000000000000000000000000000000000p+0",
                           "0x3000000000000000000000000000000000000000000000000p-192", "3", "3.0",
                           "0.3e1", "30E-1", "3.00000000000000000000000000000000000000000000000"})
    EXPECT_EQ(parse_float(binary32, text), three) << text;
  EXPECT_EQ(parse_float(binary32, "-0"), zero(binary32, true));
  EXPECT_EQ(parse_float(binary32, "-0x0p+99"), zero(binary32, true));
  EXPECT_EQ(parse_float(binary32, "infinity"), infinity(binary32));
  EXPECT_EQ(parse_float(binary32, "-nan"), negated(quiet_nan(binary32)));
}

TEST(HexFloat, RoundsDecimalsAsTheCLibraryDoes) {
  Random random(3);
  for (int i = 0; i < 50'000; ++i) {
    char text[64];
    const auto digits = static_cast<long long>(random.next() >> random.between(10, 60));
    std::snprintf(text, sizeof text, "%s%lld.%03de%+d", random.coin() ? "-" : "", digits,
                  static_cast<int>(random.between(0, 999)),
                  static_cast<int>(random.between(-22, 18)));
    ASSERT_EQ(parse_float(binary64, text), from_native(std::strtod(text, nullptr))) << text;
    ASSERT_EQ(parse_float(binary32, text), from_native(std::strtof(text, nullptr))) << text;
    ASSERT_EQ(parse_float(binary80, text), from_native(std::strtold(text, nullptr))) << text;
  }
  // Ties, which strtod decides to even too.
  EXPECT_EQ(parse_float(binary64, "9007199254740993"), from_native(9007199254740992.0));
  EXPECT_EQ(parse_float(binary64, "9007199254740995"), from_native(9007199254740996.0));
}

std::string refusal(const Format& f, std::string_view text) {
  try {
    const Float read = parse_float(f, text);
    return "read as " + to_hex(read);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST(HexFloat, MalformedTextIsRefusedByName) {
  using ::testing::HasSubstr;
  using ::testing::StartsWith;
  const std::pair<const char*, const char*> cases[] = {
      {"", "is no number"},
      {"-", "is no number"},
      {"--1", "is no number"},
      {"+-1", "is no number"},
      {" 1", "is no number"},
      {"1 ", "is no number"},
      {"1,5", "is no number"},
      {"1.2.3", "is no number"},
      {"0x", "is no number"},
      {"0x.p1", "is no number"},
      {"0xg", "is no number"},
      {"0x1p", "has no readable exponent"},
      {"0x1p+", "has no readable exponent"},
      {"0x1p+-5", "has no readable exponent"},
      {"0x1p--5", "has no readable exponent"},
      {"0x1p5x", "is no number"},
      {"0x1p99999999999999999999", "has no readable exponent"},
      {"0x1p-9223372036854775808", "has no readable exponent"},
      {"0x1p1000001", "has no readable exponent"},
      {"1e+-5", "has no readable exponent"},
      {"0x1e5p", "has no readable exponent"},
      {"0x1.0000001p+0", "is not a number of binary32"},
      {"0x1p+128", "is not a number of binary32"},
      {"0x1p-150", "is not a number of binary32"},
      {"0x1234567890123456789012345678901234", "has more digits than any format holds"},
      {"1e300", "too long to read exactly"},
      {"nan:0x", "has no payload of binary32"},
      {"nan:0x0", "has no payload of binary32"},
      {"nan:0x800000", "has no payload of binary32"},
      {"nan:0xz", "has no readable payload"},
      {"nan:1", "is no number"},
      {"Inf", "is no number"},
      {"infinite", "is no number"},
  };
  for (const auto& [text, why] : cases) {
    const std::string said = refusal(binary32, text);
    EXPECT_THAT(said, StartsWith("'" + std::string(text) + "' ")) << text;
    EXPECT_THAT(said, HasSubstr(why)) << text;
  }
}

}  // namespace
}  // namespace napier
