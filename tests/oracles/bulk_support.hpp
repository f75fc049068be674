// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include "tests/oracles/points.hpp"

namespace napier::testing_support {

inline const Format* const narrow_formats[] = {&binary16, &bfloat16, &binary32};
inline const Function* const functions_with_kernel[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::d_exp, &functions::log};

/// A datum of at most 24 bits, which binary64 holds exactly; any NaN as the quiet one.
inline double as_double(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  if (is_infinite(x))
    return is_negative(x) ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
  const double size = to_double(magnitude(exact_value(x)));
  return is_negative(x) ? -size : size;
}

/// Everywhere and at the edges: draws of the function's range, and any encoding at all.
inline Call drawn(Points& draws, Random& random, const Format& format) {
  if (random.between(0, 3) != 0) return draws.draw();
  const Bits mask = (Bits(1) << format.width) - 1;
  return {{Bits(random.next()) & mask, &format}, {}};
}

}  // namespace napier::testing_support
