// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/dyadic.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "lib/fp/float.hpp"
#include "lib/fp/native.hpp"

namespace napier {

Dyadic Dyadic::of(double value) { return exact_value(from_native(value)); }

std::strong_ordering compare(const Dyadic& a, const Dyadic& b) {
  if (a.sign() != b.sign()) return a.sign() <=> b.sign();
  if (a.is_zero()) return std::strong_ordering::equal;
  const auto flip = [&](std::strong_ordering order) {
    if (!a.negative) return order;
    return order == std::strong_ordering::less      ? std::strong_ordering::greater
           : order == std::strong_ordering::greater ? std::strong_ordering::less
                                                    : order;
  };
  if (a.binade() != b.binade()) return flip(a.binade() <=> b.binade());
  // Same binade: bring both leading bits to bit 127 and compare as integers.
  const Bits left = a.significand << (127 - top_bit(a.significand));
  const Bits right = b.significand << (127 - top_bit(b.significand));
  return flip(left <=> right);
}

Dyadic add(const Dyadic& a, const Dyadic& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const Dyadic x = a.reduced();
  const Dyadic y = b.reduced();
  const std::int64_t low = std::min(x.exponent, y.exponent);
  assert(std::max(x.binade(), y.binade()) - low < 126 && "the exact sum must fit 128 bits");
  const Bits left = x.significand << (x.exponent - low);
  const Bits right = y.significand << (y.exponent - low);
  if (x.negative == y.negative) return Dyadic{x.negative, left + right, low}.reduced();
  if (left == right) return {};
  return left > right ? Dyadic{x.negative, left - right, low}.reduced()
                      : Dyadic{y.negative, right - left, low}.reduced();
}

Dyadic multiply(const Dyadic& a, const Dyadic& b) {
  if (a.is_zero() || b.is_zero()) return {};
  const Dyadic x = a.reduced();
  const Dyadic y = b.reduced();
  assert(top_bit(x.significand) + top_bit(y.significand) < 127 && "the exact product must fit");
  return {x.negative != y.negative, x.significand * y.significand, x.exponent + y.exponent};
}

double to_double(const Dyadic& value) {
  return to_native<double>(round_to(binary64, value, Rounding::nearest));
}

}  // namespace napier
