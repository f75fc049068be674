// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/claim/real_set.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// The real numbers that a y returned at x may stand for if every promise is kept: the whole line
/// where nothing is promised.
template <class E, Form form>
RealSet<E, form> claimed_set(const Subject& subject, Float x, Float y, Role role,
                             Precision precision) {
  const bool flushes = subject.claim_of(role).flush_subnormals;
  RealSet<E, form> set;
  bool first = true;
  for (const AccuracyClaim& accuracy : subject.promises(role)) {
    auto one_claim =
        real_set<E, form>(claim_set(y, accuracy, subject.rounding, flushes, x), precision);
    set = first ? std::move(one_claim) : intersect(std::move(set), one_claim);
    first = false;
  }
  if (first) set.has_lo = set.has_hi = false;
  return set;
}

}  // namespace napier
