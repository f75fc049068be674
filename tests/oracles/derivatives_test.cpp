// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives of every order: the reference's closed forms against the Taylor arithmetic of the
// second oracle, the special values, the exact ones, and the factors of the difference formulas.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "lib/derivative/difference.hpp"
#include "oracles/backend/independent.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "oracles/special_cases.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

namespace fn = functions;
using testing_support::Points;
using testing_support::words;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<const Function*> higher_orders() {
  std::vector<const Function*> all;
  for (const Function* first : all_functions())
    for (const int order : {2, 3, 5, most_order})
      if (first->kind == Kind::slope) all.push_back(&derivative(*first, order));
  all.push_back(&mixed_derivative());
  return all;
}

bool meet(const Enclosure& a, const Enclosure& b) {
  return !certainly_less(a, b) && !certainly_less(b, a);
}

class HigherOrder : public ::testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, HigherOrder, ::testing::ValuesIn(higher_orders()),
                         [](const auto& row) { return std::string(row.param->name); });

TEST_P(HigherOrder, IsTheSameToBothOraclesInEveryFormat) {
  const Function& f = *GetParam();
  for (const Format* format : all_formats) {
    Points source(f, *format, 5);
    int compared = 0;
    for (int i = 0; i < testing_support::points(150); ++i) {
      const Call call = source.draw();
      SCOPED_TRACE(words(f, call));
      const TrueValue t(f, call);
      if (!independent_covers(f, call)) {
        if (t.is_nan() || t.is_infinite()) continue;
        const std::int64_t e = binade(t.enclosure({format->precision + 64}));
        ASSERT_TRUE(e > 10'000 || e < -10'000) << "not covered";
        continue;
      }
      ASSERT_FALSE(t.is_nan() || t.is_infinite());
      const Precision precision{format->precision + 64};
      const Enclosure reference = t.enclosure(precision);
      const Enclosure second = independent_value(f, call, precision);
      ASSERT_TRUE(meet(reference, second));
      const Enclosure difference = reference - second;
      if (!is_exactly_zero(difference)) {
        ASSERT_LT(binade(difference), binade(second) - format->precision - 32);
      }
      ++compared;
    }
    EXPECT_GT(compared, testing_support::points(150) / 3) << format->name;
  }
}

TEST_P(HigherOrder, IsWithinWhatTheFastOracleSays) {
  const Function& f = *GetParam();
  Points source(f, binary64, 6);
  for (int i = 0; i < testing_support::points(150); ++i) {
    const Call call = source.draw();
    const auto fast = fast_value(f, call);
    if (!fast || fast->is_huge()) continue;
    const TrueValue t(f, call);
    ASSERT_FALSE(t.is_nan() || t.is_infinite()) << words(f, call);
    const Enclosure value = t.enclosure({400});
    EXPECT_LE(lower(*fast), upper(value)) << words(f, call);
    EXPECT_GE(upper(*fast), lower(value)) << words(f, call);
  }
}

TEST(DerivativeNames, SayOrderAndVariable) {
  EXPECT_EQ(find_function("d2_exp"), &derivative(fn::d_exp, 2));
  EXPECT_EQ(find_function("d3_pow_x"), &derivative(fn::d_pow_x, 3));
  EXPECT_EQ(find_function("d_exp2"), &derivative(fn::d_exp2, 1));
  EXPECT_EQ(find_function("d2_pow_xy"), &mixed_derivative());
  EXPECT_EQ(derivative(fn::d_pow_y, 4).statement, "d^4/dy^4 x^y = x^y (ln x)^4");
  EXPECT_EQ(derivative(fn::d_exp10, 2).statement, "d^2/dx^2 10^x = 10^x (ln 10)^2");
  for (const char* name : {"d1_exp", "d02_exp", "d0_exp", "d17_exp", "d17_log", "d3_pow_xy", "d2_"})
    EXPECT_EQ(find_function(name), nullptr) << name;
  EXPECT_EQ(about_order("d17_exp"), " (a derivative is called d_exp, then d2_exp to d16_exp)");
  EXPECT_EQ(about_order("d17_log"), " (a derivative is called d_log, then d2_log to d16_log)");
  EXPECT_EQ(about_order("d17_sine"), "");
  EXPECT_EQ(about_order("exq"), "");
}

/// What the table of docs/semantics.md says, as a number; NaN where conventions differ.
double table(const Function& f, double x, double y = 0) {
  TrueValue t(f, {from_native(x), f.arity == 2 ? from_native(y) : Float{}});
  return to_native<double>(*t.rounded(binary64, Rounding::nearest));
}
void expect_value(double value, double wanted, const std::string& what) {
  if (std::isnan(wanted)) {
    EXPECT_TRUE(std::isnan(value)) << what << " is " << value;
  } else {
    EXPECT_EQ(value, wanted) << what;
    EXPECT_EQ(std::signbit(value), std::signbit(wanted)) << what;
  }
}

