// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/caller.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

/// The second oracle. It shares nothing with the reference but the arguments: its numbers are
/// Boost.Multiprecision's cpp_bin_float of 256 or 1100 bits, its only operations + − × ÷, its
/// argument reduction, series and error bound its own (independent.cpp derives the bound).
///
/// Every value v it computes for t comes with a count n of units, |v − t| ≤ n·2^(1−N)·|t| at N
/// bits. Near |x ln a| = w, with U = 24 at 256 bits and 54 at 1100:
///
///     2^x  U + 3     e^x  7w + U + 3     10^x  16w + U + 3     x^y  30w + U + 3     ln x  22
///     a^x − 1  within ±0.35 of 0:  U + 11;  beyond:  3.5 times that of a^x, + 1
///     slopes  a^x ln a: that of a^x, + 9;  x^y ln x: that of x^y, + 23;  y x^(y−1): 31w + U + 4
///
/// so the bound grows with the argument, as it must. Derivatives of a higher order come by Taylor
/// arithmetic on intervals of 1100 bits (independent_jets.hpp), which bring their width along; so
/// do compositions and their derivatives, of 2304 bits (taylor_jet.hpp), from their definitions.

/// Whether the second oracle speaks of this call: finite arguments, f(call) a finite real, and
/// |x ln a| below 2^20 or so, which is far past overflow and underflow of every format.
bool independent_covers(const Function& function, const Call& call);

/// An enclosure of f(call), of relative width below 2^−precision for a precision of at most 1000
/// bits; a wider wish gets the closest there is. The call must be covered.
Enclosure independent_value(const Function& function, const Call& call, Precision precision);

}  // namespace napier
