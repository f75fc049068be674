// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shard_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "audit/campaign.hpp"
#include "audit/manifest/library.hpp"
#include "audit/provenance.hpp"
#include "audit/recorded_table.hpp"
#include "audit/trial/expectation.hpp"
#include "audit/trial/part_trial.hpp"
#include "audit/trial/rows.hpp"
#include "audit/twins.hpp"
#include "lib/fp/hexfloat.hpp"
#include "reports/store/json.hpp"
#include "reports/store/sha256.hpp"

namespace napier {
namespace {

/// All of a candidate that its figures depend on, as a text that only has to be the same.
std::string settings_of(const Candidate& candidate) {
  Report report;
  if (candidate.target.function != nullptr && candidate.target.format != nullptr)
    report.targets.push_back(result_for(candidate));
  std::string text = json_text(report);
  for (const ExpectedIssue& issue : candidate.known)
    text += fmt::format("{} {} {} {} {}\n", issue.target, fmt::join(issue.properties, ","),
                        fmt::join(issue.at, ","), issue.at_most, issue.why);
  for (const Point& point : candidate.corpus) text += to_hex(point.arguments()) + "\n";
  text += fmt::format("{} {} {}\n", fmt::join(candidate.properties, ","), candidate.absent,
                      candidate.failure);
  for (const Rounding rounding : candidate.roundings) text += name(rounding);
  return sha256(text);
}

/// Cases that were refuted before: the merge asks them again, so it is another audit without them.
std::string recorded_of(const std::vector<Candidate>& candidates) {
  std::size_t count = 0;
  std::string text;
  for (const Candidate& candidate : candidates)
    for (const RecordedCase& one : candidate.recorded) {
      ++count;
      text += fmt::format("{} {} {} {}\n", candidate.target.name, one.property, name(one.rounding),
                          to_hex(one.point.arguments()));
    }
  constexpr std::size_t shown = 12;  // digits that tell records apart
  return count == 0 ? "none" : fmt::format("{} (sha256 {})", count, sha256(text).substr(0, shown));
}

/// A build of a tree that no commit names is known by its bytes alone.
std::string build_of(const Provenance& made) {
  const bool is_named = made.commit != "unknown" && !made.commit.ends_with("-dirty");
  return is_named ? made.commit : made.commit + " " + identity_of_library("/proc/self/exe");
}

}  // namespace

RunIdentity run_identity(std::vector<Candidate> candidates, const CampaignOptions& options) {
  find_twins(candidates);
  const Provenance made = provenance(options);
  std::string roundings;
  for (const Rounding rounding : options.roundings)
    roundings += (roundings.empty() ? "" : ",") + std::string(name(rounding));
  RunIdentity run{
      {"the version of napier", made.version},
      {"the commit that napier was built from", build_of(made)},
      {"the compiler", made.compiler},
      {"the compiler's flags", made.flags},
      {"the level of the processor", made.cpu_level},
      {"the instruction set of the filters", made.simd},
      {"the C library", made.libm},
      {"the file of the C library", identity_of_library("libm.so.6")},
      {"the seed", std::to_string(made.seed)},
      {"the effort", made.effort},
      {"--cases", options.cases ? std::to_string(*options.cases) : "the effort's"},
      {"--exhaustive", options.exhaustive ? "given" : "not given"},
      {"--property", fmt::format("{}", fmt::join(options.properties, ","))},
      {"--rounding", roundings},
      {"the number of cases on record, in .napier/failures.txt,", recorded_of(candidates)},
      {"the number of targets", std::to_string(candidates.size())},
  };
  for (const Candidate& candidate : candidates) {
    run.emplace_back("the target", candidate.target.name);
    run.emplace_back("the file of " + candidate.target.name, candidate.object);
    for (const auto& twin : candidate.target.twins)
      if (twin->recorded)
        run.emplace_back("the digest of " + twin->name, sha256(table_text(*twin->recorded)));
    run.emplace_back("the digest of what is asked of " + candidate.target.name,
                     settings_of(candidate));
  }
  return run;
}

namespace {

TrialPart& part_of(std::deque<TrialPart>& trials, const TrialKey& key, const std::string& target) {
  for (TrialPart& part : trials)
    if (part.place == key.place && part.expected == key.expected) return part;
  TrialPart& part = trials.emplace_back();
  part.place = key.place;
  part.expected = key.expected;
  part.target = target;
  return part;
}

class ShardRun {
 public:
  ShardRun(ShardKeeper& keeper, const Progress& progress) : keeper_(keeper), progress_(progress) {}