TEST(DerivativeTable, HoldsAtTheEdgesAlongTheBase) {
  struct Row {
    double x, y, first, second, third;
  };
  // clang-format off
  for (const Row& row : {
           Row{0.0, 0, nan, nan, nan},       Row{2.0, 0, 0, 0, 0},
           Row{0.0, 0.5, inf, -inf, inf},    Row{-0.0, 0.5, nan, nan, nan},
           Row{0.0, 1, 1, 0, 0},             Row{-0.0, 1, 1, 0, 0},
           Row{0.0, 1.5, 0, inf, -inf},      Row{0.0, 2, 0, 2, 0},
           Row{-0.0, 2, -0.0, 2, 0},         Row{-0.0, 3, 0, -0.0, 6},
           Row{0.0, 2.5, 0, 0, inf},         Row{0.0, 4, 0, 0, 0},
           Row{-0.0, 4, -0.0, 0, -0.0},      Row{0.0, -1, -inf, inf, -inf},
           Row{-0.0, -1, -inf, -inf, -inf},  Row{-0.0, -2, inf, inf, inf},
           Row{1.0, 3, 3, 6, 6},             Row{-1.0, 3, 3, -6, 6},
           Row{-1.0, 4, -4, 12, -24},        Row{-2.0, 0.5, nan, nan, nan},
           Row{inf, 2, nan, nan, nan},       Row{2.0, inf, nan, nan, nan},
           Row{nan, 2, nan, nan, nan},       Row{inf, 0, nan, nan, nan}}) {
    // clang-format on
    const std::string at = " at " + std::to_string(row.x) + ", " + std::to_string(row.y);
    expect_value(table(fn::d_pow_x, row.x, row.y), row.first, "first" + at);
    expect_value(table(derivative(fn::d_pow_x, 2), row.x, row.y), row.second, "second" + at);
    expect_value(table(derivative(fn::d_pow_x, 3), row.x, row.y), row.third, "third" + at);
  }
}

TEST(DerivativeTable, HoldsAtTheEdgesAlongTheExponent) {
  struct Row {
    double x, y, first, second;
  };
  for (const Row& row :
       {Row{0.0, 2, 0, 0}, Row{0.0, 0, nan, nan}, Row{0.0, -1, nan, nan}, Row{1.0, 5, 0, 0},
        Row{-2.0, 3, nan, nan}, Row{inf, 2, inf, inf}, Row{inf, -2, 0, 0}, Row{inf, 0, inf, inf},
        Row{2.0, inf, inf, inf}, Row{2.0, -inf, 0, 0}, Row{0.5, inf, -0.0, 0},
        Row{0.5, -inf, -inf, inf}, Row{nan, 2, nan, nan}}) {
    const std::string at = " at " + std::to_string(row.x) + ", " + std::to_string(row.y);
    expect_value(table(fn::d_pow_y, row.x, row.y), row.first, "first" + at);
    expect_value(table(derivative(fn::d_pow_y, 2), row.x, row.y), row.second, "second" + at);
  }
}

TEST(DerivativeTable, HoldsAtTheEdgesOfTheMixedOneAndOfFixedBases) {
  const Function& mixed = mixed_derivative();
  expect_value(table(mixed, 1, 7), 1, "at base 1");
  expect_value(table(mixed, 4, 0), 0.25, "at exponent 0");
  expect_value(table(mixed, 0, 2), 0, "at base 0");
  for (const double y : {1.0, 0.5, 0.0, -1.0}) expect_value(table(mixed, 0, y), nan, "no slope");
  expect_value(table(mixed, -2, 3), nan, "a negative base");
  expect_value(table(mixed, inf, 3), nan, "infinite base");
  for (const Function* f : {&fn::d_exp, &fn::d_exp2, &fn::d_expm1}) {
    expect_value(table(derivative(*f, 3), inf), inf, "at inf");
    expect_value(table(derivative(*f, 3), -inf), 0, "at -inf");
    expect_value(table(derivative(*f, 3), nan), nan, "at NaN");
  }
  expect_value(table(derivative(fn::d_expm1, 4), -0.0), 1, "at 0");
  expect_value(table(fn::d_expm1, -40), std::exp(-40.0), "in the tail");
  EXPECT_TRUE(std::isfinite(table(fn::d_exp2, 1024))) << "2^x overflows, its slope does not";
  EXPECT_TRUE(std::isinf(table(derivative(fn::d_exp10, 2), 308)));
}

TEST(DerivativesOfPowers, AreExactWhereTheyAreDyadic) {
  const Function& second = derivative(fn::d_pow_x, 2);
  const auto exactly = [](const Function& f, double x, double y, double value) {
    TrueValue t(f, {from_native(x), from_native(y)});
    EXPECT_TRUE(t.is_exact()) << f.name << ' ' << x << ' ' << y;
    EXPECT_EQ(t.compare(Dyadic::of(value)), Position::equal) << f.name << ' ' << x << ' ' << y;
  };
  exactly(second, 3, 4, 108);
  exactly(second, 4, 0.5, -1.0 / 32);
  exactly(second, 2, -1, 0.25);
  exactly(second, 9, 2.5, 11.25);
  exactly(second, -3, 5, -540);
  exactly(derivative(fn::d_pow_x, 3), 5, 3, 6);
  exactly(mixed_derivative(), 8, 0, 0.125);
  EXPECT_FALSE(TrueValue(second, {from_native(3.0), from_native(-1.0)}).is_exact());
  EXPECT_FALSE(TrueValue(mixed_derivative(), {from_native(2.0), from_native(1.0)}).is_exact());
  EXPECT_FALSE(TrueValue(derivative(fn::d_exp2, 2), {from_native(3.0), {}}).is_exact());
}

