// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "lib/fp/exact_decimal.hpp"
#include "lib/target/caller.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

/// Longest odd part that is held exactly. Any comparand (a datum, a midpoint, y ± K·q) has an odd
/// part of at most p + bits(K) + 2 ≤ 113 + 53 + 2 bits, so a dyadic t that is longer equals none.
inline constexpr int exact_bits = 320;

/// t = f(call) as an exact enclosure, if t is dyadic with at most exact_bits bits. For arguments
/// at which t is a real value (special_case says RealValue).
///
/// Complete (LAWS): exp and expm1 are transcendental off 0 and log off 1 (Lindemann); 2^x and 10^x
/// are irrational off the integers (Gelfond–Schneider); |a| = m·2^e with odd m, to the power
/// n/2^j in lowest terms, is rational iff m is a 2^j-th power and 2^j divides e, and then dyadic
/// iff n ≥ 0 or m = 1. a^x (ln a)^n is transcendental for a ≠ 1 and n ≥ 1, and so is
/// a^(y−1) (1 + y ln a) for y ≠ 0: an algebraic number times a transcendental one.
///
/// With `fives` it is 5^fives·t that is looked at, in place of t: what compares a t such as 10^−n
/// with a decimal. fives <= most_fives.
std::optional<Enclosure> exact_case(const Function& function, const Call& call, int fives = 0);

}  // namespace napier
