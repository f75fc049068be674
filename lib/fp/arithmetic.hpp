// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/float.hpp"

namespace napier {

/// A result of one operation with what rounding did to it: exact = value + remainder, where the
/// remainder is known to ± 2^remainder_error_exponent when `remainder_exact` is false.
struct Rounded {
  Float value;
  Dyadic remainder;
  bool remainder_exact = true;
  std::int64_t remainder_error_exponent = 0;
};

/// x + y in the operands' format, rounded to nearest, and the remainder, which is itself a number
/// of at most p bits and so exact (Dekker, Møller: TwoSum). Finite operands; if the sum overflows
/// the value is infinite and the remainder meaningless.
Rounded add(Float x, Float y);
inline Rounded subtract(Float x, Float y) { return add(x, negated(y)); }

/// x · y rounded to nearest, and the remainder: exact while the product's 2p bits fit a Dyadic,
/// otherwise rounded with an error below 2^remainder_error_exponent.
Rounded multiply(Float x, Float y);

/// x · y rounded to nearest, as multiply() has it: by the hardware where it knows the format, which
/// has to be in round to nearest. Finite operands.
Float product(Float x, Float y);

/// The quotient x / y rounded in the given direction; finite x, finite non-zero y.
Float divide(Float x, Float y, Rounding rounding = Rounding::nearest);

}  // namespace napier
