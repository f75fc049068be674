// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/profile/seen_cases.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// What a target gives at NaN, infinities, zeros, the ends of its format and small numbers, as it
/// is called to nearest; each judged by what special values ask of that call, and as
/// one of the cases seen. Throws what Caller::call throws.
SpecialGrid special_grid(const Target& target, Callers callers, SeenCases& seen);

}  // namespace napier
