// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include "tests/oracles/points.hpp"

namespace napier::testing_support {

inline const Format* const formats_with_kernel[] = {&binary16, &bfloat16, &binary32, &binary64};
inline const Function* const functions_with_kernel[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::d_exp, &functions::log};

/// A datum of at most 53 bits; any NaN as the quiet one.
inline double as_double(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  if (is_infinite(x))
    return is_negative(x) ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
  const double size = to_double(magnitude(exact_value(x)));
  return is_negative(x) ? -size : size;
}

/// Calls in binary64 of which the filter says nothing: exponents so small that products underflow,
/// and 2^n − 1 of integers, of which it doesn't see that 2^n is exact.
inline bool left_to_the_reference(const Function& f, Float x) {
  if (x.format != &binary64 || is_nan(x) || f.kind == Kind::logarithm) return false;
  if (&f == &functions::exp2m1 && is_integer(x)) return true;
  return std::abs(as_double(x)) < (f.kind == Kind::power ? 0x1p-800 : 0x1p-450);
}

/// Everywhere and at the edges: draws of the function's range, and any encoding at all.
inline Call drawn(Points& draws, Random& random, const Format& format) {
  if (random.between(0, 3) != 0) return draws.draw();
  const Bits mask = (Bits(1) << format.width) - 1;
  return {{Bits(random.next()) & mask, &format}, {}};
}

}  // namespace napier::testing_support
