// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <filesystem>
#include <stdexcept>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

struct ReportOptions {
  std::string file;
  std::string as = "terminal";
  std::string out = "-";
  bool verbose = false;
};

std::string rendered(const Report& report, const ReportOptions& options, std::string& extension) {
  const std::string& as = options.as;
  extension = as;
  if (as == "html") return render_html(report);
  if (as == "md") return render_markdown(report);
  extension = "txt";
  if (as == "terminal") return render_terminal(report, terminal_options(options.verbose));
  throw std::invalid_argument("--as '" + as + "' is unknown: html, md or terminal");
}

int run_report(const ReportOptions& options) {
  const Report report = read_report(options.file);
  std::string extension;
  const std::string text = rendered(report, options, extension);
  if (options.out == "-") {
    print(text);
    return 0;
  }
  create_folder(options.out);
  const auto path = std::filesystem::path(options.out) / ("report." + extension);
  write_file(path, text);
  print(one_line(path.string()) + "\n");
  return 0;
}

}  // namespace

Run add_report(CLI::App& app) {
  auto* command = app.add_subcommand("report", "Render a report.json");
  auto options = std::make_shared<ReportOptions>();
  command->add_option("FILE", options->file, "a report.json")->required();
  command->add_option("--as", options->as, "html, md or terminal")->capture_default_str();
  command->add_option("--out", options->out, "folder to write into; - is standard output")
      ->check(not_empty("a folder, or - for standard output"))
      ->capture_default_str();
  command->add_flag("-v,--verbose", options->verbose,
                    "for a terminal: every table, what the columns mean, and what made the report");
  return [options] { return run_report(*options); };
}

}  // namespace napier::cli
