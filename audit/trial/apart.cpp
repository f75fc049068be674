// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/apart.hpp"

namespace napier {

Judged judge_apart(const Property& property, const Subject& subject, const Domain& domain,
                   std::uint64_t cases, const CampaignOptions& options, Caller& caller) {
  const Target& target = *subject.target;
  const auto primal = target.primal ? target.primal->open() : nullptr;
  const Property* const jury[] = {&property};
  Judged judged{std::vector<Tally>(1)};
  try {
    for (const Portion& portion : portions(domain, cases))
      if (!judge_portion(jury, subject, domain, options.seed, portion, {&caller, primal.get()},
                         judged.tallies, [&options] { return !raised(options.stop); }))
        judged.interrupted = true;
  } catch (const Interrupted&) {  // what was tallied is true all the same
    judged.interrupted = true;
  }
  return judged;
}

}  // namespace napier
