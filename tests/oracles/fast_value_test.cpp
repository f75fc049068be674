// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/fast/scalar/value_kernel.hpp"
#include "tests/oracles/fast_functions.hpp"

namespace napier {
namespace {

using namespace fast_testing;
namespace fn = functions;

constexpr std::array formats{&binary16, &bfloat16, &binary32, &binary64, &binary80};

/// Is nullopt right here?
bool may_decline(const Function& f, const Call& call) {
  if (f.base == Base::argument)
    return is_zero(call.x) || (is_negative(call.x) && !is_integer(call.y));
  return f.kind == Kind::logarithm && (is_zero(call.x) || is_negative(call.x));
}

/// Draws, evaluates by both kinds of product, and checks.
void run(const Function& f, const Format& format, int count, Tally& tally, Tally& split) {
  Arguments arguments(format, f.name.size());
  TrueFunction truth;
  for (int i = 0; i < count; ++i) {
    const Call call = arguments.draw(f);
    if (is_zero(call.x) && f.base == Base::argument) continue;
    const auto value = fast_value(f, call);
    ASSERT_TRUE(value || may_decline(f, call)) << words(f, call);
    if (!value) continue;
    mpfr_srcptr t = truth(f, call);
    if (!tally.check(*value, t, words(f, call))) continue;
    split.check(fast::value<fast::Split>(f, call), t, words(f, call) + " without fma");
  }
}

/// Slopes of higher orders of a power whose base is an argument.
std::vector<const Function*> higher_slopes() {
  std::vector<const Function*> all{&mixed_derivative()};
  for (const int order : {2, 3, 16})
    for (const Function* slope : {&fn::d_pow_x, &fn::d_pow_y})
      all.push_back(&derivative(*slope, order));
  return all;
}

class FastHigherSlope : public ::testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, FastHigherSlope, ::testing::ValuesIn(higher_slopes()),
                         [](const auto& row) { return std::string(row.param->name); });

TEST_P(FastHigherSlope, EnclosesTheTrueValue) {
  const Function& f = *GetParam();
  for (const Format* format : formats) {
    Arguments arguments(*format, f.name.size());
    TrueFunction truth;
    Tally tally(std::string(f.name) + " " + std::string(format->name));
    const int count = points(6000);
    for (int i = 0; i < count; ++i) {
      const Call call = arguments.draw(f);
      if (is_zero(call.x) || is_negative(call.x)) continue;
      const auto value = fast_value(f, call);
      if (!value) continue;
      mpfr_srcptr t = truth(f, call);
      if (tally.check(*value, t, words(f, call)))
        tally.check(fast::value<fast::Split>(f, call), t, words(f, call) + " without fma");
    }
    EXPECT_EQ(0, tally.violations()) << tally.first();
    EXPECT_GT(tally.checked(), count) << "it declines too often";
  }
}

class FastValue : public ::testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, FastValue,
                         ::testing::ValuesIn(all_functions().begin(), all_functions().end()),
                         [](const auto& row) { return std::string(row.param->name); });

TEST_P(FastValue, EnclosesTheTrueValue) {
  const Function& f = *GetParam();
  for (const Format* format : formats) {
    Tally tally(std::string(f.name) + " " + std::string(format->name));
    Tally split(std::string(f.name) + " split " + std::string(format->name));
    run(f, *format, points(100000 / static_cast<int>(formats.size())), tally, split);
    EXPECT_EQ(0, tally.violations()) << tally.first();
    EXPECT_EQ(0, split.violations()) << split.first();
    EXPECT_GT(tally.checked(), points(10000));
  }
}

/// In the range whose results a format holds: how wide the enclosures are.
void in_range(const Function& f, const Format& format, int count, Tally& tally) {
  Arguments arguments(format, 99);
  TrueFunction truth;
  for (int i = 0; i < count; ++i) {
    const Call call = arguments.draw(f);
    const auto value = fast_value(f, call);
    if (!value || value->hi == 0 || value->is_huge()) continue;
    if (std::abs(value->exponent) / 2 > format.max_exponent) continue;
    tally.check(*value, truth(f, call), words(f, call));
  }
}

// As the header promises: |y ln x| multiplies the relative error of ln x.
TEST_P(FastValue, IsNarrow) {
  const Function& f = *GetParam();
  for (const Format* format : formats) {
    Tally tally(std::string(f.name) + " " + std::string(format->name));
    in_range(f, *format, points(4000), tally);
    // The slope by the base is a power of y − 1: where y·ln x is at its end, ln x may be as much.
    const int logs = f.kind == Kind::slope && f.variable == Variable::base ? 2 : 1;
    const double widest = f.base == Base::argument ? logs * 0.7 * (format->max_exponent + 2) : 0;
    tally.expect_tight(0x1p-100 + widest * 0x1p-101);
  }
}

// The tester tested: bounds of a thousandth of their size must not pass.
TEST_P(FastValue, WouldBeCaughtWithATenBitSmallerBound) {
  const Function& f = *GetParam();
  Tally tally(std::string(f.name), 0x1p-10);
  in_range(f, binary64, 4000, tally);
  EXPECT_GT(tally.violations(), tally.checked() / 100) << f.name;
}

Call call_of(double x) { return {from_native(x), {}}; }
Call call_of(double x, double y) { return {from_native(x), from_native(y)}; }

