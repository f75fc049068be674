// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "lib/fp/ordinal.hpp"
#include "oracles/hard/local_cubic.hpp"

namespace napier {

/// Some consecutive arguments, and a cubic that is near a function F of their ordinals n:
/// F(n) = cubic.at(n − centre) modulo 1, to within the error.
struct Window {
  Ordinal first = 0;
  Ordinal last = 0;
  Ordinal centre = 0;
  LocalCubic cubic;
  Bits error = 0;  ///< in units of 2^-128
};

/// All n of a window where F may lie at most `threshold`·2^-128 from an integer: no such n is left
/// out, and of what is returned F lies at most 2·error further away.
///
/// The window is read in *cells* of 2h arguments, −h ≤ j < h from the middle of each, where the
/// cubic is c0 + c1·j + c2·j² + c3·j³. There c2·j² lies within |c2|·h²/2 of c2·h²/2, so
///
///     |F(j) − (A + B·j)| ≤ |c2|·h²/2 + |c3|·h³ + error + (2 + h/2)·2^-64
///
/// with A = c0 + c2·h²/2 cut to a multiple of 2^-64 (off by less than 1 of these and 2^-128), and
/// B = c1 rounded to one (off by a half at most, h times). Let W be the right-hand side and the
/// threshold together. Where F is near enough to an integer, (A + W + B·j) mod 1 ≤ 2W:
/// first_below() finds these j one by one, in integers. For each the cubic is evaluated, without
/// error, and it counts if its value is at most threshold + error from an integer.
///
/// half_cell is h, at most 2^40, and so small that |c2|·h² and |c3|·h³ are below ½.
std::vector<Ordinal> near_integers(const Window& window, Bits half_cell, Bits threshold);

}  // namespace napier
