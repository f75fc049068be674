// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/comparison.hpp"
#include "reports/view/shown.hpp"

namespace napier::cli {
namespace {

struct CompareOptions {
  std::string base;
  std::string newer;
};

int run_compare(const CompareOptions& options) {
  const Report base = shown(read_report(options.base)), newer = shown(read_report(options.newer));
  const std::vector<Compared> all = compare(base, newer);
  const Table table = comparison_table(all);
  print((table.rows.empty() ? "" : render_table(table, terminal_options(false)) + "\n") +
        comparison_text(all) + "\n");
  return exit_code(all);
}

}  // namespace

Run add_compare(CLI::App& app) {
  auto* command = app.add_subcommand(
      "compare", "Tell what is better or worse in a report than in an older one");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("BASE", options->base, "the older report.json")->required();
  command->add_option("NEW", options->newer, "the newer report.json")->required();
  command->footer(
      "Example:\n  napier compare base.json report/report.json\n\n"
      "Worse is what is newly refuted, and a bound that rose; a sample's larger maximum is none.\n"
      "Exit status: 0 nothing is worse, 1 something is, 3 something was no longer asked or is "
      "left open.");
  return [options] { return run_compare(*options); };
}

}  // namespace napier::cli
