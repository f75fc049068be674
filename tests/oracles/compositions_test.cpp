// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Compositions and their derivatives of several orders: the closed forms of the reference against
// Taylor arithmetic on the definitions, the filter within both, values that are known, and limits.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "lib/target/composition.hpp"
#include "oracles/backend/independent.hpp"
#include "oracles/compositions/composition.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

namespace fn = functions;
using testing_support::points;
using testing_support::Random;
using testing_support::words;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<const Function*> all_orders() {
  std::vector<const Function*> all(all_compositions().begin(), all_compositions().end());
  for (const Function* first : all_compositions())
    for (const int order : {2, 3, 5})
      if (is_derivative(*first)) all.push_back(&derivative(*first, order));
  for (const Function* value : {&fn::logaddexp, &fn::growth})
    all.push_back(&mixed_derivative_of(*value));
  return all;
}

/// Arguments near each other, in a ratio, and of every size.
class Arguments {
 public:
  Arguments(const Format& format, std::uint64_t seed) : format_(format), random_(seed) {}

  Call draw(const Function& f) {
    const double x = takes_positive(f) ? positive() : any();
    if (f.arity == 1) return {datum(x), {}};
    switch (random_.between(0, 3)) {
      case 0:
        return {datum(x), datum(x + size(-40, 4))};
      case 1:
        return {datum(size(-8, 9)), datum(size(-8, 3))};
      case 2:
        return {datum(double(random_.between(-40, 40)) * x), datum(x)};
      default:
        break;
    }
    return {datum(x), datum(any())};
  }

 private:
  double unit() { return static_cast<double>(random_.next() >> 11) * 0x1p-53; }
  double size(double lo, double hi) {
    const double value = std::exp2(lo + (hi - lo) * unit());
    return random_.coin() ? value : -value;
  }
  /// Powers of two, next to 1, and of every size.
  double positive() {
    switch (random_.between(0, 3)) {
      case 0:
        return std::exp2(double(random_.between(-30, 30)));
      case 1:
        return 1 + size(-60, -2);
      case 2:
        return std::exp2(80 * (2 * unit() - 1));
      default:
        break;
    }
    return std::fabs(size(-900, 900));
  }
  double any() {
    switch (random_.between(0, 3)) {
      case 0:
        return 750 * (2 * unit() - 1);
      case 1:
        return size(-60, 6);
      case 2:
        return size(-900, -60);
      default:
        break;
    }
    return static_cast<double>(random_.between(-80, 80)) / 4;
  }
  Float datum(double value) {
    return round_to(format_, Dyadic::of(std::isfinite(value) ? value : 1), Rounding::nearest);
  }

  const Format& format_;
  Random random_;
};

class Compositions : public ::testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, Compositions, ::testing::ValuesIn(all_orders()),
                         [](const auto& row) { return std::string(row.param->name); });

TEST_P(Compositions, AreTheSameByClosedFormsAndByTaylorArithmetic) {
  const Function& f = *GetParam();
  for (const Format* format : all_formats) {
    Arguments source(*format, 7);
    int compared = 0;
    for (int i = 0; i < points(30); ++i) {
      const Call call = source.draw(f);
      if (!is_finite(call.x) || (f.arity == 2 && !is_finite(call.y))) continue;
      SCOPED_TRACE(words(f, call));
      if (!independent_covers(f, call)) continue;
      const TrueValue t(f, call);
      ASSERT_FALSE(t.is_nan() || t.is_infinite());
      const Enclosure reference = t.enclosure({format->precision + 64});
      const Enclosure second = independent_value(f, call, {format->precision + 64});
      ASSERT_FALSE(certainly_less(reference, second) || certainly_less(second, reference));
      ++compared;
      // Taylor arithmetic is sharp but for what cancels next to a zero of the derivative.
      const Enclosure difference = reference - second;
      if (!is_exactly_zero(difference) && !is_exactly_zero(reference)) {
        ASSERT_LT(binade(difference), std::max<std::int64_t>(binade(reference), -1100) - 20);
      }
    }
    EXPECT_GT(compared, points(30) / 4) << format->name;
  }
}

