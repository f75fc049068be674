// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>

#include "audit/profile/observe.hpp"

namespace napier {

/// Notes the largest relative and the largest absolute error among what was observed: where the
/// true value is a normal number, and where it is finite. Both are lower bounds on the error at
/// their argument, by the reference; calls are compared by figures that are only about right, so
/// that another call may err a little more. No bounds on a target.
void note_seen_errors(const Subject& subject, std::span<const Observation> seen,
                      TargetResult& result);

}  // namespace napier
