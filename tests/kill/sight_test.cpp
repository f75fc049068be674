// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A law sees a fault where it enters the law's calls and does not cancel, there and nowhere else.
//
// Of some mutants g(x) = ln(mutant(x)/a^x) is known. The two sides of a law then lie apart by a
// factor e^d, with
//
//   product     d = g(x) + g(y) − g(x + y)        slope, own_slope  d = g(x + h) − g(x)
//   quotient    d = g(y) − g(x) − g(y − x)        tower             d = y·g(x) − g(x·y)
//   reciprocal  d = −g(x) − g(−x)
//
// where sums and products are the rounded ones: what rounding left out is corrected for, rightly.
// A normal result y stands for the true values within 1 ulp of it, which is between 2^-53·|y| and
// 2^-52·|y| on either side, and is itself within 0.51 ulp of what the mutant is after. So with w
// the sum of the weights of a law's calls (|y| for the inner power of a tower, otherwise 1)
//
//   |d| > 1.51·w·2^-52 (and a bit, for ln(1 + u) is not u)  must be refuted, and
//   |d| < 0.49·w·2^-53 must not: the mutant obeys the law there.
#include <gtest/gtest.h>

#include <iostream>

#include <fmt/format.h>

#include "tests/kill/trial.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

struct Exponents {
  Quad d = 0;
  Quad weights = 0;
};

Exponents difference(std::string_view law, const mutants::Mutant& mutant, double x, double y) {
  const auto g = [&](double at) { return mutant.log_error(at); };
  if (law == "product") return {g(x) + g(y) - g(x + y), 3};
  if (law == "quotient") return {g(y) - g(x) - g(y - x), 3};
  if (law == "reciprocal") return {-g(x) - g(-x), 2};
  if (law == "own_slope" || law == "slope") return {g(x + y) - g(x), 2};
  return {y * g(x) - g(x * y), Quad(std::abs(y)) + 1};  // tower
}

enum class Sight { must, cannot, open };

struct Counts {
  double cases = 0;
  double normal = 0;  ///< all results are normal numbers
  double touched = 0;
  double must = 0;
  double cannot = 0;
  double refuted = 0;
};

bool all_normal(const JudgedCase& judged) {
  return std::ranges::all_of(judged.answers, [](const Answer& answer) {
    return classify(answer.value) == FloatClass::normal;
  });
}

Sight sight(std::string_view law, const mutants::Mutant& mutant, const JudgedCase& judged, double x,
            double y) {
  const Exponents e = difference(law, mutant, x, y);
  const Quad size = e.d < 0 ? -e.d : e.d;
  if (size < e.weights * 0.49 * 0x1p-53) return Sight::cannot;
  return all_normal(judged) && size > e.weights * 1.52 * 0x1p-52 ? Sight::must : Sight::open;
}

Counts look(std::string_view law, const mutants::Mutant& mutant, std::uint64_t budget) {
  Counts counts;
  const kill::Trial trial(*kill::property_for(law, mutant.target), mutant.target);
  const std::size_t first = mutant.target.function->arity == 2 ? 1 : 0;  // after the base
  for (const Point& point : trial.points(budget)) {
    const auto x = to_native<double>(point.args[first]);
    const double y = point.count > first + 1 ? to_native<double>(point.args[first + 1]) : 0;
    const JudgedCase judged = trial.judge(point);
    const bool refuted = std::holds_alternative<Refuted>(judged.verdict);
    const std::string where = fmt::format("{} of {} at {:a}, {:a}", law, mutant.name, x, y);
    ++counts.cases;
    counts.normal += all_normal(judged) ? 1 : 0;
    counts.refuted += refuted ? 1 : 0;
    const bool touched = std::ranges::any_of(judged.requests, [&](const Request& request) {
      const Float exponent = first == 1 ? request.call.y : request.call.x;
      return mutant.log_error(to_native<double>(exponent)) != 0;
    });
    counts.touched += touched ? 1 : 0;
    EXPECT_TRUE(touched || !refuted) << where << ": no call touches the fault";
    switch (sight(law, mutant, judged, x, y)) {
      case Sight::must:
        ++counts.must;
        EXPECT_TRUE(refuted) << where << ": the fault is there to be seen";
        break;
      case Sight::cannot:
        ++counts.cannot;
        EXPECT_FALSE(refuted) << where << ": the mutant obeys the law there";
        break;
      case Sight::open:
        break;
    }
  }
  return counts;
}

