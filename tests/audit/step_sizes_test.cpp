// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/step_sizes.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace napier {
namespace {

class StepSizesOf : public testing::TestWithParam<const shelf::DifferenceFormula*> {};

std::vector<const shelf::DifferenceFormula*> formulas() {
  std::vector<const shelf::DifferenceFormula*> all;
  for (const auto& formula : shelf::difference_formulas) all.push_back(&formula);
  return all;
}
INSTANTIATE_TEST_SUITE_P(Formulas, StepSizesOf, testing::ValuesIn(formulas()),
                         [](const auto& row) { return std::string(row.param->name); });

/// The whole V: on both sides nothing lies above what is predicted, and what is predicted is worth
/// something.
TEST_P(StepSizesOf, AreNeverWorseThanPredictedAndSometimesNearlySo) {
  for (const Range& range : {Range{-1, 1}, Range{-700, 700}, Range{0.5, 0.75}}) {
    const StepSizes sizes = step_sizes(*GetParam(), range, 2000, 1);
    for (const StepError& error : sizes.errors) {
      EXPECT_LE(error.observed, error.predicted) << error.power;
      EXPECT_LE(error.left_out, error.predicted) << error.power;
      if (range.hi <= 1) {
        EXPECT_GE(error.observed, error.predicted / 64) << error.power << ": an idle bound";
      }
    }
    EXPECT_LT(sizes.errors.front().rounding, sizes.errors.front().left_out);
  }
}

TEST_P(StepSizesOf, AreShippedNearTheBest) {
  const StepSizes sizes = step_sizes(*GetParam(), {-1, 1}, 1, 1);
  double best = 0, shipped = 0;
  for (const StepError& error : sizes.errors) {
    if (error.power == sizes.best) best = error.predicted;
    if (error.power == GetParam()->power_of_step) shipped = error.predicted;
  }
  EXPECT_GT(best, 0);
  EXPECT_LE(shipped, 2 * best);
}

TEST(StepSizes, AreTriedWhereTheExponentialIsNormal) {
  const auto& formula = shelf::difference_formulas[0];
  EXPECT_THROW(step_sizes(formula, {-745, 0}, 1, 1), std::invalid_argument);
  EXPECT_THROW(step_sizes(formula, {0, 710}, 1, 1), std::invalid_argument);
  EXPECT_THROW(step_sizes(formula, {1, 0}, 1, 1), std::invalid_argument);
}

}  // namespace
}  // namespace napier
