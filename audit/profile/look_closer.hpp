// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/profile/seen_cases.hpp"
#include "props/domain/sampler.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Asks a target that was tried some thousand calls more, where accuracy was measured: its profile
/// and maps in the first mode, and what it gives at special values. At most an eighth of the cases
/// that accuracy had for each of these. What is interrupted leaves out what is missing, and false
/// is returned.
///
/// All that is asked is added to the cases seen, for the verdict.
bool look_closer(const Target& target, Seed seed, Callers callers, TargetResult& result,
                 SeenCases& seen);

/// Asks a refuted one for what likely makes its errors, at most so often again.
void look_for_causes(const Target& target, Seed seed, Callers callers, TargetResult& result);

}  // namespace napier
