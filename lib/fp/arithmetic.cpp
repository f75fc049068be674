// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/arithmetic.hpp"

#include <algorithm>
#include <cassert>
#include <cfloat>

#include "lib/fp/native.hpp"
#include "lib/fp/wide.hpp"

namespace napier {
namespace {

/// An exact intermediate: (−1)^negative · magnitude · 2^exponent.
struct Exact {
  bool negative = false;
  Wide magnitude;
  std::int64_t exponent = 0;
};

constexpr int kept_bits = 126;  // of a Dyadic that stands for more: p + 2 ≤ 115 decide a rounding

/// The value cut to a Dyadic whose lowest bit is sticky: it rounds to any of our formats as the
/// exact value does, since it keeps more than p + 2 bits above the sticky one.
Dyadic sticky_dyadic(const Exact& x) {
  const int excess = x.magnitude.top() + 1 - kept_bits;
  if (excess <= 0) return {x.negative, x.magnitude.low, x.exponent};
  const Wide kept = x.magnitude >> excess;
  const bool sticky = (kept << excess) != x.magnitude;
  return {x.negative, kept.low | (sticky ? 1 : 0), x.exponent + excess};
}

/// exact − value, where value is exact's rounding, so that the two share most leading bits.
Rounded with_remainder(const Exact& exact, Float value) {
  Rounded result{value, {}};
  if (!is_finite(value)) return result;
  const Dyadic rounded = exact_value(value);
  if (rounded.is_zero()) {
    result.remainder = {exact.negative, exact.magnitude.low, exact.exponent};
  } else {
    // Align on the finer grid; both fit 256 bits because value is a rounding of exact.
    const std::int64_t low = std::min(exact.exponent, rounded.exponent);
    const Wide a = exact.magnitude << static_cast<int>(exact.exponent - low);
    const Wide b = Wide{0, rounded.significand} << static_cast<int>(rounded.exponent - low);
    const bool below = a < b;
    const Wide difference = below ? b - a : a - b;
    if (difference.is_zero()) return result;
    const int excess = std::max(0, difference.top() + 1 - kept_bits);
    const Wide kept = difference >> excess;
    result.remainder_exact = (kept << excess) == difference;
    result.remainder = {below != exact.negative, kept.low, low + excess};
    result.remainder_error_exponent = low + excess;
  }
  return result;
}

/// Up to here a sum of overlapping data and a product fit a Dyadic: 2p + 4 ≤ 116 bits.
constexpr int short_precision = 56;

Rounded short_result(const Format& f, const Dyadic& exact) {
  const Float value = round_to(f, exact, Rounding::nearest);
  return is_finite(value) ? Rounded{value, subtract(exact, exact_value(value))}
                          : Rounded{value, {}};
}

}  // namespace

Rounded add(Float x, Float y) {
  assert(x.format == y.format);
  const Format& f = *x.format;
  Dyadic a = exact_value(x);
  Dyadic b = exact_value(y);
  if (a.is_zero() || b.is_zero()) {
    if (!a.is_zero() || !b.is_zero()) return {a.is_zero() ? y : x, {}};
    return {zero(f, is_negative(x) && is_negative(y)), {}};
  }
  if (a.binade() < b.binade()) std::swap(a, b);
  // Past p + 2 binades the smaller operand is under a quarter ulp of the larger: it is all
  // remainder.
  if (a.binade() - b.binade() > f.precision + 2) return {round_to(f, a, Rounding::nearest), b};
  if (f.precision <= short_precision) {
    const Dyadic exact = napier::add(a, b);
    return exact.is_zero() ? Rounded{zero(f), {}} : short_result(f, exact);
  }
  const std::int64_t low = std::min(a.exponent, b.exponent);
  const Wide left = Wide{0, a.significand} << static_cast<int>(a.exponent - low);
  const Wide right = Wide{0, b.significand} << static_cast<int>(b.exponent - low);
  if (a.negative != b.negative && left == right) return {zero(f), {}};
  Exact sum{a.negative, {}, low};
  if (a.negative == b.negative) {
    sum.magnitude = left + right;
  } else {
    sum.negative = left > right ? a.negative : b.negative;
    sum.magnitude = left > right ? left - right : right - left;
  }
  return with_remainder(sum, round_to(f, sticky_dyadic(sum), Rounding::nearest));
}

Rounded multiply(Float x, Float y) {
  assert(x.format == y.format);
  const Dyadic a = exact_value(x);
  const Dyadic b = exact_value(y);
  if (a.is_zero() || b.is_zero()) return {zero(*x.format, is_negative(x) != is_negative(y)), {}};
  if (x.format->precision <= short_precision)
    return short_result(*x.format, {a.negative != b.negative, a.significand * b.significand,
                                    a.exponent + b.exponent});
  const Dyadic m = a.reduced();
  const Dyadic n = b.reduced();
  const Exact product{m.negative != n.negative, Wide::product(m.significand, n.significand),
                      m.exponent + n.exponent};
  const Float value = round_to(*x.format, sticky_dyadic(product), Rounding::nearest);
  if (!is_zero(value)) return with_remainder(product, value);
  const Dyadic cut = sticky_dyadic(product);
  const bool exact = product.magnitude.top() < kept_bits;
  return {value, cut, exact, exact ? 0 : cut.exponent};
}

namespace {
template <class T>
Float hardware_product(Float x, Float y) {
  return from_native<T>(to_native<T>(x) * to_native<T>(y));
}
}  // namespace

Float product(Float x, Float y) {
  assert(x.format == y.format && is_finite(x) && is_finite(y));
  if constexpr (FLT_EVAL_METHOD == 0) {  // float and double are not computed in more
    if (x.format == &binary64) return hardware_product<double>(x, y);
    if (x.format == &binary32) return hardware_product<float>(x, y);
  }
  return multiply(x, y).value;
}

Float divide(Float x, Float y, Rounding rounding) {
  assert(is_finite(x) && is_finite(y) && !is_zero(y));
  const Dyadic a = exact_value(x).reduced();
  const Dyadic b = exact_value(y).reduced();
  const bool negative = is_negative(x) != is_negative(y);
  if (a.is_zero()) return zero(*x.format, negative);
  // Long division to kept_bits quotient bits, remainder into a sticky bit.
  const int shift = kept_bits - 1 - (top_bit(a.significand) - top_bit(b.significand));
  Bits remainder = 0;
  Bits quotient = 0;
  const Wide dividend = Wide{0, a.significand} << shift;
  for (int i = dividend.top(); i >= 0; --i) {
    const Wide bit = dividend >> i;
    remainder = (remainder << 1) | (bit.low & 1);
    quotient <<= 1;
    if (remainder >= b.significand) {
      remainder -= b.significand;
      quotient |= 1;
    }
  }
  const Dyadic cut{negative, (quotient << 1) | (remainder != 0 ? 1 : 0),
                   a.exponent - b.exponent - shift - 1};
  return round_to(*x.format, cut, rounding);
}

}  // namespace napier
