// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/lanes_finding.hpp"

#include <optional>

#include "audit/stop.hpp"
#include "audit/trial/met_case.hpp"
#include "lib/target/lanes.hpp"

namespace napier {
namespace {

/// In arrays of that argument alone; nothing if an interruption forbids it.
std::optional<JudgedCase> judged_again(const Property& property, const Subject& subject,
                                       const Point& point, Caller& target) {
  try {
    target.renew(Asking::thoroughly);
    return judge_point(property, subject, point, {calls_in_lanes(target).get(), nullptr});
  } catch (const Interrupted&) {
    return std::nullopt;
  }
}

}  // namespace

Finding finding_of_lanes(const Property& property, const Subject& subject, const Tally& tally,
                         Caller& target) {
  const RefutedCase& first = tally.first_refuted.value();
  const Point& point = first.point;
  Finding found = unconfirmed_finding(property, subject, tally, "");
  const auto again = judged_again(property, subject, point, target);
  found.repeatable = again && std::holds_alternative<Refuted>(again->verdict);
  const std::vector<Request> requests(first.answers.size(), Request{Role::target, point.call()});
  const Transcript shown =
      found.repeatable ? again->transcript() : Transcript{requests, first.answers};
  found.smallest = found.worst = witness_of(property, subject, point, shown);
  found.explanation = property.explain(subject, point, shown);
  return found;
}

}  // namespace napier
