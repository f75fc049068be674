// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/subject/wrong_rounding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

std::string why(const Function& function, const Call& call, Float y, Rounding rounding) {
  TrueValue truth(function, call);
  return wrong_rounding(truth, y, rounding);
}

Float single(const char* text) { return parse_float(binary32, text); }

TEST(WrongRounding, NamesATieThatWentTheWrongWay) {
  const Call square{single("4097"), single("2")};  // 2^24 + 2^13 + 1: halfway, and ties go to even
  const Float even = single("0x1.002p+24");
  EXPECT_EQ("", why(functions::pow, square, even, Rounding::nearest));
  EXPECT_THAT(why(functions::pow, square, next_up(even), Rounding::nearest),
              HasSubstr("exactly halfway, and ties go to even, 0x1.002p+24"));
  EXPECT_EQ("", why(functions::pow, square, step(even, 2), Rounding::nearest)) << "simply far off";
}

TEST(WrongRounding, NamesTheWrongSide) {
  for (const char* x : {"1", "-1"}) {
    const Call call{single(x), {}};
    const bool positive = call.x == single("1");
    TrueValue truth(functions::expm1, call);  // 1.718…, -0.632…
    const Float below = *truth.rounded(binary32, Rounding::down);
    const Float above = *truth.rounded(binary32, Rounding::up);
    const auto says = [&](Float y, Rounding r) { return why(functions::expm1, call, y, r); };
    EXPECT_THAT(says(below, Rounding::up), HasSubstr("below the true value, and rounding up"));
    EXPECT_THAT(says(above, Rounding::down), HasSubstr("above the true value, and rounding down"));
    EXPECT_THAT(says(positive ? above : below, Rounding::zero), HasSubstr("farther from zero"));
    EXPECT_EQ("", says(above, Rounding::up));
    EXPECT_EQ("", says(next_up(above), Rounding::up)) << "the right side: the distance says it";
  }
}

TEST(WrongRounding, NamesWhatBecomesOfAnOverflow) {
  const Call call{single("1000"), {}};
  EXPECT_THAT(why(functions::exp, call, infinity(binary32), Rounding::zero),
              HasSubstr("beyond the range becomes 0x1.fffffep+127"));
  EXPECT_THAT(why(functions::exp, call, max_finite(binary32), Rounding::up),
              HasSubstr("beyond the range becomes inf"));
  EXPECT_EQ("", why(functions::exp, call, single("1"), Rounding::nearest));
}

TEST(WrongRounding, SaysNothingOfWhatIsNoNumber) {
  EXPECT_EQ("", why(functions::exp, {single("1"), {}}, quiet_nan(binary32), Rounding::nearest));
  EXPECT_EQ("", why(functions::log, {single("-1"), {}}, single("1"), Rounding::nearest));
  EXPECT_EQ("", why(functions::log, {single("0"), {}}, single("1"), Rounding::up));
}

}  // namespace
}  // namespace napier
