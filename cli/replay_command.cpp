// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "audit/collections.hpp"
#include "audit/manifest/library.hpp"
#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "audit/twins.hpp"
#include "cli/candidates.hpp"
#include "cli/commands.hpp"
#include "cli/reported_targets.hpp"
#include "cli/terminal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/outputs.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

struct ReplayOptions {
  std::string what;
  ClaimOptions claim;
  std::string property;
  std::string rounding = "nearest";
  std::vector<std::string> at;
};

namespace fs = std::filesystem;

int replay_findings(const Report& report, const fs::path& folder, std::size_t number) {
  Replayed gravest = Replayed::stands;
  const auto all = findings(report);
  if (number > all.size())
    throw std::invalid_argument(fmt::format("the report has {}, so there is no finding #{}",
                                            counted(all.size(), "finding", "findings"), number));
  if (all.empty()) print("The report has no findings: nothing to replay.\n");
  for (const NumberedFinding& entry : all) {
    if (number != 0 && entry.number != number) continue;
    Target target = reported_target(report, *entry.target, entry.finding->basis, folder);
    find_twins(target, target.claim, reported_others(report, target.claim.equals, folder));
    const ReplayedCase replayed = replay(target, entry.finding->property, entry.finding->rounding,
                                         entry.finding->smallest.inputs);
    print(fmt::format("#{} {}\n", entry.number, visible(replayed.text)));
    if (!entry.finding->repeatable && replayed.outcome != Replayed::refuted)
      print(fmt::format("The audit saw it. {}.\n", visible(entry.finding->explanation)));
    gravest = std::max(gravest, replayed.outcome);
  }
  return status_of(gravest);
}

int replay_file(const std::string& what) {
  const auto mark = what.rfind('#');
  std::string file = what;
  std::size_t number = 0;
  if (mark != std::string::npos && !std::filesystem::exists(what)) {
    file = what.substr(0, mark);
    const std::string digits = what.substr(mark + 1);
    if (digits.empty() || digits.size() > 6 ||
        digits.find_first_not_of("0123456789") != std::string::npos || std::stoul(digits) == 0)
      throw std::invalid_argument("'#" + digits + "' does not number a finding: write FILE#1");
    number = std::stoul(digits);
  }
  return replay_findings(read_report(file), fs::path(file).parent_path(), number);
}

/// Throws std::invalid_argument with a line that says so if it names a target, and no file.
void check_names_no_target(const std::string& what) {
  std::error_code error;
  if (fs::exists(what, error)) return;
  if (!is_foreign_target(what)) try {
      select_candidates(what);
    } catch (const std::invalid_argument&) {
      return;
    }
  throw std::invalid_argument("'" + what +
                              "' is a target: add --property and --at, which case of it");
}

int replay_target(const ReplayOptions& options) {
  const auto found = candidates({options.what}, options.claim);
  if (found.size() != 1)
    throw std::invalid_argument(
        "'" + options.what + "' names " + std::to_string(found.size()) + " targets: add " +
        (found.front().target.name == found.back().target.name
             ? "which output, as in --shape d:" + options.claim.shape.value_or("")
             : "the format, as in " + found.front().target.name));
  Target target = found.front().target;
  // Of foreign/ nobody claims anything: what is replayed is what is asked of it.
  if (!target.claim.anything() && found.front().expect) target.claim = *found.front().expect;
  find_twins(target, target.claim);
  const auto rounding = find_rounding(options.rounding);
  if (!rounding)
    throw std::invalid_argument("--rounding '" + options.rounding +
                                "' is unknown: nearest, up, down or zero");
  std::vector<Float> inputs;
  inputs.reserve(options.at.size());
  for (const std::string& text : options.at) inputs.push_back(parse_float(*target.format, text));
  const ReplayedCase replayed = replay(target, options.property, *rounding, inputs);
  print(visible(replayed.text) + "\n");
  return status_of(replayed.outcome);
}

int run_replay(const ReplayOptions& options) {
  if (options.property.empty() && options.at.empty()) {
    check_names_no_target(options.what);
    return replay_file(options.what);
  }
  if (options.property.empty())
    throw std::invalid_argument("--at is a case of a property: add --property");
  return replay_target(options);
}

}  // namespace

Run add_replay(CLI::App& app) {
  auto* command = app.add_subcommand("replay", "Judge one case again and explain it");
  auto options = std::make_shared<ReplayOptions>();
  command->add_option("FILE[#N] | TARGET", options->what, "findings of a report.json, or a target")
      ->required();
  options->claim.add_to(*command);
  command->add_option("--property", options->property, "the property of the case");
  command
      ->add_option("--rounding", options->rounding,
                   "the rounding mode of the case: nearest, up, down or zero")
      ->capture_default_str();
  command
      ->add_option(
          "--at", options->at,
          "the arguments of the case as hex floats, a base first; without it the case that has "
          "none")
      ->delimiter(',');
  command->footer(R"(Examples:
  napier replay report/report.json
  napier replay report/report.json#1
  napier replay libm/exp:binary64 --property accuracy --at=0x1.8p+0
  napier replay libm/pow:binary64 --property 1.1 --at=0x1p+1,0x1p+0,0x1.8p+0

Exit status: 1 still refuted, 0 it stands, 3 undecided; of several the gravest.)");
  return [options] { return run_replay(*options); };
}

}  // namespace napier::cli
