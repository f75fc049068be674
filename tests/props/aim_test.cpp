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

Point with(const Point& from, std::uint64_t steps) {
  Point point = from;
  point.args[point.count - 1].bits += steps;
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
      for (std::uint64_t i = 0; i < 16 * (row.format == &binary32 ? 1U : 8U); ++i) {
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
