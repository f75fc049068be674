// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/sampler.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Asks a target that was tried some thousand calls more, where accuracy was measured: its profile
/// and maps in the first mode, what it gives at special values, and of a refuted one what likely
/// makes its errors. At most an eighth of the cases that accuracy had for each of these; no verdict
/// depends on them. What is interrupted leaves out what is missing.
void look_closer(const Target& target, Seed seed, Callers callers, TargetResult& result);

}  // namespace napier
