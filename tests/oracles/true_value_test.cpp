// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the reference decides, and that it says so where it may not look closely enough.
#include <gtest/gtest.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using testing_support::points;
using testing_support::Points;
using testing_support::words;

Call at(const Format& format, std::string_view x) { return {parse_float(format, x), {}}; }
Call at(const Format& format, std::string_view x, std::string_view y) {
  return {parse_float(format, x), parse_float(format, y)};
}
Dyadic dyadic(std::string_view y, const Format& format = binary64) {
  return exact_value(parse_float(format, y));
}

/// The known worst case of exp in binary64 to nearest: 57 zeros after the midpoint of two numbers
/// (Lefèvre and Muller, "Worst cases for correct rounding of the elementary functions").
TEST(TrueValue, KnowsTheSideOfTheHardestMidpoint) {
  const Float below = parse_float(binary64, "0x1.000000033d397p+0");
  TrueValue t(functions::exp, at(binary64, "0x1.9e9cbbfd6080bp-31"));
  EXPECT_EQ(t.compare(add(exact_value(below), Dyadic::power_of_two(-53))), Position::above);
  EXPECT_EQ(t.rounded(binary64, Rounding::nearest), step(below, 1));
  EXPECT_EQ(t.keeps(below, CorrectlyRounded{}, Rounding::nearest), Truth::no);
  EXPECT_EQ(t.keeps(step(below, 1), CorrectlyRounded{}, Rounding::nearest), Truth::yes);
}

TEST(TrueValue, OfASlopeAtABaseOfZeroIsNoneWhereConventionsDiffer) {
  for (const Format* f : all_formats)
    for (const char* x : {"0x0p+0", "-0x0p+0"}) {
      for (const char* y : {"0x0p+0", "-0x0p+0", "-0x1p-2", "-0x1p+0", "-inf"})
        EXPECT_TRUE(TrueValue(functions::d_pow_y, at(*f, x, y)).is_nan()) << x << ' ' << y;
      for (const char* y : {"0x1p-2", "0x1p+0", "inf"})
        EXPECT_FALSE(TrueValue(functions::d_pow_y, at(*f, x, y)).is_nan()) << x << ' ' << y;
    }
}

TEST(TrueValue, IsUndecidedWhereTheCapIsTooLow) {
  const Call call = at(binary64, "0x1.3p-2");
  TrueValue patient(functions::exp10, call);
  const Float right = patient.rounded(binary64, Rounding::nearest).value();
  for (const int cap : {30, 40, 46}) {
    TrueValue shy(functions::exp10, call, {{30}, {cap}});
    EXPECT_EQ(shy.compare(exact_value(right)), Position::undecided) << cap;
    EXPECT_EQ(shy.rounded(binary64, Rounding::nearest), std::nullopt) << cap;
    EXPECT_EQ(shy.keeps(right, CorrectlyRounded{}, Rounding::nearest), Truth::undecided) << cap;
    EXPECT_EQ(shy.keeps(right, Faithful{}, Rounding::nearest), Truth::undecided) << cap;
    EXPECT_EQ(shy.keeps(step(right, 1), WithinUlp{Dyadic::of_integer(1)}, Rounding::nearest),
              Truth::undecided)
        << cap;
    // What a wide enclosure still tells.
    EXPECT_EQ(shy.compare(Dyadic::of_integer(1)), Position::above) << cap;
    EXPECT_EQ(shy.keeps(negated(right), WithinUlp{Dyadic::of_integer(9)}, Rounding::nearest),
              Truth::no)
        << cap;
  }
}

/// Nothing here differs from its comparand within any precision worth computing with.
TEST(TrueValue, DecidesNextToAValueItNeverIsWithoutRefining) {
  struct Row {
    const Function* function;
    Call call;
    Dyadic comparand;
    Position position;
  };
  const Dyadic one = Dyadic::of_integer(1);
  const Format& quad = binary128;
  const auto tiny = "0x1p-16494";
  const Row rows[] = {
      {&functions::exp, at(binary64, "0x1p-1074"), one, Position::above},
      {&functions::exp, at(binary64, "-0x1p-1074"), one, Position::below},
      {&functions::exp2, at(quad, tiny), one, Position::above},
      {&functions::exp10, at(quad, "-0x1p-16494"), one, Position::below},
      {&functions::expm1, at(binary64, "0x1p-1074"), dyadic("0x1p-1074"), Position::above},
      {&functions::expm1, at(binary64, "-0x1p-1074"), dyadic("-0x1p-1074"), Position::above},
      {&functions::expm1, at(binary64, "-1000"), -one, Position::above},
      {&functions::exp2m1, at(binary64, "1000"), dyadic("0x1p1000"), Position::below},
      {&functions::exp2m1, at(quad, "16383"), dyadic("0x1p16383", quad), Position::below},
      {&functions::exp2m1, at(quad, "-16383"), -one, Position::above},
      {&functions::exp10m1, at(quad, "-4000.5"), -one, Position::above},
      {&functions::pow, at(quad, "0x1.0000000000000000000000000001p0", tiny), one, Position::above},
      {&functions::pow, at(binary64, "0x1.fffffffffffffp-1", "0x1p-1074"), one, Position::below},
      {&functions::exp, at(quad, "16000"), Dyadic::power_of_two(16384), Position::above},
      {&functions::exp, at(quad, "-16000"), Dyadic::power_of_two(-16494), Position::below},
      {&functions::exp, at(quad, "-16000"), Dyadic{}, Position::above},
  };
  for (const Row& row : rows) {
    const Precision start = default_refinement(*row.call.x.format).start;
    TrueValue t(*row.function, row.call, {start, start});
    EXPECT_EQ(t.compare(row.comparand), row.position) << words(*row.function, row.call);
    for (const Rounding rounding : all_roundings)
      EXPECT_TRUE(t.rounded(*row.call.x.format, rounding)) << words(*row.function, row.call);
  }
}

