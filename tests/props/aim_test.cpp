// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/aim.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "oracles/oracle.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

/// t/ulp(t) modulo 1, by the reference.
double fraction_at(const Function& function, const Point& point) {
  TrueValue t(function, {point.args[0], point.count == 2 ? point.args[1] : Float{}});
  const Float below = *t.rounded(*point.args[0].format, Rounding::down);
  return -t.signed_error(below, Rounding::nearest).lo;
}

/// How far it is above the least error of the aim, around the circle.
double beyond(double fraction, const Aim& aim, bool above) {
  const double from = above ? fraction - aim.least.value : -fraction - aim.least.value;
  return from - std::floor(from);
}

Point with(const Point& from, std::int64_t steps) {
  Point point = from;
  point.args[point.count - 1].bits += static_cast<Bits>(static_cast<SignedBits>(steps));
  return point;
}

struct Row {
  const Function* function;
  const Format* format;
  const char* x;
  const char* y;
};
const Row rows[] = {
    {&functions::exp, &binary64, "0x1.62e43p-2", ""},
    {&functions::exp, &binary64, "-0x1.4p+9", ""},
    {&functions::log, &binary64, "0x1.1211bp+0", ""},
    {&functions::expm1, &binary64, "-0x1p-30", ""},
    {&functions::exp10, &binary32, "0x1.8p+2", ""},
    {&functions::exp, &binary80, "0x1.8p+2", ""},
    {&functions::pow, &binary64, "0x1.fdp-1", "-0x1.2p+17"},
};

TEST(AimedStretch, HoldsTheArgumentsAtWhichSuchAnErrorWouldShow) {
  for (const Row& row : rows)
    for (const bool above : {true, false}) {
      Point from;
      from.push(parse_float(*row.format, row.x));
      if (*row.y != '\0') from.push(parse_float(*row.format, row.y));
      const Aim aim{Ulp{0.51}, Ulp{0.53}};
      AimedStretch stretch(*row.function, from, aim, above);
      // What is bent, or cut to 64 bits, moves an end of the aim by less than that.
      const double slack = 0.002, width = aim.most.value - aim.least.value;
      Point next = stretch.next();
      int held = 0;
      for (std::int64_t i = 0; i < 16 * (row.format == &binary32 ? 1 : 8); ++i) {
        const Point point = with(from, i);
        const double past = beyond(fraction_at(*row.function, point), aim, above);
        if (point == next && (i != 0 || past < width)) {
          EXPECT_TRUE(past < width + slack || past > 1 - slack) << past;
          next = stretch.next();
          ++held;
        } else {
          EXPECT_FALSE(past > slack && past < width - slack && i != 0)
              << row.function->name << " left out " << i << ": " << past;
        }
      }
      EXPECT_LT(held, 16);
    }
}

/// Of what it says the reference says the same but next to an end of the aim.
TEST(CubicView, ShowsWhatTheTrueValueShows) {
  const Row curved[] = {
      {&functions::exp, &binary64, "0x1.5e43p+9", ""},
      {&functions::exp, &binary64, "-0x1.4p+9", ""},
      {&functions::exp, &binary64, "0x1.62e43p-2", ""},
      {&functions::log, &binary64, "0x1.1211bp+0", ""},
      {&functions::exp2, &binary64, "-0x1.23p+1", ""},
      {&functions::expm1, &binary64, "-0x1.7p-4", ""},
      {&functions::exp10, &binary32, "0x1.8p+2", ""},
      {&functions::exp, &binary80, "0x1.8p+2", ""},
      {&functions::pow, &binary64, "0x1.fdp-1", "-0x1.27p+16"},
  };
  for (const Row& row : curved) {
    Point start;
    start.push(parse_float(*row.format, row.x));
    if (*row.y != '\0') start.push(parse_float(*row.format, row.y));
    const int log2_length = row.format == &binary32 ? 8 : (row.format->precision - 3) / 2;
    const auto view = CubicView::of(*row.function, start, log2_length);
    ASSERT_TRUE(view) << row.function->name << row.x;
    const Aim aim{Ulp{0.5}, Ulp{0.75}};
    const double slack = 0x1p-19, width = aim.most.value - aim.least.value;
    int shown = 0;
    for (std::int64_t i = -64; i <= 128; ++i) {
      const std::int64_t away = i * ((std::int64_t(1) << log2_length) / 64) + (i % 7);
      const double past = beyond(fraction_at(*row.function, with(start, away)), aim, true);
      const bool says = view->shows(away, aim, true);
      shown += says ? 1 : 0;
      const bool at_an_end = std::min(past, 1 - past) < slack || std::abs(past - width) < slack;
      if (at_an_end) continue;
      EXPECT_EQ(says, past < width) << row.function->name << " at " << away << ": " << past;
    }
    EXPECT_GT(shown, 20) << row.function->name << row.x;
  }
}

TEST(CubicView, IsNoneWhereABinadeEndsOrNoCubicServes) {
  const auto view = [](const Function& f, const Format& format, const char* x, int log2_length) {
    Point start;
    start.push(parse_float(format, x));
    return CubicView::of(f, start, log2_length).has_value();
  };
  EXPECT_FALSE(view(functions::exp, binary64, "0x1p+1", 20)) << "the argument's";
  EXPECT_FALSE(view(functions::exp2, binary64, "0x1.8000000000001p+1", 20)) << "the argument's";
  EXPECT_FALSE(view(functions::exp, binary64, "0x1.62e42fefa39efp-1", 20)) << "the result's";
  EXPECT_TRUE(view(functions::exp, binary64, "0x1.62f42fefa39efp-1", 20));
  EXPECT_FALSE(view(functions::exp, binary64, "0x0p+0", 20));
  EXPECT_FALSE(view(functions::exp, binary64, "0x1.8p+8", 42)) << "bent";
  EXPECT_FALSE(view(functions::exp, binary128, "0x1.8p+1", 55)) << "beyond the filter's digits";
}

TEST(AimedStretch, TellsTheSideOfAnError) {
  Point point;
  point.push(parse_float(binary64, "0x1.8p+1"));
  const double fraction = fraction_at(functions::exp, point);
  EXPECT_TRUE(is_above(functions::exp, point, Ulp{fraction}));
  EXPECT_FALSE(is_above(functions::exp, point, Ulp{1 - fraction}));
  EXPECT_TRUE(is_above(functions::exp, point, Ulp{2 + fraction}));
}

TEST(AimedStretch, StaysWhereNoLineIsKnown) {
  Point zero_point;
  zero_point.push(zero(binary64));
  AimedStretch of_zero(functions::log, zero_point, {Ulp{0.51}, Ulp{0.53}}, true);
  EXPECT_EQ(zero_point, of_zero.next());
  Point largest;
  largest.push(max_finite(binary64));
  AimedStretch of_largest(functions::log, largest, {Ulp{0.51}, Ulp{0.53}}, true);
  EXPECT_EQ(largest, of_largest.next());
}

}  // namespace
}  // namespace napier
