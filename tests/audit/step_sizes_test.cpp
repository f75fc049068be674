// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/step_sizes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/target/catalogue.hpp"

namespace napier {
namespace {

/// Every target of the shelf that is a difference formula.
std::vector<const Target*> stepped_targets() {
  std::vector<const Target*> all;
  for (const Target& target : catalogue().targets())
    if (stepped_derivative(target)) all.push_back(&target);
  return all;
}

class StepSizesOf : public testing::TestWithParam<const Target*> {};
INSTANTIATE_TEST_SUITE_P(Targets, StepSizesOf, testing::ValuesIn(stepped_targets()),
                         [](const auto& row) {
                           std::string name = row.param->name.substr(sizeof "shipped/derivative");
                           std::ranges::replace_if(
                               name, [](char c) { return c == '/' || c == ':'; }, '_');
                           return name;
                         });

StepError at(const StepSizes& sizes, int power) {
  return *std::ranges::find(sizes.errors, power, &StepError::power);
}

/// The whole V: on both sides nothing lies above what is predicted, and what is predicted is worth
/// something.
TEST_P(StepSizesOf, AreNeverWorseThanPredictedAndSometimesNearlySo) {
  const SteppedDerivative derivative = *stepped_derivative(*GetParam());
  const double most = most_stepped_argument(derivative);
  for (const Range& range : {Range{-1, 1}, Range{-most, most}, Range{0.5, 0.75}}) {
    const StepSizes sizes = step_sizes(derivative, range, 2000, 1);
    for (const StepError& error : sizes.errors) {
      EXPECT_LE(error.observed, error.predicted) << error.power;
      EXPECT_LE(error.left_out, error.predicted) << error.power;
      if (range.hi <= 1 && error.predicted < std::numeric_limits<double>::infinity()) {
        EXPECT_GE(error.observed, error.predicted / 64) << error.power << ": an idle bound";
      }
    }
    // Of e^x − 1 far below 0 values tell nothing of the slope.
    if (range.lo >= -1) {
      EXPECT_LT(sizes.errors.front().rounding, sizes.errors.front().left_out);
    }
  }
}

TEST_P(StepSizesOf, AreShippedNearTheBest) {
  const StepSizes sizes = step_sizes(*stepped_derivative(*GetParam()), {-1, 1}, 1, 1);
  EXPECT_GT(at(sizes, sizes.best).predicted, 0);
  EXPECT_LE(at(sizes, sizes.chosen).predicted, 2 * at(sizes, sizes.best).predicted);
}

/// The step that is said to be shipped is the one that its code takes.
TEST_P(StepSizesOf, AreOfTheCodeThatIsShipped) {
  const StepSizes sizes = *step_sizes_of(*GetParam(), 1);
  StepSizes other = sizes;
  EXPECT_EQ(sizes.from, -1);
  EXPECT_EQ(sizes.to, 1);
  EXPECT_GT(at(sizes, sizes.chosen).observed, 0);
  const SteppedDerivative derivative = *stepped_derivative(*GetParam());
  const auto caller = GetParam()->open();
  for (const double x : {-0.75, -0.125, 0.3, 0.9}) {
    const bool is_single = derivative.format == &binary32;
    const Call call{is_single ? from_native(static_cast<float>(x)) : from_native(x), {}};
    Answer answer;
    caller->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
    EXPECT_EQ(answer.value.bits, stepped_value(derivative, call.x).bits) << x;
  }
}

TEST(StepSizes, AreOfEveryFormulaInBothFormats) {
  std::vector<std::string> found;
  for (const Target* target : stepped_targets()) {
    const SteppedDerivative derivative = *stepped_derivative(*target);
    found.push_back(std::string(derivative.formula->name) + ' ' +
                    std::string(derivative.format->name));
  }
  for (const shelf::DifferenceFormula& formula : shelf::difference_formulas)
    for (const char* format : {" binary32", " binary64"})
      EXPECT_NE(std::ranges::find(found, std::string(formula.name) + format), found.end())
          << formula.name << format;
}

TEST(StepSizes, AreNotOfWhatHasNoStep) {
  for (const char* name : {"shipped/derivative/dual/d_exp:binary64", "shipped/tang/exp:binary64",
                           "shipped/derivative/central_difference/d_sigmoid:binary64"}) {
    ASSERT_NE(catalogue().find(name), nullptr) << name;
    EXPECT_FALSE(step_sizes_of(*catalogue().find(name), 1)) << name;
  }
}

TEST(StepSizes, AreTriedWhereTheExponentialIsNormal) {
  const SteppedDerivative formula = of_exp(shelf::difference_formulas[0]);
  EXPECT_EQ(most_stepped_argument(formula), 700);
  EXPECT_THROW(step_sizes(formula, {-745, 0}, 1, 1), std::invalid_argument);
  EXPECT_THROW(step_sizes(formula, {0, 710}, 1, 1), std::invalid_argument);
  EXPECT_THROW(step_sizes(formula, {1, 0}, 1, 1), std::invalid_argument);
}

}  // namespace
}  // namespace napier
