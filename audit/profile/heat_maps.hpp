// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <vector>

#include "audit/profile/seen_cases.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Columns and rows of a map, at most.
inline constexpr std::size_t map_side = 16;

/// Where in the plane of two arguments a target uses most of its claim, in one mode: of each law of
/// two exponents that judges it and was asked the largest share of what the claim allows, and of a
/// function of two arguments the error of accuracy, over `cases` cases each, which
/// are added to those seen. Throws what Caller::call throws.
std::vector<HeatMap> heat_maps(
    const Subject& subject, Seed seed, std::uint64_t cases, Callers callers, SeenCases& seen,
    const std::function<bool(const Property&)>& was_asked = [](const Property&) { return true; });

}  // namespace napier
