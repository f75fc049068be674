// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shard_plan.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "audit/campaign.hpp"
#include "audit/cost.hpp"
#include "audit/selection.hpp"
#include "audit/shards/pieces.hpp"
#include "audit/trial/apart.hpp"
#include "audit/trial/expectation.hpp"
#include "audit/trial/plan.hpp"
#include "audit/trial/trial.hpp"
#include "props/judge/islands.hpp"

namespace napier {
namespace {

constexpr Seconds time_of_a_shard = std::chrono::minutes(15);
// Slurm takes no longer arrays unless its administrator says so (MaxArraySize).
constexpr std::uint64_t most_planned = 1000;
constexpr double long_enough = 0.05;  // seconds that tell what a case costs
constexpr std::uint64_t first_probe = 500;

/// Works of so many cases or calls, and how many they really are.
struct Probed {
  std::function<DividedWork(std::uint64_t)> work;
  std::function<double(std::uint64_t)> size;
  std::uint64_t all = 0;
};

double seconds_of(Crew& crew, const DividedWork& work) {
  constexpr int goes = 2;
  LeastCost cost;
  for (int go = 0; go < goes; ++go)
    cost.of([&] {
      const Judged judged = crew.work(work);
      if (!judged.failure.empty()) throw std::runtime_error(judged.failure);
    });
  return cost.time().count();
}

/// How long all of it takes, by what the last of ever more cases cost: the first of them wake
/// caches up, and are larger errors each than those before.
double foreseen(Crew& crew, const Probed& probed, const StopFlag* stop) {
  double before = 0, size_before = 0;
  for (std::uint64_t cases = std::min(first_probe, probed.all); !raised(stop);
       cases = std::min(2 * cases, probed.all)) {
    const double took = seconds_of(crew, probed.work(cases)), size = probed.size(cases);
    if (took >= long_enough || cases == probed.all) {
      const bool is_grown = took > before && size > size_before;
      const double rate = is_grown ? (took - before) / (size - size_before) : took / size;
      return rate * probed.size(probed.all);
    }
    before = took;
    size_before = size;
  }
  return 0;
}

/// A trial's cases, and how long they will take, its searches among them.
void add(const Candidate& candidate, const CampaignOptions& options, ShardPlan& plan) {
  const Plan planned(candidate.target, options);
  Crew crew(candidate.target, 1);
  for (const auto& [subject, juries] :
       planned.rounds(select_properties(options.properties), [](auto&&...) {}))
    for (const Plan::Jury& jury : juries) {
      if (is_apart(jury.front()->calling)) continue;
      const Plan::Ground ground = planned.ground(*jury.front(), subject);
      const auto drawn = [&](std::uint64_t cases) {
        return static_cast<double>(Pieces(ground.domain, cases).drawn());
      };
      if (drawn(ground.cases) == 0) continue;
      const auto judged = [&](std::uint64_t cases) {
        return judging(jury, subject, ground.domain, cases, options.seed, options.stop);
      };
      plan.cases += drawn(ground.cases);
      plan.time += Seconds(foreseen(crew, {judged, drawn, ground.cases}, options.stop));
      for (const Property* property : jury) {
        const Islands islands(calls_of_search(*property, ground.strength, ground.cases),
                              options.least_island);
        if (islands.count() == 0) continue;  // what there is of a search is left to the merge
        // A call of a small island tells what one of a large island costs.
        const auto searched = [&](std::uint64_t some) {
          const Islands one(2 * some, some);
          return searching(*property, subject, ground.domain, one, options.seed, options.stop);
        };
        const auto made = [](std::uint64_t some) { return static_cast<double>(some); };
        const std::uint64_t calls = islands.count() * islands.calls_of_each();
        plan.time += Seconds(foreseen(crew, {searched, made, calls}, options.stop));
      }
    }
}

}  // namespace

ShardPlan plan_shards(const std::vector<Candidate>& candidates, const CampaignOptions& options) {
  ShardPlan plan;
  for (std::size_t place = 0; place < candidates.size(); ++place) {
    const Candidate& candidate = candidates[place];
    if (!candidate.absent.empty() || !candidate.failure.empty() || raised(options.stop)) continue;
    const CampaignOptions own = options_of(candidate, place, options);
    add(candidate, own, plan);
    if (const auto expected = expected_trial(candidate, own))
      add(expected->candidate, expected->options, plan);
  }
  plan.shards = static_cast<std::uint64_t>(
      std::clamp(std::ceil(plan.time / time_of_a_shard), 1.0, double(most_planned)));
  return plan;
}

}  // namespace napier