TEST(FastValue, IsExactWhereTheValueIsPlain) {
  for (int n : {-1074, -1022, -3, 0, 1, 53, 1023}) {
    const FastEnclosure power = *fast_value(fn::exp2, call_of(n));
    EXPECT_TRUE(is_exact(power));
    EXPECT_EQ(1, power.hi);
    EXPECT_EQ(n, power.exponent);
  }
  for (const Function* f : {&fn::exp, &fn::exp10, &fn::exp2})
    EXPECT_TRUE(is_exact(*fast_value(*f, call_of(0)))) << f->name;
  for (const Function* f : {&fn::expm1, &fn::exp2m1, &fn::exp10m1})
    EXPECT_TRUE(is_exactly_zero(*fast_value(*f, call_of(-0.0)))) << f->name;
  EXPECT_TRUE(is_exactly_zero(*fast_value(fn::log, call_of(1))));
  EXPECT_TRUE(is_exact(*fast_value(fn::pow, call_of(1, 1e300))));
  EXPECT_TRUE(is_exact(*fast_value(fn::pow, call_of(3, 0))));
  EXPECT_EQ(-1, fast_value(fn::pow, call_of(-1, 3))->hi);
}

TEST(FastValue, KeepsTheSideOfItsAnchors) {
  const FastEnclosure one(Precision{64}, Dyadic::of(1));
  for (double x : {0x1p-1074, 0x1.8p-1022, 0x1p-900, 0x1p-700, 0x1p-300, 0x1p-201, 0x1p-200,
                   0x1p-199, 0x1p-120, 0x1p-54, 0x1p-20}) {
    for (const Function* f : {&fn::exp, &fn::exp2, &fn::exp10}) {
      EXPECT_TRUE(certainly_at_most(one, *fast_value(*f, call_of(x)))) << f->name << x;
      EXPECT_TRUE(certainly_at_most(*fast_value(*f, call_of(-x)), one)) << f->name << x;
    }
    const FastEnclosure exact = fast_datum(from_native(x));
    EXPECT_TRUE(certainly_at_most(exact, *fast_value(fn::expm1, call_of(x)))) << x;
    EXPECT_TRUE(certainly_at_most(-exact, *fast_value(fn::expm1, call_of(-x)))) << x;
    EXPECT_TRUE(certainly_at_most(one, *fast_value(fn::pow, call_of(1.5, x)))) << x;
    EXPECT_TRUE(certainly_at_most(*fast_value(fn::pow, call_of(0.75, x)), one)) << x;
  }
  for (double x : {-800.0, -1e6, -0x1p29, -1e300}) {
    EXPECT_TRUE(certainly_at_most(FastEnclosure{}, *fast_value(fn::exp, call_of(x)))) << x;
    EXPECT_TRUE(certainly_at_most(FastEnclosure{}, *fast_value(fn::d_exp10, call_of(x)))) << x;
    EXPECT_TRUE(certainly_at_most(-one, *fast_value(fn::expm1, call_of(x)))) << x;
    EXPECT_TRUE(certainly_at_most(FastEnclosure{}, *fast_value(fn::pow, call_of(2.5, x)))) << x;
    EXPECT_TRUE(certainly_less(one, *fast_value(fn::exp2, call_of(-x)))) << x;
    EXPECT_TRUE(certainly_less(one, *fast_value(fn::d_pow_y, call_of(2.5, -x)))) << x;
  }
}

TEST(FastValue, DeclinesWhatIsNotItsOwn) {
  const double infinite = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Function* f : all_functions())
    for (double x : {infinite, -infinite, nan}) {
      EXPECT_FALSE(fast_value(*f, call_of(x, 1))) << f->name;
      if (f->arity == 2) {
        EXPECT_FALSE(fast_value(*f, call_of(2, x))) << f->name;
      }
    }
  EXPECT_FALSE(fast_value(fn::log, call_of(0)));
  EXPECT_FALSE(fast_value(fn::log, call_of(-1)));
  EXPECT_FALSE(fast_value(fn::pow, call_of(0, 2)));
  EXPECT_FALSE(fast_value(fn::pow, call_of(-2, 0.5)));
  EXPECT_FALSE(fast_value(fn::d_pow_y, call_of(-2, 2)));
  EXPECT_FALSE(fast_value(fn::exp, {zero(binary128), {}}));
}

// Unnormals and pseudo-infinities are no numbers to the x87; pseudo-denormals are.
TEST(FastDatum, ReadsEveryEncodingAsExactValueDoes) {
  Random random(3);
  for (const Format* format : formats)
    for (int i = 0; i < 20000; ++i) {
      Bits all = (Bits(random.next()) << 64) | random.next();
      all &= (Bits(1) << format->width) - 1;
      const int field = format->fraction_bits() + (format->explicit_integer_bit ? 1 : 0);
      if (random.between(0, 3) == 0)  // exponent field 0
        all &= ((Bits(1) << field) - 1) | (Bits(1) << (format->width - 1));
      if (random.between(0, 20) == 0) all &= Bits(1) << (format->width - 1);
      const Float x{all, format};
      const FastEnclosure read = fast_datum(x);
      ASSERT_EQ(is_finite(x), read.is_known());
      if (!is_finite(x)) continue;
      const FastEnclosure want(Precision{100}, exact_value(x));
      ASSERT_TRUE(is_exact(read));
      ASSERT_TRUE(read.hi == want.hi && read.lo == want.lo && read.exponent == want.exponent)
          << to_hex(x) << text(read) << text(want);
    }
}

}  // namespace
}  // namespace napier
