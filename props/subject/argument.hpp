// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cassert>

#include "lib/fp/arithmetic.hpp"

namespace napier {

/// An argument of a law: the rounded number s that a call receives, and what rounding left out,
/// so that the exact argument is s + e. Law arguments are always computed to nearest, whatever
/// mode is under test.
struct Argument {
  Float value;
  Dyadic remainder;  ///< e
  bool remainder_exact = true;
  std::int64_t remainder_error_exponent = 0;  ///< |error of e| < 2^this, when not exact

  bool is_exact() const { return remainder_exact && remainder.is_zero(); }
};

inline Argument exact_argument(Float value) { return {value, {}}; }

inline Argument argument_of(const Rounded& r) {
  return {r.value, r.remainder, r.remainder_exact, r.remainder_error_exponent};
}

inline Argument operator+(const Argument& x, const Argument& y) {
  assert(x.is_exact() && y.is_exact());
  return argument_of(add(x.value, y.value));
}
inline Argument operator-(const Argument& x, const Argument& y) {
  assert(x.is_exact() && y.is_exact());
  return argument_of(subtract(x.value, y.value));
}
inline Argument operator*(const Argument& x, const Argument& y) {
  assert(x.is_exact() && y.is_exact());
  return argument_of(multiply(x.value, y.value));
}
inline Argument operator-(const Argument& x) {
  assert(x.is_exact());
  return {negated(x.value), {}};
}

/// one · a · … · a with n factors a, for a small integer n.
template <class Quantity>
Quantity repeated(Quantity one, const Quantity& a, const Argument& n) {
  const auto factors = static_cast<std::int64_t>(to_double(exact_value(n.value)));
  for (std::int64_t i = 0; i < factors; ++i) one = one * a;
  return one;
}

}  // namespace napier
