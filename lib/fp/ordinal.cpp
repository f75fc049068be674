// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/ordinal.hpp"

#include <algorithm>
#include <cassert>

namespace napier {
namespace {

// Encodings without sign and without a stored integer bit are already monotone in magnitude.
Ordinal magnitude_index(Float x) {
  const Format& f = *x.format;
  const Bits bits = absolute(x).bits;
  if (!f.explicit_integer_bit) return static_cast<Ordinal>(bits);
  const Bits fraction = bits & ((Bits(1) << f.fraction_bits()) - 1);
  const bool integer_bit = ((bits >> f.fraction_bits()) & 1) != 0;
  Bits exponent = bits >> f.precision;
  if (exponent == 0 && integer_bit) exponent = 1;  // pseudo-denormal: value of the least binade
  return static_cast<Ordinal>((exponent << f.fraction_bits()) | fraction);
}

Float from_magnitude_index(const Format& f, Ordinal index) {
  const Bits bits = static_cast<Bits>(index);
  if (!f.explicit_integer_bit) return {bits, &f};
  const Bits fraction = bits & ((Bits(1) << f.fraction_bits()) - 1);
  const Bits exponent = bits >> f.fraction_bits();
  const Bits integer_bit = exponent != 0 ? Bits(1) << f.fraction_bits() : 0;
  return {(exponent << f.precision) | integer_bit | fraction, &f};
}

}  // namespace

Ordinal ordinal(Float x) {
  assert(!is_nan(x));
  const Ordinal index = magnitude_index(x);
  return is_negative(x) ? -index - 1 : index;
}

Ordinal max_ordinal(const Format& format) { return magnitude_index(infinity(format)); }

Float from_ordinal(const Format& format, Ordinal n) {
  const Ordinal top = max_ordinal(format);
  n = std::clamp(n, -top - 1, top);
  return n >= 0 ? from_magnitude_index(format, n) : negated(from_magnitude_index(format, -n - 1));
}

Float next_up(Float x) {
  if (is_zero(x)) return min_subnormal(*x.format);
  return step(x, 1);
}

Float next_down(Float x) {
  if (is_zero(x)) return min_subnormal(*x.format, true);
  return step(x, -1);
}

}  // namespace napier
