// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/approach.hpp"

namespace napier {
namespace {
/// Half, or all where the rest would be too few for the differences.
std::uint64_t aimed_of(std::uint64_t budget) {
  const std::uint64_t half = budget / 2;
  return half < DifferenceSearch::least_calls ? budget : half;
}
}  // namespace

Approach::Approach(const Function& function, Seed seed, std::uint64_t budget,
                   const std::vector<Entry>& places)
    : function_(function),
      seed_(seed),
      for_differences_(budget - aimed_of(budget)),
      aimed_(function, seed, aimed_of(budget), places) {}

std::vector<Domain> Approach::next() {
  if (!differences_) {
    std::vector<Domain> domains = aimed_.next();
    if (!domains.empty()) return domains;
    differences_.emplace(function_, seed_, for_differences_, aimed_.largest_of_places());
  }
  return differences_->next();
}

void Approach::learn(std::span<const Tally> found) {
  if (differences_)
    differences_->learn(found);
  else
    aimed_.learn(found);
}

}  // namespace napier
