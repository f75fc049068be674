// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <stdexcept>

#include "audit/nearest.hpp"
#include "audit/step_sizes.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "reports/render/step_page.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/step_chart.hpp"

namespace napier::cli {
namespace {

struct StepOptions {
  std::vector<std::string> formulas;
  std::string at = "-1,1";
  std::uint64_t cases = 10'000;
  std::uint64_t seed = 1;
  std::string csv;
  std::string html;
};

const shelf::DifferenceFormula& named(const std::string& name) {
  std::vector<std::string_view> names;
  for (const shelf::DifferenceFormula& formula : shelf::difference_formulas) {
    if (formula.name == name) return formula;
    names.push_back(formula.name);
  }
  throw std::invalid_argument(fmt::format("there is no formula '{}'{}: {}", one_line(name),
                                          nearest_clause(name, names), fmt::join(names, ", ")));
}

/// A whole text as a number.
std::optional<double> parse_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Range range_of(const std::string& at) {
  const std::size_t comma = at.find(',');
  const auto lo = parse_number(at.substr(0, comma));
  const auto hi = comma == at.npos ? std::nullopt : parse_number(at.substr(comma + 1));
  if (!lo || !hi)
    throw std::invalid_argument(
        fmt::format("--at {}: give two numbers, as in --at=-1,1", one_line(at)));
  return {*lo, *hi};
}

int run_steps(const StepOptions& options) {
  const Range range = range_of(options.at);
  std::vector<const shelf::DifferenceFormula*> formulas;
  for (const std::string& name : options.formulas) formulas.push_back(&named(name));
  if (formulas.empty())
    for (const shelf::DifferenceFormula& formula : shelf::difference_formulas)
      formulas.push_back(&formula);
  std::string text;
  std::string csv = "formula,power_of_step,left_out,rounding,predicted,observed\n";
  std::vector<StepFigure> figures;
  for (const shelf::DifferenceFormula* formula : formulas) {
    const SteppedDerivative derivative = of_exp(*formula);
    const StepSizes sizes = step_sizes(derivative, range, options.cases, options.seed);
    const std::string of = formula->order == 1 ? "(e^x)'" : "(e^x)''";
    figures.push_back(
        {std::string(formula->name),
         fmt::format("{} in binary64, x in [{}]: {}", of, options.at, step_verdict(sizes)), sizes});
    text += fmt::format("{}, errors of {} in binary64 in ulp: {}\n", formula->name, of,
                        step_verdict(sizes)) +
            render_table(step_table(sizes), terminal_options(false)) + "\n";
    for (const StepError& e : sizes.errors)
      csv += fmt::format("{},{},{},{},{},{}\n", formula->name, e.power, e.left_out, e.rounding,
                         e.predicted, e.observed);
  }
  if (options.csv == "-")
    text = csv;
  else if (!options.csv.empty())
    write_file(options.csv, csv);
  if (!options.html.empty()) write_file(options.html, render_step_page(figures));
  print(text);
  return 0;
}

}  // namespace

Run add_steps(CLI::App& app) {
  auto* command = app.add_subcommand(
      "steps", "Predict and observe the error of difference formulas over their step");
  auto options = std::make_shared<StepOptions>();
  command->add_option("FORMULA", options->formulas,
                      "forward_difference, one_sided, central_difference, five_point, "
                      "seven_point, second_difference; all without one");
  command->add_option("--at", options->at, "LO,HI: the arguments x; default -1,1");
  command->add_option("--cases", options->cases, "points for each step")
      ->check(whole_number(1, std::uint64_t(1) << 32));
  command->add_option("--seed", options->seed, "of the points")
      ->check(whole_number(0))
      ->capture_default_str();
  command->add_option("--csv", options->csv, "writes the figures to this file; - for stdout");
  command->add_option("--html", options->html,
                      "writes a page with the picture of each formula to this file");
  command->footer(
      "What a formula leaves out is known exactly: of e^x it is a factor, which the oracle "
      "encloses.\nWhat is rounded follows from the claim of the exponential. Nothing is fitted: "
      "no error may lie\nabove what is predicted.\n\nExamples:\n  napier steps central_difference "
      "--cases 50\n  napier steps --at=-2,2 "
      "--cases 20 --csv -\n  napier steps --cases 50 --html steps.html");
  return [options] { return run_steps(*options); };
}

}  // namespace napier::cli
