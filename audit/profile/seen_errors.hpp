// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/profile/observe.hpp"

namespace napier {

/// Notes the largest relative and the largest absolute error: where the true value is a normal
/// number, and where it is finite. What is seen among these calls, and among at most `calls` more
/// that are made around the largest of them, is a lower bound on the error at its argument, by the
/// reference; calls are compared by figures that are only about right, so that another one may err
/// a little more. What no call exceeds, those that accuracy judged among them, follows from their
/// errors in ulps (judged_errors.hpp). The calls that are made are added to the cases seen.
void note_seen_errors(const Subject& subject, std::vector<Observation> seen, std::size_t calls,
                      Caller& caller, TargetResult& result, SeenCases& cases);

}  // namespace napier
