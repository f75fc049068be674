// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/agreement.hpp"
#include "audit/isolation/serve.hpp"
#include "audit/process/supervise.hpp"
#include "audit/provenance.hpp"
#include "cli/commands.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "napier_build_info.hpp"
#include "oracles/backend/versions.hpp"
#include "oracles/fast/scalar/self_check.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "props/judge/judge.hpp"
#include "reports/report.hpp"

namespace napier::cli {
namespace {
std::vector<std::string>& words() {
  static std::vector<std::string> all;
  return all;
}
}  // namespace

const std::vector<std::string>& words_of_command() { return words(); }
void remember_words(int argc, char** argv) {
  if (argc > 2) words().assign(argv + 2, argv + argc);
}
}  // namespace napier::cli

namespace {

constexpr int usage_or_environment = 2;

/// What made this program and what its verdicts rest on, a line each.
std::string made_of() {
  const napier::Provenance p = napier::provenance({});
  std::string text;
  const auto say = [&text](std::string_view what, std::string_view value) {
    text += fmt::format("{:<10} {}\n", what, value);
  };
  say("compiler", p.compiler);
  say("flags", p.flags);
  say("machine", fmt::format("{}, filters on {} of {}", p.cpu_level, p.simd,
                             fmt::join(napier::simd_levels(), ", ")));
  say("libm", p.libm);
  for (const napier::OracleNote& oracle : napier::oracle_agreement({}, {}).oracles)
    say("oracle", oracle.name + ": " + oracle.bound);
  say("packages", napier::backend_versions());
  return text;
}

int complain(std::string_view what) {
  napier::cli::complain(what);
  return usage_or_environment;
}

int run(int argc, char** argv) {
  CLI::App app{
      "Napier: how wrong is this exp? Exponential functions tried by their laws and an oracle.",
      "napier"};
  app.require_subcommand(1);
  app.set_version_flag("--version",
                       "napier " + std::string(napier::build::version) + " (" +
                           std::string(napier::build::commit) + ")",
                       "with -v also what it was made by, and what it judges by");
  bool is_verbose = false;
  const CLI::Option* verbose = app.add_flag("-v,--verbose", is_verbose, "see --version");
  app.footer(
      "Exit status: 0 every claim stands, 1 refuted, 2 usage or environment, 3 inconclusive, "
      "70 Napier contradicts itself, 75 stopped at a checkpoint, 130 interrupted.");
  using namespace napier::cli;
  const std::vector<std::pair<const char*, Run>> commands{
      {"audit", add_audit(app)},   {"list", add_list(app)},       {"replay", add_replay(app)},
      {"report", add_report(app)}, {"compare", add_compare(app)}, {"merge", add_merge(app)},
      {"plan", add_plan(app)},     {"status", add_status(app)},   {"shim", add_shim(app)},
      {"steps", add_steps(app)},   {"search", add_search(app)},   {"record", add_record(app)},
      {"manual", add_manual(app)}};
  // An unknown command would otherwise be told only that a command is missing.
  const auto is_command = [&](std::string_view word) {
    return std::ranges::any_of(commands, [&](const auto& known) { return known.first == word; });
  };
  if (argc > 1 && argv[1][0] != '-' && !is_command(argv[1]))
    return complain("there is no command '" + std::string(argv[1]) + "': " + command_names(app) +
                    " (napier --help)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return complain(usage_error(app, error));
    std::ostringstream text;  // --help, --version
    app.exit(error, text, text);
    if (dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr && verbose->count() != 0)
      text << made_of();
    print(text.str());
    return 0;
  }
  if (const std::string repeated = repetition(app); !repeated.empty()) return complain(repeated);
  for (const auto& [name, command] : commands)
    if (app.got_subcommand(name)) return command();
  return usage_or_environment;
}

}  // namespace

int main(int argc, char** argv) {
  if (napier::is_serving(argc, argv)) return napier::serve_target(argc, argv);
  if (napier::is_supervising(argc, argv)) return napier::supervise_command(argc, argv);
  napier::cli::settle_signals();
  napier::cli::remember_words(argc, argv);
  try {
    napier::check_arithmetic();
    return run(argc, argv);
  } catch (const napier::InternalError& error) {
    complain(error.what());
    return napier::contradiction_status;
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}
