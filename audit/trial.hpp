// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/callers.hpp"
#include "audit/campaign.hpp"

namespace napier {

/// Judges one property over its budget, in parallel; the tally is the same for any number of
/// threads. Each thread has callers of its own.
class Crew {
 public:
  /// Opens the first callers; throws what Target::open throws.
  Crew(const Target& target, int threads);
  ~Crew();
  Tally judge(const Property& property, const Subject& subject, const Domain& domain, Seed seed,
              std::uint64_t budget);
  Callers callers();  ///< of this thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Tries one candidate.
TargetResult try_candidate(const Candidate& candidate, const CampaignOptions& options,
                           const Progress& progress, std::vector<Timing>* timings);

}  // namespace napier
