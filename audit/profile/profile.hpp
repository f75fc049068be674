// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/profile/observe.hpp"

namespace napier {

/// How many parts and phases a profile has at most.
inline constexpr std::size_t profile_parts = 64;
inline constexpr std::size_t profile_phases = 64;

/// The signed errors of what was observed, along the arguments of exp and its like, and along the
/// binades of log's argument and of the results of functions of two. Figures are short (see
/// props/tally/short_figure.hpp). Nothing for no observation.
std::optional<Profile> profile_of(const Subject& subject, std::span<const Observation> seen);

/// The fraction of a logarithm to base 2, from 0 on and below 1.
double phase_of(double log2);

}  // namespace napier
