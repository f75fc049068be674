// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier {

// Results that are a datum or the midpoint of two, where an implementation has no margin: a value
// an ulp off is seen there whatever the claim leaves, and a tie shows which way it is rounded.
// oracles/exact_cases.hpp says which they are; a test holds both against each other.

/// All arguments of a^x or a^x − 1, a fixed, at which that is so, in ascending order: 2^n from the
/// midpoint below the least subnormal number, 10^n for n ≥ 0, and those less one. None for e, whose
/// only one is 0, and for functions that have none.
std::vector<Float> exact_arguments(const Function& function, const Format& format);

/// Those arguments, each once; where there are very many, in an order that goes on for ever and
/// through all. nullopt if there are none.
std::optional<Stratum> exact_argument_stratum(const Function& function, const Format& format);

/// The smallest calls of pow whose result is a datum, smallest first: r^n for integers r and n up
/// to 128 in size, (r²)^(n/2), and (r/2)^n and the like, of negative bases too. There an error of
/// any size would be seen by everybody. An enumerated stratum.
Stratum small_power_stratum(const Format& format);

/// (μ^(2^j)·2^(e·2^j))^(n/2^j) = μ^n·2^(e·n): exact results and midpoints of pow, normal and
/// subnormal, powers of two and negative bases among them.
Stratum exact_power_stratum(const Format& format);

}  // namespace napier
