// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

namespace napier {

/// Whether double arithmetic is what every proof here rests on: operations as they are written,
/// each rounded once, in the direction that is set, with infinities, NaNs and signed zeros.
///
/// Compiler flags such as -fassociative-math break that, and define no __FAST_MATH__ that could be
/// refused when compiling. What they change depends on where they reach: this looks at code of this
/// file, compiled as all of oracles/fast is. Throws std::runtime_error that names the flag to drop.
void check_arithmetic();

}  // namespace napier
