// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "audit/replay.hpp"
#include "cli/commands.hpp"
#include "cli/reported_targets.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/fp/hexfloat.hpp"
#include "reports/render/baseline.hpp"
#include "reports/render/html.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/comparison.hpp"
#include "reports/view/shown.hpp"

namespace napier::cli {
namespace {

struct CompareOptions {
  std::string base;
  std::string newer;
  std::string out;
  bool update = false;
  bool replay = false;
};

/// What there is to compare with; the baseline that it is from, if it is one.
struct Base {
  std::string name;
  std::vector<Standing> standings;
  Baseline baseline;
};

bool has_machine(const Baseline& baseline, const std::string& machine) {
  return std::ranges::find(baseline.lines, machine, &Baseline::Line::machine) !=
         baseline.lines.end();
}

Base base_of(const CompareOptions& options, const std::string& machine) {
  const std::string file = one_line(options.base);
  if (options.update && !std::filesystem::exists(options.base))
    return {"nothing: " + file + " is new", {}, {}};
  const std::string text = read_file(options.base);
  if (!is_baseline(text)) {
    if (options.update)
      throw std::invalid_argument(
          file + " is no baseline: --update writes to one, or to a file that is not there yet");
    const Report report = shown(read_report(options.base));
    return {fmt::format("{} ({})", file, machine_of(report.provenance)), standings_of(report), {}};
  }
  try {
    Base base{fmt::format("{} ({})", file, machine), {}, baseline_from(text)};
    if (!options.update || has_machine(base.baseline, machine))
      base.standings = base.baseline.of(machine);
    return base;
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(file + ": " + error.what());
  }
}

/// Calls the targets of a report, as they are now.
AskedAgain asking(const Report& report, const std::filesystem::path& folder) {
  return [&report, folder](const Standing& now, const std::string& at) {
    const auto result = std::ranges::find_if(report.targets, [&](const TargetResult& one) {
      return verdict_line(one).target == now.target;
    });
    const Target target = reported_target(report, *result, Basis::claim, folder);
    std::vector<Float> inputs;
    for (std::size_t begin = 0; begin <= at.size();) {
      const std::size_t end = std::min(at.find(',', begin), at.size());
      inputs.push_back(parse_float(*target.format, at.substr(begin, end - begin)));
      begin = end + 1;
    }
    if (inputs.size() != static_cast<std::size_t>(target.function->arity))
      throw std::invalid_argument("'" + at + "' are no arguments of " + now.target);
    return error_at(target, now.rounding, inputs);
  };
}

int run_compare(const CompareOptions& options) {
  const Report given = read_report(options.newer);
  const Report newer = shown(given);
  Base base = base_of(options, machine_of(newer.provenance));
  AskedAgain again;
  if (options.replay) again = asking(newer, std::filesystem::path(options.newer).parent_path());
  const std::vector<Compared> all = compare(base.standings, standings_of(newer), again);
  const Table table = comparison_table(all);
  std::string said;
  if (!table.rows.empty()) said = render_table(table, terminal_options(false)) + "\n";
  said += comparison_text(all) + "\nCompared with " + base.name + ".\n";
  if (!options.out.empty()) {
    create_folder(options.out);
    const auto path = std::filesystem::path(options.out) / "report.html";
    write_file(path, render_html(given, all, base.name));
    said += "Report: " + one_line(path.string()) + "\n";
  }
  if (options.update) {
    update(base.baseline, newer);
    write_file(options.base, baseline_text(base.baseline));
    said += "Baseline: " + one_line(options.base) + "\n";
  }
  print(said);
  return options.update ? 0 : exit_code(all);
}

}  // namespace

Run add_compare(CLI::App& app) {
  auto* command = app.add_subcommand(
      "compare", "Tell what is better or worse in a report than in an older one or a baseline");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("BASE", options->base, "an older report.json, or a baseline")->required();
  command->add_option("NEW", options->newer, "the newer report.json")->required();
  command->add_flag("--update", options->update,
                    "write what NEW says into BASE, a baseline; it is made if it is not there");
  command->add_flag("--replay", options->replay,
                    "ask NEW's targets again where they erred most in BASE");
  command->add_option("--out", options->out, "folder for NEW's page with what has changed")
      ->check(not_empty("a folder"));
  command->footer(
      "Examples:\n  napier compare base.json report/report.json\n"
      "  napier compare napier-baseline.txt report/report.json --update\n"
      "  napier compare base.json report/report.json --replay\n"
      "  napier compare napier-baseline.txt report/report.json --out changes\n\n"
      "A baseline is a file for a repository, with a line for each property of each target in each "
      "rounding mode\non each machine, which is its C library and the level of its processor.\n"
      "Worse is what is newly refuted, a bound that rose, and with --replay a larger error at the\n"
      "argument of BASE's largest; a sample's larger maximum is none.\n"
      "Exit status: 0 nothing is worse, or the baseline was updated, 1 something is worse, 3 "
      "something was no\nlonger asked or is left open.");
  return [options] { return run_compare(*options); };
}

}  // namespace napier::cli
