// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shard_plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <stdexcept>

#include "audit/campaign.hpp"
#include "audit/selection.hpp"
#include "audit/shards/pieces.hpp"
#include "audit/trial/apart.hpp"
#include "audit/trial/expectation.hpp"
#include "audit/trial/part_trial.hpp"
#include "audit/trial/plan.hpp"

namespace napier {
namespace {

constexpr double seconds_of_a_shard = 900;
constexpr std::uint64_t most_shards = 10'000;
constexpr std::uint64_t cases_of_a_probe = 5'000;

double drawn(const Candidate& candidate, const CampaignOptions& options) {
  double sum = 0;
  const Plan plan(candidate.target, options);
  for (const auto& [subject, juries] : plan.rounds(select_properties(options.properties),
                                                   [](const auto&, const auto&, const auto&) {}))
    for (const Plan::Jury& jury : juries) {
      if (is_apart(jury.front()->calling)) continue;
      const Plan::Ground ground = plan.ground(*jury.front(), subject);
      sum += static_cast<double>(Pieces(ground.domain, ground.cases).drawn());
    }
  return sum;
}

/// A trial's cases, and how long they will take.
void add(const Candidate& candidate, const CampaignOptions& options, ShardPlan& plan) {
  CampaignOptions probe = options;
  probe.exhaustive = false;
  probe.threads = 1;
  probe.cases = std::min(options.cases.value_or(cases_of_a_probe), cases_of_a_probe);
  TrialPart part;
  std::mutex mutex;
  const auto start = std::chrono::steady_clock::now();
  try_part(candidate, probe, {}, part, mutex, {});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (!part.failure.empty()) throw std::runtime_error(part.failure);
  const double all = drawn(candidate, options);
  plan.cases += all;
  plan.seconds += took.count() * all / std::max(drawn(candidate, probe), 1.0);
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
      std::clamp(std::ceil(plan.seconds / seconds_of_a_shard), 1.0, double(most_shards)));
  return plan;
}

}  // namespace napier
