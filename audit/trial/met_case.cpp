// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/met_case.hpp"

#include <vector>

namespace napier {
namespace {

/// All calls of such a case are those at its point.
Witness as_met(const Property& property, const Subject& subject, const Point& point,
               std::span<const Answer> answers) {
  const std::vector<Request> requests(answers.size(), Request{Role::target, point.call()});
  return witness_of(property, subject, point, {requests, answers});
}

}  // namespace

Witness witness_of(const Property& property, const Subject& subject, const Point& point,
                   Transcript transcript) {
  Witness witness;
  witness.inputs.assign(point.arguments().begin(), point.arguments().end());
  if (transcript.answers.back().ending == Ending::returned)
    witness.got = transcript.answers.back().value;
  witness.fault = property.fault(subject, point, transcript);
  return witness;
}

Finding finding_as_met(const Property& property, const Subject& subject, const Tally& tally,
                       std::string explanation) {
  Finding found = unconfirmed_finding(property, subject, tally, std::move(explanation));
  const RefutedCase& first = tally.first_refuted.value();
  found.smallest = as_met(property, subject, first.point, first.answers);
  found.worst =
      tally.worst_answers.empty()
          ? found.smallest
          : as_met(property, subject, tally.worst.entry.value().point, tally.worst_answers);
  return found;
}

}  // namespace napier
