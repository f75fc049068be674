// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/step_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/view/figures.hpp"

namespace napier {
namespace {

const StepError& error_at(const StepSizes& steps, int power) {
  return *std::ranges::find(steps.errors, power, &StepError::power);
}

constexpr int digits = 3;
std::string at_most(double figure) { return decimal(figure, digits, Rounding::up); }
std::string at_least(double figure) { return decimal(figure, digits, Rounding::down); }

}  // namespace

std::string step_verdict(const StepSizes& steps) {
  if (steps.chosen == steps.best) return fmt::format("the step 2^{} is the best", steps.chosen);
  const double best = error_at(steps, steps.best).predicted;
  const double times = best > 0 ? error_at(steps, steps.chosen).predicted / best : 1;
  constexpr double near = 2;
  return fmt::format("the step 2^{} is {} the best, 2^{}: {} times its error", steps.chosen,
                     times <= near ? "near" : "far from", steps.best, at_most(times));
}

std::string step_text(const StepSizes& steps) {
  const StepError& chosen = error_at(steps, steps.chosen);
  return fmt::format(
      "{}; for x in [{}, {}] it is predicted to be off by {} ulp at most, and {} ulp were found",
      step_verdict(steps), steps.from, steps.to, at_most(chosen.predicted),
      at_least(chosen.observed));
}

Table step_table(const StepSizes& steps) {
  Table table{{{"step", "", true},
               {"left out", "by the formula, |lambda - 1|", true},
               {"rounding", "of values, arguments and the formula, at most", true},
               {"predicted ≤", "the sum", true},
               {"observed ≥", "the largest error that was found", true}},
              {}};
  for (const StepError& error : steps.errors) {
    std::string step = fmt::format("2^{}", error.power);
    if (error.power == steps.chosen) step = "chosen " + step;
    if (error.power == steps.best) step = "best " + step;
    table.rows.push_back({{{step},
                           {at_most(error.left_out)},
                           {at_most(error.rounding)},
                           {at_most(error.predicted)},
                           {at_least(error.observed)}},
                          ""});
  }
  return table;
}

}  // namespace napier