  void add(const Candidate& candidate, const CampaignOptions& options) {
    if (!candidate.absent.empty() || !candidate.failure.empty()) return;
    if (!try_one(candidate, options)) return;
    if (const auto expected = expected_trial(candidate, options))
      try_one(expected->candidate, expected->options);
  }
  bool is_whole() const { return whole_; }

 private:
  /// False if nothing more can be asked of it.
  bool try_one(const Candidate& candidate, const CampaignOptions& options) {
    TrialPart* part = nullptr;
    {
      const std::lock_guard lock(keeper_.mutex());
      part = &part_of(keeper_.shard().trials, options.trial, candidate.target.name);
    }
    if (!raised(options.stop))
      try_part(candidate, options, keeper_.shard().shard, *part, keeper_.mutex(), progress_);
    whole_ = whole_ && part->ended;
    return part->failure.empty();
  }

  ShardKeeper& keeper_;
  const Progress& progress_;
  bool whole_ = true;
};

/// Is it finished? A damaged file is no reason not to do it again; that of another audit is, before
/// it is overwritten.
bool is_finished(const std::filesystem::path& file, const ShardFile& here, const Warn& warn) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return false;
  ShardFile there;
  try {
    there = read_shard(file);
  } catch (const std::runtime_error& refusal) {
    warn(fmt::format("{}; it is made again", refusal.what()));
    return false;
  }
  if (const std::string other = difference(there.run, here.run); !other.empty())
    throw std::runtime_error(fmt::format(
        "{} is of another audit: {}; name another folder, or remove it", file.string(), other));
  return there.ended && there.shard.index == here.shard.index &&
         there.shard.count == here.shard.count;
}

void add_figures(const ShardFile& shard, ShardOutcome& outcome) {
  for (const TrialPart& part : shard.trials) {
    for (const JuryPart& jury : part.juries)
      for (const Tally& tally : jury.tallies) {
        outcome.cases += tally.cases;
        outcome.refuted += tally.refuted;
      }
    if (!part.failure.empty()) outcome.failures.push_back(part.failure);
  }
}

}  // namespace

ShardOutcome run_shard(std::vector<Candidate> candidates, const CampaignOptions& options,
                       const Shard& shard, std::vector<std::string> words,
                       const std::filesystem::path& folder, const Progress& progress,
                       const Warn& warn) {
  // What a claim compares with has to be there, or a whole campaign would go without it.
  const std::vector<Candidate> given = candidates;
  find_twins(candidates);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].failure.empty()) continue;
    if (given[i].failure.empty()) throw std::invalid_argument(candidates[i].failure);
    warn(candidates[i].failure);
  }
  ShardFile begun{run_identity(candidates, options), std::move(words), shard, false, {}};
  ShardOutcome outcome;
  outcome.file = finished_file(folder, shard);
  if (is_finished(outcome.file, begun, warn)) {
    outcome.end = ShardOutcome::End::done_before;
    return outcome;
  }
  ShardKeeper keeper(std::move(begun), folder, warn);
  keeper.write_now_and_then();
  ShardRun run(keeper, progress);
  for (std::size_t place = 0; place < candidates.size(); ++place)
    run.add(candidates[place], options_of(candidates[place], place, options));
  add_figures(keeper.shard(), outcome);
  if (run.is_whole()) {
    keeper.finish();
  } else {
    keeper.stop_at_checkpoint();
    outcome.end = ShardOutcome::End::stopped;
    outcome.file = keeper.checkpoint();
  }
  return outcome;
}

}  // namespace napier
