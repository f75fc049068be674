// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// The fast tier and the reference oracle never contradict each other.
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/fast_functions.hpp"

namespace napier {
namespace {

using namespace fast_testing;

TEST(FastOracle, AgreesWithTheReferenceOnErrors) {
  Random random(17);
  for (const Function* f : all_functions())
    for (const Format* format : {&binary16, &bfloat16, &binary32, &binary64, &binary80}) {
      Arguments arguments(*format, 1234);
      for (int i = 0; i < points(150); ++i) {
        const Call call = arguments.draw(*f);
        const auto value = fast_value(*f, call);
        if (!value) continue;
        TrueValue truth(*f, call);
        const Rounding rounding = all_roundings[static_cast<std::size_t>(random.between(0, 3))];
        const auto nearest = truth.rounded(*format, rounding);
        ASSERT_TRUE(nearest) << f->name << " " << format->name << " " << to_hex(call.x);
        for (int steps = -1; steps <= 1; ++steps) {
          const Float y = step(*nearest, steps);
          if (is_nan(y)) continue;
          const SignedUlpRange slow = truth.signed_error(y, rounding);
          const SignedUlpRange quick = *fast_signed_error(*value, y, rounding);
          EXPECT_LE(quick.lo, slow.hi) << f->name << " " << to_hex(call.x) << " y " << to_hex(y);
          EXPECT_GE(quick.hi, slow.lo) << f->name << " " << to_hex(call.x) << " y " << to_hex(y);
        }
      }
    }
}

// What is told is right, and most of it is told.
TEST(FastOracle, KnowsTheNearestDatum) {
  for (const Function* f : all_functions())
    for (const Format* format : {&binary16, &bfloat16, &binary32, &binary64}) {
      Arguments arguments(*format, 4321);
      int normal = 0, told = 0;
      for (int i = 0; i < points(400); ++i) {
        const Call call = arguments.draw(*f);
        const auto value = fast_value(*f, call);
        if (!value) continue;
        const auto right = TrueValue(*f, call).rounded(*format, Rounding::nearest);
        ASSERT_TRUE(right) << f->name << " " << format->name << " " << to_hex(call.x);
        if (classify(*right) == FloatClass::normal) ++normal;
        const auto datum = nearest_datum(*value, *format);
        if (!datum) continue;
        ++told;
        EXPECT_EQ(*right, *datum) << f->name << " " << format->name << " " << to_hex(call.x);
      }
      EXPECT_GE(told, normal * 3 / 4) << f->name << " " << format->name;
    }
}

TEST(FastOracle, KnowsNoNearestDatumOfAMidpoint) {
  const FastEnclosure midpoint(Precision{100}, Dyadic::of(1 + 0x1p-24));
  EXPECT_FALSE(nearest_datum(midpoint, binary32));
  EXPECT_EQ(from_native(1 + 0x1p-24), nearest_datum(midpoint, binary64));
  EXPECT_FALSE(nearest_datum({1, -0x1p-54, 0, 0}, binary64));
  EXPECT_EQ(from_native(1.0), nearest_datum({1, -0x1p-55, 0, 0}, binary64));
  EXPECT_FALSE(nearest_datum({1.5, 0x1p-54, 0x1p-54, 0}, binary64));
  EXPECT_EQ(from_native(1.5f), nearest_datum({1.5, 0x1p-54, 0x1p-54, 0}, binary32));
  EXPECT_FALSE(nearest_datum({1.5, 0, 0, -127}, binary32));
  EXPECT_FALSE(nearest_datum({1.5, 0, 0, 127}, binary32));
}

}  // namespace
}  // namespace napier