constexpr std::string_view laws[] = {"product", "reciprocal", "quotient",
                                     "tower",   "slope",      "own_slope"};

class Sighted : public testing::TestWithParam<std::string_view> {};

TEST_P(Sighted, IsTheFaultOfAMutantWhereItEntersALaw) {
  const mutants::Mutant& mutant = mutants::find(GetParam());
  ASSERT_TRUE(mutant.log_error);
  for (const auto law : laws) {
    if (kill::property_for(law, mutant.target) == nullptr) continue;
    // The tower of a pow asks for a^x in between, so it sees more than its two sides.
    if (law == "tower" && mutant.target.function->arity == 2) continue;
    const Counts counts = look(law, mutant, kill::count(4000, 200'000));
    ASSERT_GT(counts.normal, 0) << law;
    const auto share = [&](double n) { return 100 * n / counts.cases; };
    std::cout << fmt::format(
        "{:18} {:10} calls touch the fault {:5.1f} %   must be refuted {:5.1f} %   is refuted "
        "{:5.1f} %   cannot be {:5.1f} %\n",
        mutant.name, law, share(counts.touched), share(counts.must), share(counts.refuted),
        share(counts.cannot));
    EXPECT_GE(counts.refuted, counts.must);
    EXPECT_LE(counts.refuted, counts.cases - counts.cannot);
    // Between the two bounds, a factor of 6 apart, hardly anything lies.
    const double open = counts.normal - counts.must - counts.cannot;
    EXPECT_LT(open, 0.2 * counts.normal) << law;
  }
}

INSTANTIATE_TEST_SUITE_P(Mutants, Sighted,
                         testing::Values("wrong_base", "constant_one", "scaled",
                                         "absolute_argument", "bad_binade", "wrong_cell",
                                         "wrong_low_ln2", "wrong_base_exp2", "scaled_exp2",
                                         "wrong_far_scale", "wrong_base_pow", "scaled_pow"),
                         [](const auto& row) { return std::string(row.param); });

/// Per cent of the cases of a law whose results are all normal numbers.
double refuted_share(std::string_view law, std::string_view mutant_name) {
  const mutants::Mutant& mutant = mutants::find(mutant_name);
  const kill::Trial trial(*kill::property_for(law, mutant.target), mutant.target);
  double cases = 0;
  double refuted = 0;
  for (const Point& point : trial.points(kill::count(10'000, 1'000'000))) {
    const JudgedCase judged = trial.judge(point);
    const bool is_refuted = std::holds_alternative<Refuted>(judged.verdict);
    if (!all_normal(judged) && !is_refuted) continue;
    ++cases;
    refuted += is_refuted ? 1 : 0;
  }
  EXPECT_GT(cases, 5'000);
  return 100 * refuted / cases;
}

// Every b^x obeys the first four laws. Who sees a wrong base there uses the oracle for more than
// what rounding did to an argument.
TEST(WrongBase, IsSeenByTheSlopeAlone) {
  for (const char* mutant : {"wrong_base", "wrong_base_32", "wrong_base_expm1", "wrong_base_exp2"})
    for (const char* law : {"product", "reciprocal", "quotient", "tower"})
      EXPECT_EQ(refuted_share(law, mutant), 0) << law << " of " << mutant;
  // A pow's exponents can be so large that what rounding leaves out of x + y is a whole number, and
  // correcting for that by a^e shows the base, as Sighted says. A negation leaves out nothing.
  EXPECT_EQ(refuted_share("reciprocal", "wrong_base_pow"), 0);
  for (const char* mutant : {"wrong_base", "wrong_base_32", "wrong_base_expm1"})
    EXPECT_GT(refuted_share("own_slope", mutant), 95) << mutant;
  for (const char* mutant : {"wrong_base_exp2", "wrong_base_pow"})
    EXPECT_GT(refuted_share("slope", mutant), 95) << mutant;
}

TEST(ConstantFactor, IsSeenByEveryLawButTheSlope) {
  for (const char* law : {"product", "reciprocal", "quotient", "tower"})
    EXPECT_GT(refuted_share(law, "scaled"), 95) << law;
  EXPECT_EQ(refuted_share("own_slope", "scaled"), 0) << "it stands on both sides of a chord";
}

}  // namespace
}  // namespace napier
