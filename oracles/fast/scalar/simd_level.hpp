// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace napier {

/// The instruction sets that the filters were compiled for and this processor has, best first:
/// "avx2", "sse4", "ssse3", "scalar"… Without avx2 (or better) the double-double filter does
/// without fused multiply-adds, too. Every one gives the same verdicts.
std::vector<std::string> simd_levels();

/// The one in use: the best, unless another was asked for.
std::string simd_level();

/// Lets the filters use that one and none above. To be called before any filter runs; throws
/// std::invalid_argument, with what there is, for a name that is not in simd_levels().
void use_simd_level(std::string_view name);

}  // namespace napier
