// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/apart.hpp"

#include "lib/target/lanes.hpp"
#include "lib/target/past.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {
namespace {

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

}  // namespace

Judged judge_in_two_threads(const Property& property, const Subject& subject, const Domain& domain,
                            std::uint64_t cases, const CampaignOptions& options, double& overlap) {
  const auto pair = thread_pair(subject.target->open);
  Judged judged = judge_apart(property, subject, domain, cases, options, *pair);
  overlap = pair->overlap();
  return judged;
}

Judged judge_amid_a_past(const Property& property, const Subject& subject, const Domain& domain,
                         std::uint64_t cases, const CampaignOptions& options, Caller& target) {
  const auto caller = calls_with_past(target, subject.format(), subject.target->function->arity);
  return judge_apart(property, subject, domain, cases, options, *caller);
}

Judged judge_in_lanes(const Property& property, const Subject& subject, const Domain& domain,
                      std::uint64_t cases, const CampaignOptions& options, Caller& target) {
  target.renew();
  return judge_apart(property, subject, domain, cases, options, *calls_in_lanes(target));
}

}  // namespace napier
