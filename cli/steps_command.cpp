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
#include "reports/view/view.hpp"

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

std::string figure(double value) { return fmt::format("{:.3g}", value); }

Table table_of(const StepSizes& sizes) {
  Table table{{{"step", "", true},
               {"left out", "by the formula, |lambda - 1|", true},
               {"rounding", "of values, arguments and the formula, at most", true},
               {"predicted <=", "the sum", true},
               {"observed >=", "the largest error that was found", true}},
              {}};
  for (const StepError& error : sizes.errors) {
    std::string step = fmt::format("2^{}", error.power);
    if (error.power == sizes.formula->power_of_step) step = "shipped " + step;
    if (error.power == sizes.best) step = "best " + step;
    table.rows.push_back({{{step},
                           {figure(error.left_out)},
                           {figure(error.rounding)},
                           {figure(error.predicted)},
                           {figure(error.observed)}},
                          ""});
  }
  return table;
}

StepChart chart_of(const StepSizes& sizes, const std::string& at) {
  StepChart chart;
  chart.title = sizes.formula->name;
  chart.caption = fmt::format("(e^x)' in binary64, x in [{}]: {}", at, step_verdict(sizes));
  for (const StepError& e : sizes.errors)
    chart.points.push_back({e.power, e.predicted, e.observed});
  chart.shipped = sizes.formula->power_of_step;
  chart.best = sizes.best;
  return chart;
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
  std::vector<StepChart> charts;
  for (const shelf::DifferenceFormula* formula : formulas) {
    const StepSizes sizes = step_sizes(*formula, range, options.cases, options.seed);
    charts.push_back(chart_of(sizes, options.at));
    text += fmt::format("{}, errors of (e^x)' in binary64 in ulp: {}\n", formula->name,
                        step_verdict(sizes)) +
            render_table(table_of(sizes), terminal_options(false)) + "\n";
    for (const StepError& e : sizes.errors)
      csv += fmt::format("{},{},{},{},{},{}\n", formula->name, e.power, e.left_out, e.rounding,
                         e.predicted, e.observed);
  }
  if (options.csv == "-")
    text = csv;
  else if (!options.csv.empty())
    write_file(options.csv, csv);
  if (!options.html.empty()) write_file(options.html, render_step_page(charts));
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
                      "seven_point; all without one");
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
