// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/judge/judge.hpp"

namespace napier {

/// What a target gives at NaN, infinities, zeros, the ends of its format and small numbers, as it
/// is called to nearest; each judged by what special values ask of that call. Throws
/// what Caller::call throws.
SpecialGrid special_grid(const Target& target, Callers callers);

}  // namespace napier
