// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/part_trial.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/isolation/child_caller.hpp"
#include "audit/selection.hpp"
#include "audit/trial/apart.hpp"
#include "audit/trial/load_effects.hpp"
#include "audit/trial/losses.hpp"
#include "audit/trial/plan.hpp"
#include "audit/trial/surroundings.hpp"
#include "audit/trial/trial.hpp"
#include "lib/target/pipe.hpp"

namespace napier {
namespace {

class PartTrial {
 public:
  PartTrial(const Candidate& candidate, const CampaignOptions& options, const Shard& shard,
            TrialPart& part, std::mutex& mutex, const Progress& progress)
      : target_(candidate.target),
        options_(options),
        shard_(shard),
        part_(part),
        mutex_(mutex),
        progress_(progress),
        crew_(candidate.target, options.threads) {}

  void run() {
    const Plan plan(target_, options_);
    const auto rounds = plan.rounds(select_properties(options_.properties),
                                    [](const Property&, const Subject&, const std::string&) {});
    bool goes_on = true;
    for (const auto& [subject, juries] : rounds)
      for (const Plan::Jury& jury : juries)
        if (goes_on && !is_apart(jury.front()->calling))
          goes_on = judge(jury, subject, plan.ground(*jury.front(), subject));
    const std::lock_guard lock(mutex_);
    take_what_callers_saw();
    part_.ended = !raised(options_.stop) || goes_on;
  }

 private:
  JuryPart& part_of(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find(part_.juries, name, &JuryPart::jury);
    if (known != part_.juries.end()) return *known;
    part_.juries.emplace_back().jury = name;
    return part_.juries.back();
  }

  /// A jury's cases, and the searches that follow on them; false if the trial ends here.
  bool judge(const Plan::Jury& jury, const Subject& subject, const Plan::Ground& ground) {
    if (!work(judging(jury, subject, ground.domain, ground.cases, options_.seed, options_.stop)))
      return false;
    for (const Property* property : jury) {
      const Islands islands(calls_of_search(*property, ground.strength, ground.cases),
                            options_.least_island);
      if (islands.count() != 0 && !work(searching(*property, subject, ground.domain, islands,
                                                  options_.seed, options_.stop)))
        return false;
    }
    return true;
  }

  /// False if the trial ends here.
  bool work(const DividedWork& divided) {
    if (lost_ >= most_lost_calls) return false;  // … and by all shards it is lost no later
    JuryPart& mine = part_of(divided.name);
    if (!mine.ended) {
      progress_.begins(target_.name, divided.name);
      const Judged judged = work_on_rest(divided, mine);
      if (judged.interrupted || raised(options_.stop)) return mine.ended;
      if (!judged.failure.empty()) {
        const std::lock_guard lock(mutex_);
        part_.failure = judged.failure;
        return false;
      }
    }
    if (!mine.tallies.empty()) lost_ += mine.tallies.front().lost;
    return true;
  }

  Judged work_on_rest(const DividedWork& divided, JuryPart& mine) {
    try {
      return crew_.work(divided, {shard_, mine, mutex_});
    } catch (const InternalError& error) {
      const std::lock_guard lock(mutex_);
      mine.contradiction = error.what();
      mine.ended = true;
      return {};
    }
  }

  void take_what_callers_saw() {
    const std::vector<Caller*> callers = crew_.all_targets();
    // Who ends a worker often ends its children first: they are no fault of the target.
    for (Loss& loss : take_losses(callers))
      if (!raised(options_.stop) || !from_outside(loss.death))
        part_.losses.push_back(std::move(loss));
    TargetResult result;
    result.name = target_.name;
    result.shape = target_.shape.text;
    TrialRecord record;
    note_surroundings(target_, options_, *crew_.callers().target, result, record);
    part_.filtered |= record.filtered;
    part_.unfiltered |= record.unfiltered;
    part_.printed |= anything_printed(callers);
    remember_words(callers, result, record);
    if (part_.words.empty()) part_.words = std::move(record.words);
  }

  const Target& target_;
  const CampaignOptions& options_;
  Shard shard_;
  TrialPart& part_;
  std::mutex& mutex_;
  const Progress& progress_;
  Crew crew_;
  std::uint64_t lost_ = 0;
};

}  // namespace

void try_part(const Candidate& candidate, const CampaignOptions& options, const Shard& shard,
              TrialPart& part, std::mutex& mutex, const Progress& progress) {
  if (part.ended) return;
  try {
    PartTrial(candidate, options, shard, part, mutex, progress).run();
  } catch (const Interrupted&) {
    // what was done is in the part
  } catch (const std::runtime_error& error) {
    const std::lock_guard lock(mutex);
    part.failure = error.what();
    part.ended = true;
  }
}

}  // namespace napier
