// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "reports/render/renderers.hpp"
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

/// "html, md, … or terminal".
std::string names() {
  std::string list;
  for (const Renderer& renderer : renderers()) list += std::string(renderer.name) + ", ";
  return list + "terminal";
}

std::string help() {
  std::string text;
  for (const Renderer& renderer : renderers())
    text += fmt::format("{:<9} {}\n", renderer.name, renderer.about);
  return text + "terminal  the screen that audit prints; with -v every table\n";
}

std::string rendered(const Report& report, const ReportOptions& options, std::string& extension) {
  extension = "txt";
  if (options.as == "terminal") return render_terminal(report, terminal_options(options.verbose));
  const auto known = std::ranges::find(renderers(), options.as, &Renderer::name);
  if (known == renderers().end())
    throw std::invalid_argument("--as '" + options.as + "' is unknown: " + names());
  extension = known->extension;
  return known->render(report);
}

int run_report(const ReportOptions& options) {
  if (options.as == "help") {
    print(help());
    return 0;
  }
  if (options.file.empty())
    throw std::invalid_argument("report needs a FILE: a report.json (--as help lists the forms)");
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
  command->add_option("FILE", options->file, "a report.json");
  command->add_option("--as", options->as, names() + "; help says what they are")
      ->capture_default_str();
  command->add_option("--out", options->out, "folder to write into; - is standard output")
      ->check(not_empty("a folder, or - for standard output"))
      ->capture_default_str();
  command->add_flag("-v,--verbose", options->verbose,
                    "for a terminal: every table, what the columns mean, and what made the report");
  command->footer(R"(Examples:
  napier report report/report.json
  napier report report/report.json --as junit --out report
  napier report report/report.json --as csv
  napier report --as help)");
  return [options] { return run_report(*options); };
}

}  // namespace napier::cli