/// λ(θ) of a difference formula, enclosed: Σ wᵢ e^(cᵢθ)/θ.
Enclosure factor(std::span<const shelf::Node> nodes, int divisor, Base base, int power_of_step) {
  const Precision precision{300};
  const auto integer = [&](int n) { return Enclosure(precision, Dyadic::of_integer(n)); };
  const Enclosure theta = scaled(log_of_base(base, Enclosure(precision, Dyadic{})), power_of_step);
  Enclosure sum = integer(0);
  for (const auto& [at, weight] : nodes) sum = sum + integer(weight) * exp(integer(at) * theta);
  return sum / (integer(divisor) * theta);
}

/// What the shelf states of λ − 1, in its comments, is above it and by no more than a tenth.
TEST(DifferenceFormulas, LeaveOutWhatTheShelfSays) {
  struct Row {
    const char* name;
    std::span<const shelf::Node> nodes;
    int divisor;
    Base base;
    int power_of_step;
    double stated;
  };
  using shelf::Node;
  const auto& forward = shelf::forward_nodes;
  const auto& central = shelf::central_nodes;
  const auto& five = shelf::five_nodes;
  const auto& seven = shelf::seven_nodes;
  const auto& one_sided = shelf::one_sided_nodes;
  // (D(4s) − 20D(2s) + 64D(s))/45 of central differences, over a common divisor 45·8.
  const std::vector<Node> richardson{{4, 1}, {-4, -1}, {2, -40}, {-2, 40}, {1, 256}, {-1, -256}};
  const double u = 0x1p-53, single = 0x1p-24;
  for (const Row& row : {Row{"forward", forward, 1, Base::e, -26, 7.46e-9},
                         Row{"forward", forward, 1, Base::e, -11, 2.46e-4},
                         Row{"forward", forward, 1, Base::ten, -26, 1.72e-8},
                         Row{"forward", forward, 1, Base::ten, -11, 5.65e-4},
                         Row{"central", central, 2, Base::e, -17, 9.71e-12},
                         Row{"central", central, 2, Base::e, -7, 1.02e-5},
                         Row{"central", central, 2, Base::two, -17, 4.67e-12},
                         Row{"central", central, 2, Base::two, -7, 4.9e-6},
                         Row{"five_point", five, 12, Base::e, -10, 279 * u},
                         Row{"five_point", five, 12, Base::e, -4, 8.71 * single},
                         Row{"five_point", five, 12, Base::two, -10, 65 * u},
                         Row{"five_point", five, 12, Base::two, -4, 2.01 * single},
                         Row{"seven_point", seven, 60, Base::e, -7, 15 * u},
                         Row{"seven_point", seven, 60, Base::e, -3, 0.47 * single},
                         Row{"one_sided", one_sided, 2, Base::e, -17, 174763 * u},
                         Row{"one_sided", one_sided, 2, Base::e, -7, 341.4 * single},
                         Row{"richardson", richardson, 360, Base::e, -7, 26.6 * u},
                         Row{"richardson", richardson, 360, Base::e, -4, 0.013 * single},
                         Row{"richardson", richardson, 360, Base::ten, -8, 61.8 * u},
                         Row{"richardson", richardson, 360, Base::ten, -4, 2.0 * single}}) {
    const Enclosure off = factor(row.nodes, row.divisor, row.base, row.power_of_step) -
                          Enclosure(Precision{300}, Dyadic::of_integer(1));
    const double size = std::max(std::fabs(lower(off)), std::fabs(upper(off)));
    EXPECT_LE(size, row.stated) << row.name << ' ' << row.power_of_step;
    EXPECT_GE(size, row.stated * 0.9) << row.name << ' ' << row.power_of_step << ": idle";
  }
}

TEST(DifferenceFormulas, LeaveOutOfASecondDerivativeWhatTheShelfSays) {
  const Precision precision{300};
  const Enclosure one(precision, Dyadic::of_integer(1));
  for (const auto& [power_of_step, stated] :
       {std::pair(-12, 4.479e7 * 0x1p-53), std::pair(-5, 1367 * 0x1p-24)}) {
    const Enclosure theta(precision, Dyadic::power_of_two(power_of_step));
    const Enclosure off = (exp(theta) - one - one + exp(-theta)) / (theta * theta) - one;
    EXPECT_LE(upper(off), stated);
    EXPECT_GE(lower(off), stated * 0.9);
  }
}

}  // namespace
}  // namespace napier