TEST(TrueValue, RoundsBeyondBothEndsAsEachModeSays) {
  for (const Format* format : all_formats) {
    SCOPED_TRACE(format->name);
    const Float far = round_to(*format, Dyadic::of_integer(30'000), Rounding::nearest);
    const Float most = max_finite(*format), inf = infinity(*format, false);
    const Float zero{0, format}, least = min_subnormal(*format);
    TrueValue above(functions::exp, {far, {}});
    EXPECT_EQ(above.rounded(*format, Rounding::nearest), inf);
    EXPECT_EQ(above.rounded(*format, Rounding::up), inf);
    EXPECT_EQ(above.rounded(*format, Rounding::down), most);
    EXPECT_EQ(above.rounded(*format, Rounding::zero), most);
    TrueValue below(functions::exp, {negated(far), {}});
    EXPECT_EQ(below.rounded(*format, Rounding::nearest), zero);
    EXPECT_EQ(below.rounded(*format, Rounding::up), least);
    EXPECT_EQ(below.rounded(*format, Rounding::down), zero);
    EXPECT_EQ(below.rounded(*format, Rounding::zero), zero);
    // The same magnitudes with the other sign.
    const Float minus_ten = round_to(*format, Dyadic::of_integer(-10), Rounding::nearest);
    const Float odd = round_to(*format, Dyadic::of_integer(10'001), Rounding::nearest);
    if (!is_odd_integer(odd)) continue;  // too few bits for it
    TrueValue deep(functions::pow, {minus_ten, odd});
    EXPECT_EQ(deep.rounded(*format, Rounding::nearest), negated(inf));
    EXPECT_EQ(deep.rounded(*format, Rounding::up), negated(most));
    EXPECT_EQ(deep.rounded(*format, Rounding::down), negated(inf));
    EXPECT_EQ(deep.rounded(*format, Rounding::zero), negated(most));
    TrueValue shallow(functions::pow, {minus_ten, negated(odd)});
    EXPECT_EQ(shallow.rounded(*format, Rounding::nearest), negated(zero));
    EXPECT_EQ(shallow.rounded(*format, Rounding::up), negated(zero));
    EXPECT_EQ(shallow.rounded(*format, Rounding::down), negated(least));
    EXPECT_EQ(shallow.rounded(*format, Rounding::zero), negated(zero));
  }
}

const Function* const all[] = {&functions::exp,     &functions::exp2,   &functions::exp10,
                               &functions::expm1,   &functions::exp2m1, &functions::exp10m1,
                               &functions::pow,     &functions::log,    &functions::d_exp2,
                               &functions::d_pow_x, &functions::d_pow_y};

TEST(TrueValue, IsDecidedEverywhereInEveryMode) {
  for (const Function* f : all)
    for (const Format* format : all_formats) {
      Points draws(*f, *format, 3);
      for (int i = 0; i < points(100); ++i) {
        const Call call = draws.draw();
        TrueValue t(*f, call);
        for (const Rounding rounding : all_roundings)
          EXPECT_TRUE(t.rounded(*format, rounding)) << words(*f, call);
      }
    }
}

/// A figure that depended on what was asked before would depend on the order of the judgements.
TEST(TrueValue, GivesTheSameErrorWhateverWasAskedBefore) {
  for (const Function* f : all) {
    Points draws(*f, binary64, 5);
    for (int i = 0; i < points(100); ++i) {
      const Call call = draws.draw();
      TrueValue asked(*f, call);
      const auto y = asked.rounded(binary64, Rounding::nearest);
      if (!y || is_nan(*y)) continue;
      for (const Rounding rounding : all_roundings) (void)asked.rounded(binary64, rounding);
      TrueValue fresh(*f, call);
      const UlpRange first = fresh.error(*y, Rounding::nearest);
      const UlpRange later = asked.error(*y, Rounding::nearest);
      EXPECT_EQ(first.lo, later.lo) << words(*f, call);
      EXPECT_EQ(first.hi, later.hi) << words(*f, call);
      EXPECT_LE(first.lo, Ulp{0.5}) << words(*f, call);
    }
  }
}

}  // namespace
}  // namespace napier