TEST_P(Compositions, AreWithinWhatTheFilterSays) {
  const Function& f = *GetParam();
  for (const Format* format : {&binary32, &binary64, &binary80}) {
    Arguments source(*format, 8);
    int known = 0;
    for (int i = 0; i < points(150); ++i) {
      const Call call = source.draw(f);
      if (!is_finite(call.x) || (f.arity == 2 && !is_finite(call.y))) continue;
      const auto fast = fast_value(f, call);
      if (!fast) continue;
      ++known;
      const TrueValue t(f, call);
      ASSERT_FALSE(t.is_nan() || t.is_infinite()) << words(f, call);
      const Enclosure value = t.enclosure({400});
      if (fast->is_huge()) {
        EXPECT_GT(std::fabs(fast->hi < 0 ? upper(value) : lower(value)), 1e300) << words(f, call);
        continue;
      }
      EXPECT_LE(lower(*fast), upper(value)) << words(f, call);
      EXPECT_GE(upper(*fast), lower(value)) << words(f, call);
    }
    EXPECT_GT(known, points(150) / 2) << format->name;
  }
}

/// Rounded in binary64; NaN where there is no value.
double value_of(const Function& f, double x, double y = 0) {
  TrueValue t(f, {from_native(x), f.arity == 2 ? from_native(y) : Float{}});
  return to_native<double>(*t.rounded(binary64, Rounding::nearest));
}

TEST(CompositionValues, AreThoseOfTheirLimits) {
  struct Row {
    const Function* function;
    double x, y, want;
  };
  const Function& d2_sigmoid = derivative(fn::d_sigmoid, 2);
  const Function& mixed = mixed_derivative_of(fn::logaddexp);
  for (const Row& row : {Row{&fn::sigmoid, 0, 0, 0.5},
                         Row{&fn::sigmoid, inf, 0, 1},
                         Row{&fn::sigmoid, -inf, 0, 0},
                         Row{&fn::sigmoid, nan, 0, nan},
                         Row{&fn::sigmoid, -745, 0, 0x1p-1074},
                         Row{&fn::d_sigmoid, 0, 0, 0.25},
                         Row{&fn::d_sigmoid, inf, 0, 0},
                         Row{&d2_sigmoid, 0, 0, 0},
                         Row{&derivative(fn::d_sigmoid, 3), 0, 0, -0.125},
                         Row{&fn::softplus, -inf, 0, 0},
                         Row{&fn::softplus, inf, 0, inf},
                         Row{&fn::softplus, 0, 0, 0x1.62e42fefa39efp-1},
                         Row{&fn::softplus, 800, 0, 800},
                         Row{&fn::d_softplus, 0, 0, 0.5},
                         Row{&fn::logaddexp, -inf, 3, 3},
                         Row{&fn::logaddexp, 3, -inf, 3},
                         Row{&fn::logaddexp, -inf, -inf, -inf},
                         Row{&fn::logaddexp, inf, -inf, inf},
                         Row{&fn::logaddexp, nan, inf, nan},
                         Row{&fn::logaddexp, 1000, 0, 1000},
                         Row{&fn::d_logaddexp_x, 2, 2, 0.5},
                         Row{&fn::d_logaddexp_x, inf, 2, 1},
                         Row{&fn::d_logaddexp_y, inf, 2, 0},
                         Row{&fn::d_logaddexp_x, inf, inf, nan},
                         Row{&mixed, 7, 7, -0.25},
                         Row{&fn::d_log, 8, 0, 0.125},
                         Row{&fn::d_log, 3, 0, 0x1.5555555555555p-2},
                         Row{&fn::d_log, 0, 0, inf},
                         Row{&fn::d_log, -0.0, 0, nan},
                         Row{&fn::d_log, -1, 0, nan},
                         Row{&fn::d_log, inf, 0, 0},
                         Row{&derivative(fn::d_log, 2), 0.5, 0, -4},
                         Row{&derivative(fn::d_log, 5), 2, 0, 0.75},
                         Row{&fn::lognormal, 1, 0, 0x1.9884533d43651p-2},
                         Row{&fn::lognormal, 0, 0, 0},
                         Row{&fn::lognormal, inf, 0, 0},
                         Row{&fn::lognormal, -1, 0, nan},
                         Row{&fn::d_lognormal, 1, 0, -0x1.9884533d43651p-2},
                         Row{&derivative(fn::d_lognormal, 3), 1, 0, 0},
                         Row{&fn::growth, 6, 2, 8},
                         Row{&fn::growth, -6, 2, 0.125},
                         Row{&fn::growth, 0, 5, 1},
                         Row{&fn::growth, 5, inf, 1},
                         Row{&fn::growth, inf, -2, 0},
                         Row{&fn::growth, 1, 0, nan},
                         Row{&fn::growth, inf, inf, nan},
                         Row{&fn::d_growth_y, 0, 3, 0},
                         Row{&fn::d_growth_x, -inf, -1, -inf},
                         Row{&fn::d_growth_y, inf, 1, -inf},
                         Row{&fn::d_growth_x, 0, 1, 0x1.62e42fefa39efp-1}}) {
    const double got = value_of(*row.function, row.x, row.y);
    const auto what = testing::Message() << row.function->name << " at " << row.x << ", " << row.y;
    if (std::isnan(row.want)) {
      EXPECT_TRUE(std::isnan(got)) << what;
    } else {
      EXPECT_EQ(got, row.want) << what;
    }
  }
}

