// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/apart.hpp"

#include <fmt/format.h>

#include "lib/target/lanes.hpp"
#include "lib/target/past.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {
namespace {

Judged judge_with(Caller& caller, const Property& property, const Subject& subject,
                  const Domain& domain, std::uint64_t cases, const CampaignOptions& options) {
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

Judged judge_apart(const Property& property, const Subject& subject, const Domain& domain,
                   std::uint64_t cases, const CampaignOptions& options, Caller& target) {
  const auto judged_by = [&](Caller& caller) {
    return judge_with(caller, property, subject, domain, cases, options);
  };
  switch (property.calling) {
    case Calling::in_two_threads: {
      const auto pair = thread_pair(subject.target->open);
      Judged judged = judged_by(*pair);
      judged.remark =
          fmt::format(" (both threads calling {:.0f} % of the time)", 100 * pair->overlap());
      return judged;
    }
    case Calling::amid_a_past:
      return judged_by(*calls_with_past(target, subject.format(), subject.target->function->arity));
    case Calling::in_lanes:
      target.renew();
      return judged_by(*calls_in_lanes(target));
    case Calling::plain:
    case Calling::by_others:
      break;
  }
  return judged_by(target);
}

}  // namespace napier
