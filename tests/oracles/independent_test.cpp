// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/independent.hpp"

#include "oracles/backend/mpfi_number.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using testing_support::Points;
using testing_support::words;

/// How much of its half-width an enclosure needs to hold t: |middle − t| / (width/2).
double share_used(const Enclosure& a, const Enclosure& t) {
  mpfr_t middle, off, width;
  mpfr_inits2(2000, middle, off, width, nullptr);
  mpfr_add(middle, a.impl().lo(), a.impl().hi(), MPFR_RNDN);
  mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
  mpfr_sub(width, a.impl().hi(), middle, MPFR_RNDN);
  mpfr_sub(off, middle, t.impl().lo(), MPFR_RNDN);
  mpfr_div(off, off, width, MPFR_RNDN);
  const double share = std::abs(mpfr_get_d(off, MPFR_RNDN));
  mpfr_clears(middle, off, width, nullptr);
  return share;
}

class IndependentOracle : public ::testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, IndependentOracle,
                         ::testing::ValuesIn(all_functions().begin(), all_functions().end()),
                         [](const auto& row) { return std::string(row.param->name); });

// The bound at 256 bits, judged by MPFI at 600: it holds, and it is not absurdly wide.
TEST_P(IndependentOracle, StatesABoundThatHoldsAndIsOfUse) {
  const Function& f = *GetParam();
  double most = 0;
  for (const Format* format : {&binary32, &binary64, &binary80, &binary128}) {
    Points source(f, *format, 11);
    for (int i = 0; i < testing_support::points(2'000); ++i) {
      const Call call = source.draw();
      if (!independent_covers(f, call)) continue;
      const Enclosure value = independent_value(f, call, {200});
      if (is_exact(value)) continue;
      const Enclosure t = TrueValue(f, call).enclosure({600});
      ASSERT_TRUE(mpfi_is_inside(t.impl().data(), value.impl().data()) > 0) << words(f, call);
      const double share = share_used(value, t);
      most = std::max(most, share);
    }
  }
  RecordProperty("largest_share_of_the_bound", std::to_string(most));
  EXPECT_LE(most, 1);
  EXPECT_GE(most, 0x1p-10) << "an idle bound";
}

TEST_P(IndependentOracle, DeclinesWhatHasNoFiniteValue) {
  const Function& f = *GetParam();
  for (const Format* format : all_formats) {
    const Float one = from_integer(*format, 1);
    for (const Float odd : {quiet_nan(*format), infinity(*format), infinity(*format, true)}) {
      EXPECT_FALSE(independent_covers(f, {odd, f.arity == 2 ? one : Float{}}));
      if (f.arity == 2) {
        EXPECT_FALSE(independent_covers(f, {one, odd}));
      }
    }
  }
}

TEST(IndependentOracle, KnowsZerosOnesAndSigns) {
  namespace fn = functions;
  const auto call = [](double x, double y) { return Call{from_native(x), from_native(y)}; };
  const auto is = [](const Enclosure& value, double expected) {
    return is_exact(value) && lower(value) == expected && upper(value) == expected;
  };
  const Precision p{100};
  EXPECT_TRUE(is(independent_value(fn::pow, call(-3, 0), p), 1));
  EXPECT_TRUE(is(independent_value(fn::pow, call(0, 0), p), 1));
  EXPECT_TRUE(is(independent_value(fn::pow, call(-0.0, 3), p), 0));
  EXPECT_TRUE(is(independent_value(fn::pow, call(-1, 0x1p60), p), 1));
  EXPECT_TRUE(is(independent_value(fn::pow, call(-1, 7), p), -1));
  EXPECT_TRUE(is(independent_value(fn::d_pow_x, call(-1, 6), p), -6));
  EXPECT_TRUE(is(independent_value(fn::d_pow_x, call(-1, 7), p), 7));
  EXPECT_TRUE(is(independent_value(fn::d_pow_x, call(0, 1), p), 1));
  EXPECT_TRUE(is(independent_value(fn::d_pow_y, call(1, 99), p), 0));
  EXPECT_TRUE(is(independent_value(fn::log, {from_native(1.0), {}}, p), 0));
  EXPECT_FALSE(independent_covers(fn::pow, call(0, -1)));
  EXPECT_FALSE(independent_covers(fn::pow, call(-2, 0.5)));
  EXPECT_FALSE(independent_covers(fn::d_pow_x, call(0, 0.5)));
  EXPECT_FALSE(independent_covers(fn::d_pow_y, call(-2, 2)));
  EXPECT_FALSE(independent_covers(fn::log, {from_native(-1.0), {}}));
  EXPECT_FALSE(independent_covers(fn::exp, {from_native(1e300), {}}));
  const Enclosure minus_eight = independent_value(fn::pow, call(-2, 3), p);
  EXPECT_LE(lower(minus_eight), -8);
  EXPECT_GE(upper(minus_eight), -8);
  EXPECT_LT(upper(minus_eight), -7.999);
}

}  // namespace
}  // namespace napier
