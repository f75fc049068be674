// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/shape.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "lib/fp/ordinal.hpp"
#include "lib/target/array_caller.hpp"
#include "lib/target/lanes.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
  try {
    (void)parse_shape(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(Shape, SaysWhatItIsInC) {
  const auto one = [](std::string_view text, const Format& format = binary64) {
    return declaration(parse_shape(text), format, 1);
  };
  EXPECT_EQ(one("scalar"), "double f(double)");
  EXPECT_EQ(one("x,y,n"), "void f(const double* x, double* y, size_t n)");
  EXPECT_EQ(one("x,y:restrict,n"), "void f(const double* x, double* restrict y, size_t n)");
  EXPECT_EQ(one("n:int,x,sx,y,sy", binary32),
            "void f(int n, const float* x, int sx, float* y, int sy)");
  EXPECT_EQ(one("n,x,sx,y,sy"),
            "void f(size_t n, const double* x, ptrdiff_t sx, double* y, ptrdiff_t sy)");
  EXPECT_EQ(one("x,n:long", bfloat16), "void f(uint16_t* x, long n)");
  EXPECT_EQ(one("vector:__m256d"), "__m256d f(__m256d)");
  EXPECT_EQ(one("x,y,d,n"), "void f(const double* x, double* y, double* d, size_t n)");
  EXPECT_EQ(one("d:x,y:restrict,d,n:int"),
            "void f(const double* x, double* restrict y, double* d, int n)");
  EXPECT_EQ(one("x,y,d"), "void f(double x, double* y, double* d)");
  EXPECT_EQ(one("y=x,d", binary32), "float f(float x, float* d)");
  EXPECT_EQ(one("pair"), "struct { double y, d; } f(double x)");
  EXPECT_EQ(one("d:pair", bfloat16), "struct { uint16_t y, d; } f(uint16_t x)");
  EXPECT_EQ(declaration(parse_shape("x,a,y,d,da"), binary64, 2),
            "void f(double x, double a, double* y, double* d, double* da)");
  EXPECT_EQ(declaration(parse_shape("x,a,y,n"), binary128, 2),
            "void f(const __float128* x, const __float128* a, __float128* y, size_t n)");
  EXPECT_EQ(declaration(parse_shape("vector:__m128"), binary32, 2), "__m128 f(__m128, __m128)");
}

TEST(Shape, RefusesWhatIsNone) {
  EXPECT_THAT(refusal("x,z,n"), HasSubstr("z is no parameter: there are x a y n"));
  EXPECT_THAT(refusal(""), HasSubstr("nothing is no parameter"));
  EXPECT_THAT(refusal("x,y,n,"), HasSubstr("nothing is no parameter"));
  EXPECT_THAT(refusal("x:int,y,n"), HasSubstr("x:int is no parameter"));
  EXPECT_THAT(refusal("y,n"), HasSubstr("x is missing"));
  EXPECT_THAT(refusal("x,y"), HasSubstr("n is missing"));
  EXPECT_THAT(refusal("x,d"), HasSubstr("y is missing"));
  EXPECT_THAT(refusal("d:x,y,n"), HasSubstr("it gives no d"));
  EXPECT_THAT(refusal("x,y,y,n"), HasSubstr("a second y"));
  EXPECT_THAT(refusal("x,x,y,n"), HasSubstr("x is there twice"));
  EXPECT_THAT(refusal("x,n,sy"), HasSubstr("sy is the stride of y, which is missing"));
  EXPECT_THAT(refusal("x,y,n,sa"), HasSubstr("sa is the stride of a, which is missing"));
  EXPECT_THAT(refusal("vector:__m64"), HasSubstr("no such vector type; there are __m128 "));
}

TEST(Shape, FitsAFormatAndANumberOfArguments) {
  EXPECT_EQ(why_unfit(parse_shape("x,y,n"), binary64, 1), "");
  EXPECT_EQ(why_unfit(parse_shape("scalar"), binary64, 2), "");
  EXPECT_THAT(why_unfit(parse_shape("x,y,n"), binary64, 2), HasSubstr("a is missing"));
  EXPECT_THAT(why_unfit(parse_shape("x,a,y,n"), binary64, 1), HasSubstr("one argument"));
  EXPECT_THAT(why_unfit(parse_shape("vector:__m256"), binary64, 1),
              HasSubstr("elements of binary32"));
}

void exp_array(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::exp(x[i]);
}
std::unique_ptr<Caller> caller_of(void (*code)(const double*, double*, std::size_t)) {
  return array_caller(reinterpret_cast<void*>(code), parse_shape("x,y,n"), binary64, 1);
}

Answer answer(Caller& caller, double x, Observe observe = Observe::values) {
  const Call call{from_native(x), {}};
  Answer answer;
  caller.call(Rounding::nearest, observe, {&call, 1}, {&answer, 1});
  return answer;
}

TEST(ArrayCaller, AnswersAsTheFunctionDoes) {
  const auto caller = caller_of(exp_array);
  for (const double x : {0.0, -0.0, 1.0, -745.0, 1e300, HUGE_VAL})
    EXPECT_EQ(answer(*caller, x).value, from_native(std::exp(x))) << x;
  EXPECT_TRUE(answer(*caller, 1e300, Observe::everything).flags.overflow);
}

TEST(ArrayCaller, AnswersLongBlocks) {
  constexpr std::size_t count = 2500;  // no multiple of the longest array
  std::vector<std::uint64_t> x(count), results(count);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = static_cast<std::uint64_t>(from_native(0.25 * static_cast<double>(i)).bits);
  const auto effects = caller_of(exp_array)->call_block(Rounding::nearest, {x, {}, results});
  ASSERT_TRUE(effects);
  EXPECT_FALSE(effects->unwritten);
  for (std::size_t i = 0; i < count; ++i)
    ASSERT_EQ(results[i], from_native(std::exp(0.25 * static_cast<double>(i))).bits) << i;
}

/// The very bits that the memory of results is painted with are a result like any other.
TEST(ArrayCaller, TellsAResultFromWhatWasThereBefore) {
  static std::uint64_t seen;
  static bool write = true;
  const auto code = [](const double*, double* y, std::size_t n) {
    static_assert(sizeof *y == sizeof seen);
    for (std::size_t i = 0; i < n && write; ++i) std::memcpy(&y[i], &seen, sizeof seen);
    std::memcpy(&seen, y, sizeof seen);
  };
  write = false;
  const auto caller = caller_of(code);
  EXPECT_EQ(answer(*caller, 1).ending, Ending::unwritten);
  write = true;
  for (int time = 0; time < 3; ++time) {
    const Answer given = answer(*caller, 1);
    EXPECT_EQ(given.ending, Ending::returned);
    EXPECT_EQ(given.value.bits, seen);
  }
}

TEST(ArrayCaller, NoticesWhatIsWrittenElsewhere) {
  const auto damage = [](void (*code)(const double*, double*, std::size_t)) {
    return answer(*caller_of(code), 1).placement.damage;
  };
  EXPECT_EQ(damage(exp_array), Damage::none);
  EXPECT_EQ(damage([](const double* x, double* y, std::size_t n) { y[n] = y[0] = x[0]; }),
            Damage::after);
  EXPECT_EQ(damage([](const double* x, double* y, std::size_t) { y[-1] = y[0] = x[0]; }),
            Damage::before);
  EXPECT_EQ(damage([](const double* x, double* y, std::size_t) {
              y[0] = x[0];
              const_cast<double*>(x)[0] = 0;
            }),
            Damage::arguments);
}

TEST(ArrayCaller, PlacesArraysEverywhere) {
  const auto placements = lane_placements(parse_shape("x,sx,y,sy,n"));
  const auto any = [&](auto which) { return std::ranges::any_of(placements, which); };
  for (int length = 1; length <= 33; ++length)
    EXPECT_TRUE(any([=](const Placement& p) { return p.length == length; })) << length;
  for (int offset = 0; offset < 16; ++offset)
    EXPECT_TRUE(any([=](const Placement& p) { return p.x_offset == offset; })) << offset;
  EXPECT_TRUE(any([](const Placement& p) { return p.x_stride != p.y_stride; }));
  EXPECT_TRUE(any([](const Placement& p) { return p.in_place; }));
  for (const Placement& p : lane_placements(parse_shape("x,y:restrict,n")))
    EXPECT_FALSE(p.in_place);
  EXPECT_LT(lane_placements(parse_shape("x,sx,y,sy,n")).size(), 192U) << "calls in a child at once";
}

}  // namespace
}  // namespace napier
