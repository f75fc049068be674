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

/// A shared object of a report as the report's folder sees it: a path that is not absolute is
/// looked for from there, then from the folders that hold that one, where the audit was perhaps
/// started, and then from where we are. Last, beside the report by its name alone: the two may have
/// been moved.
std::string found_from(const fs::path& folder, const std::string& name) {
  const SharedObject object = parse_shared_object(name);
  if (object.path.find('/') == std::string::npos) return name;  // the loader's to find
  const fs::path path(object.path);
  const auto named = [&object](const fs::path& found) {
    return SharedObject{found.lexically_normal(), object.symbol}.name();
  };
  std::error_code error;
  const fs::path start = fs::absolute(folder.empty() ? "." : folder, error).lexically_normal();
  for (fs::path from = start; path.is_relative() && from.has_relative_path();
       from = from.parent_path())
    if (fs::exists(from / path, error)) return named(from / path);
  if (fs::exists(path, error)) return name;
  if (fs::exists(start / path.filename(), error)) return named(start / path.filename());
  return name;  // which fails, and says why
}

/// A target of a report that has a name of its own.
Target target_named(const std::string& name) try {
  return select_candidates(name).front().target;
} catch (const std::invalid_argument&) {
  throw std::invalid_argument("this program has no target '" + name + "' of the report");
}

/// Is the result a derivative that a function gives beside its value?
bool is_beside_a_value(const TargetResult& result) {
  return parse_signature(parse_shape(result.shape)).judged.order != 0;
}

/// What the report says of the value that such a derivative belongs to.
Claim claim_of_its_value(const Report& report, const TargetResult& result,
                         const Target& derivative) {
  const Shape value = looking_at(derivative.shape, outputs.front());
  for (const TargetResult& other : report.targets)
    if (other.name == result.name && other.format == result.format && other.shape == value.text &&
        other.function == derivative.function->primal->name)
      return other.claim;
  return {};
}

/// A target of a report: of the catalogue, or somebody else's, with the report's claim, or with
/// what the audit asked for. A command is run where we are.
Target target_of(const Report& report, const TargetResult& result, Basis basis,
                 const fs::path& folder) {
  const Claim& claim = basis == Basis::expectation && result.expect ? *result.expect : result.claim;
  if (!is_foreign_target(result.name)) {
    Target target = target_named(result.name);
    target.claim = claim;
    return target;
  }
  SharedObjectOptions shape;
  shape.function = result.function;
  shape.format = result.format;
  shape.shape = result.shape;
  if (is_beside_a_value(result)) shape.function = find_function(result.function)->primal->name;
  shape.environment = result.environment;
  const bool is_command = is_command_target(result.name);
  const std::string name = is_command ? result.name : found_from(folder, result.name);
  Target target = foreign_target(name, shape).target;
  target.claim = claim;
  if (is_beside_a_value(result)) claim_of_value(target, claim_of_its_value(report, result, target));
  if (is_command) return target;
  const std::string object = identity_of_library(parse_shared_object(name).path);
  if (!result.object.empty() && !object.empty() && object != result.object)
    complain(fmt::format("{} is another file than the report's: {} now, {} then", name, object,
                         result.object));
  return target;
}

/// The other target of the run that a claim names, if it is one.
std::vector<Candidate> others_of(const Report& report, const std::string& name,
                                 const fs::path& folder) {
  std::vector<Candidate> others;
  for (const TargetResult& result : report.targets)
    if (!name.empty() && result.name == name) {
      others.emplace_back().target = target_of(report, result, Basis::claim, folder);
      others.back().target.name = name;
    }
  return others;
}

int replay_findings(const Report& report, const fs::path& folder, std::size_t number) {
  Replayed gravest = Replayed::stands;
  const auto all = findings(report);
  if (number > all.size())
    throw std::invalid_argument(fmt::format("the report has {}, so there is no finding #{}",
                                            counted(all.size(), "finding", "findings"), number));
  if (all.empty()) print("The report has no findings: nothing to replay.\n");
  for (const NumberedFinding& entry : all) {
    if (number != 0 && entry.number != number) continue;
    Target target = target_of(report, *entry.target, entry.finding->basis, folder);
    find_twins(target, target.claim, others_of(report, target.claim.equals, folder));
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
