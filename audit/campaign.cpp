// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/campaign.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "audit/agreement.hpp"
#include "audit/isolation/sandbox.hpp"
#include "audit/nearest.hpp"
#include "audit/provenance.hpp"
#include "audit/selection.hpp"
#include "audit/trial/expectation.hpp"
#include "audit/trial/interruption.hpp"
#include "audit/trial/rows.hpp"
#include "audit/trial/trial.hpp"
#include "audit/twins.hpp"
#include "lib/target/pipe.hpp"
#include "props/domain/call_domain.hpp"

namespace napier {
namespace {

TargetResult failed(const Candidate& candidate, const std::string& why) {
  TargetResult result = result_for(candidate);
  result.verdict = TargetVerdict::failed;
  result.failure = why;
  return result;
}

/// Every budget that was used, by property and format.
std::vector<Budget> budgets(const std::vector<Candidate>& candidates,
                            const CampaignOptions& options) {
  std::map<std::string, std::uint64_t> named;
  for (const Candidate& candidate : candidates) {
    if (!candidate.absent.empty() || !candidate.failure.empty()) continue;
    for (const Property* property : select_properties(options.properties)) {
      const Shape& shape = candidate.target.shape;
      if (property->calling == Calling::in_lanes && shape.is_scalar() && !is_process(shape))
        continue;
      const std::string arity = candidate.target.function->arity == 2 ? " of two arguments" : "";
      const std::string key = property->law.empty() ? std::string(property->name) + arity + ":" +
                                                          std::string(candidate.target.format->name)
                                                    : std::string(property->name);
      named[key] = budget(*property, candidate.target, options.effort, options.cases);
    }
  }
  std::vector<Budget> all;
  all.reserve(named.size());
  for (const auto& [property, cases] : named) all.push_back({property, cases});
  return all;
}

}  // namespace

void check_feasible(const std::vector<Candidate>& candidates, const CampaignOptions& options) {
  if (!options.exhaustive) return;
  for (const Candidate& candidate : candidates) {
    const Target& target = candidate.target;
    if (!candidate.absent.empty() || !candidate.failure.empty()) continue;
    if (every_covered_call(Subject(target, Rounding::nearest))) continue;
    const int bits = target.format->width * target.function->arity;
    constexpr double calls_a_year = 3e8 * 3.2e7;
    throw std::invalid_argument(fmt::format(
        "--exhaustive: {} has 2^{} arguments, some {:.2g} years of calls; it is for functions of "
        "one argument of at most 32 bits or two of at most 16, as in 'libm/*:binary32', or of one "
        "base, one exponent or a part of a binade, as --domain x=2,2, --domain y=2,2 or --domain "
        "1,0x1.0001p+0 says of a so: target",
        target.name, bits, std::exp2(bits) / calls_a_year));
  }
}

CampaignOptions options_of(const Candidate& candidate, std::size_t place, CampaignOptions options) {
  if (options.properties.empty()) options.properties = candidate.properties;
  if (options.roundings.empty()) options.roundings = candidate.roundings;
  if (!options.cases && !options.exhaustive) options.cases = candidate.cases;
  options.trial = {place, false};
  return options;
}

namespace {

TargetResult result_of(const Candidate& candidate, const CampaignOptions& options,
                       const Progress& progress, TrialRecord& record) {
  if (!candidate.failure.empty()) return failed(candidate, candidate.failure);
  if (!candidate.absent.empty()) {
    TargetResult result = failed(candidate, candidate.absent);
    result.verdict = TargetVerdict::absent;
    return result;
  }
  if (raised(options.stop)) return untried(candidate);
  try {
    TargetResult result = try_candidate(candidate, options, progress, record);
    if (candidate.expect) add_expectation(result, candidate, options, progress, record);
    return result;
  } catch (const Interrupted&) {
    return untried(candidate);
  } catch (const InternalError& error) {
    TargetResult result = failed(candidate, error.what());
    result.contradictions.emplace_back(error.what());
    return result;
  } catch (const std::runtime_error& error) {
    return failed(candidate, error.what());
  }
}

}  // namespace

namespace {

void note_filter(const TrialRecord& record, Provenance& provenance) {
  if (record.filtered)
    provenance.notes.emplace_back(
        "Functions of shared objects ran behind a filter of system calls (seccomp): they could "
        "send signals to no other process, and change none.");
  if (sandbox_in_use() && (record.filtered || record.commands))
    provenance.notes.emplace_back(
        "Foreign targets ran in a sandbox: a user without capabilities, every file system "
        "read-only, no network and nothing shared with other processes (namespaces of users, "
        "mounts, networks, IPC and host names); commands of exec: targets saw no process but their "
        "own, and functions of shared objects could send signals to none (seccomp).");
  if (record.commands && !sandbox_in_use())
    provenance.notes.emplace_back(
        "Commands of exec: targets ran as from a shell, without a filter of system calls.");
  for (const std::string& said : record.words) provenance.notes.push_back(said);
  if (record.unfiltered)
    provenance.notes.emplace_back(
        "The system refused to filter the system calls of shared objects (seccomp): they could "
        "send signals to other processes, and change them.");
}

}  // namespace

Report run_campaign(const std::vector<Candidate>& given, const CampaignOptions& options,
                    const Progress& progress) {
  std::vector<Candidate> candidates = given;
  find_twins(candidates);
  Report report;
  report.provenance = provenance(options);
  report.provenance.budgets = budgets(candidates, options);
  TrialRecord record;
  for (const Candidate& candidate : candidates) {
    const std::size_t place = report.targets.size();
    report.targets.push_back(
        result_of(candidate, options_of(candidate, place, options), progress, record));
    progress.ends(report.targets.back(), place);
  }
  report.oracles = oracle_agreement(candidates, options.seed, options.stop);
  report.partial = raised(options.stop);
  if (options.timings) report.performance = record.timings;
  note_filter(record, report.provenance);
  return report;
}

}  // namespace napier