// Next to their anchors no precision shows a difference, and the side is known all the same.
TEST(CompositionValues, KeepTheSideOfTheirAnchors) {
  const auto side = [](const Function& f, double x, double y, const Dyadic& anchor) {
    return TrueValue(f, {from_native(x), f.arity == 2 ? from_native(y) : Float{}}).compare(anchor);
  };
  EXPECT_EQ(side(fn::softplus, 1e300, 0, Dyadic::of(1e300)), Position::above);
  EXPECT_EQ(side(fn::sigmoid, 1e300, 0, Dyadic::of_integer(1)), Position::below);
  EXPECT_EQ(side(fn::sigmoid, -1e300, 0, Dyadic{}), Position::above);
  EXPECT_EQ(side(fn::logaddexp, 3, -1e300, Dyadic::of_integer(3)), Position::above);
  EXPECT_EQ(side(fn::growth, 0x1p-1074, 1e300, Dyadic::of_integer(1)), Position::above);
  EXPECT_EQ(side(derivative(fn::d_sigmoid, 2), 0x1p-1074, 0, Dyadic{}), Position::below);
}

TEST(CompositionNames, SayOrderAndVariable) {
  EXPECT_EQ(find_function("d_sigmoid"), &fn::d_sigmoid);
  EXPECT_EQ(find_function("d3_logaddexp_y"), &derivative(fn::d_logaddexp_y, 3));
  EXPECT_EQ(find_function("d_log"), &fn::d_log);
  EXPECT_EQ(derivative(fn::d_log, 2).statement, "d^2/dx^2 ln x");
  EXPECT_EQ(find_function("d2_growth_xy"), &mixed_derivative_of(fn::growth));
  EXPECT_EQ(derivative(fn::d_growth_y, 2).statement, "d^2/dy^2 2^(x/y)");
  for (const char* name :
       {"d1_sigmoid", "d17_sigmoid", "d2_sigmoid_xy", "d3_growth_xy", "d_growth"})
    EXPECT_EQ(find_function(name), nullptr) << name;
  EXPECT_EQ(about_order("d17_sigmoid"),
            " (a derivative is called d_sigmoid, then d2_sigmoid to d16_sigmoid)");
}

}  // namespace
}  // namespace napier
