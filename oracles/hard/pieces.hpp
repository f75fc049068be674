// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <vector>

#include "lib/fp/ordinal.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// Consecutive arguments of one binade whose true values are of one binade, too: both are numbers
/// of evenly spaced steps there, and the derivative hardly changes.
struct Piece {
  Ordinal first = 0;
  Ordinal last = 0;
  std::int64_t argument_ulp = 0;  ///< its exponent: arguments are a step of 2^argument_ulp apart
  std::int64_t result_ulp = 0;    ///< the exponent of ulp(t)
  bool vanishes = false;          ///< the true value is exactly 0
};

/// The pieces of a range of ordinals, in order, of a function that grows with its argument. Left
/// out is where there is no real value, where it overflows, |t| ≥ 2^(emax+1), and where it
/// underflows to less than a quarter of the least subnormal.
std::vector<Piece> pieces(const Function& function, const Format& format, Ordinal from, Ordinal to);

}  // namespace napier
