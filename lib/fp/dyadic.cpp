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
  constexpr std::int64_t room = 126;
  const auto spread = [](const Dyadic& x, const Dyadic& y) {
    return std::max(x.binade(), y.binade()) - std::min(x.exponent, y.exponent);
  };
  const bool fits = spread(a, b) < room;  // else without the zeros at their ends
  const Dyadic x = fits ? a : a.reduced();
  const Dyadic y = fits ? b : b.reduced();
  assert(spread(x, y) < room && "the exact sum must fit 128 bits");
  const std::int64_t low = std::min(x.exponent, y.exponent);
  const Bits left = x.significand << (x.exponent - low);
  const Bits right = y.significand << (y.exponent - low);
  if (x.negative == y.negative) return {x.negative, left + right, low};
  if (left == right) return {};
  return left > right ? Dyadic{x.negative, left - right, low}
                      : Dyadic{y.negative, right - left, low};
}

Dyadic multiply(const Dyadic& a, const Dyadic& b) {
  if (a.is_zero() || b.is_zero()) return {};
  const Dyadic x = a.reduced();
  const Dyadic y = b.reduced();
  assert(top_bit(x.significand) + top_bit(y.significand) < 127 && "the exact product must fit");
  return {x.negative != y.negative, x.significand * y.significand, x.exponent + y.exponent};
}

namespace {

/// The least multiple of 2^exponent that is not below it.
Dyadic up_to_multiple(const Dyadic& value, std::int64_t exponent) {
  if (value.is_zero() || value.exponent >= exponent) return value;
  const std::int64_t cut = exponent - value.exponent;
  const Bits kept = cut < 128 ? value.significand >> cut : 0;
  const bool rest = cut >= 128 || (kept << cut) != value.significand;
  const Bits significand = kept + (rest && !value.negative ? 1 : 0);
  return significand == 0 ? Dyadic{} : Dyadic{value.negative, significand, exponent};
}

}  // namespace

Dyadic round_up(const Dyadic& value, int bits) {
  return value.is_zero() ? value : up_to_multiple(value, value.binade() - bits + 1);
}

Dyadic add_up(const Dyadic& a, const Dyadic& b, int bits) {
  assert(bits <= 120);
  if (a.is_zero() || b.is_zero()) return round_up(a.is_zero() ? b : a, bits);
  // Four bits more than are kept, of the larger one: a sum of the two has at most 125.
  const std::int64_t last = std::max(a.binade(), b.binade()) - bits - 3;
  return round_up(add(up_to_multiple(a, last), up_to_multiple(b, last)), bits);
}

Dyadic multiply_up(const Dyadic& a, const Dyadic& b, int bits) {
  // A factor of at most 62 bits above |a| and |b|, or below them where the product is negative.
  const bool negative = a.sign() * b.sign() < 0;
  const auto cut = [negative](const Dyadic& x) {
    const Dyadic size = magnitude(x);
    return negative ? -round_up(-size, 62) : round_up(size, 62);
  };
  const Dyadic size = multiply(cut(a), cut(b));
  return round_up(negative ? -size : size, bits);
}

Dyadic reciprocal_up(const Dyadic& d) {
  assert(d.sign() > 0);
  const Dyadic below = -round_up(-d, 62);
  constexpr int places = 124;  // at least 2^62 in the quotient
  const Bits one = Bits(1) << places;
  const Bits quotient = one / below.significand + (one % below.significand != 0 ? 1 : 0);
  return round_up({false, quotient, -places - below.exponent}, 62);
}

double to_double(const Dyadic& value) {
  // A short integer with a moderate exponent needs no rounding.
  if (value.significand >> 53 == 0 && value.exponent > -1000 && value.exponent < 900) {
    const auto scale = static_cast<std::uint64_t>(value.exponent + 1023) << 52;
    const double size = static_cast<double>(static_cast<std::uint64_t>(value.significand)) *
                        std::bit_cast<double>(scale);
    return value.negative ? -size : size;
  }
  return to_native<double>(round_to(binary64, value, Rounding::nearest));
}

}  // namespace napier
