// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/claim/real_set.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// The real numbers that a y returned by a call may stand for if every promise about it is kept:
/// the whole line where nothing is promised.
template <class E, Form form>
RealSet<E, form> claimed_set(const Subject& subject, const Call& call, Float y, Role role,
                             Precision precision) {
  RealSet<E, form> set;
  bool first = true;
  for (const AccuracyClaim& accuracy : subject.promises(role, call)) {
    auto one_claim = real_set<E, form>(
        claim_set(y, accuracy, subject.claim_of(role), subject.rounding, call.x), precision);
    set = first ? std::move(one_claim) : intersect(std::move(set), one_claim);
    first = false;
  }
  if (first) set.has_lo = set.has_hi = false;
  return set;
}

}  // namespace napier
