// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/fast_oracle.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "oracles/fast/arithmetic.hpp"
#include "oracles/fast/dispatch.hpp"
#include "oracles/fast/value_kernel.hpp"

namespace napier {
namespace {

using fast::absolute;
using fast::DoubleDouble;
using fast::error_sum;
using fast::padded;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::int64_t no_binade = std::numeric_limits<std::int64_t>::min() / 2;

NAPIER_INLINE double next_up(double x) {
  if (x == infinite || x != x) return x;
  if (x == 0) return std::numeric_limits<double>::denorm_min();
  const auto bits = std::bit_cast<std::int64_t>(x);
  return std::bit_cast<double>(x > 0 ? bits + 1 : bits - 1);
}

struct Binades {
  std::int64_t low;
  std::int64_t high;
};

/// Between which binades |t| lies.
NAPIER_INLINE Binades binades_of(const FastEnclosure& t) {
  const double size = absolute(t.hi);
  const double side = t.hi < 0 ? -t.lo : t.lo;
  if (t.error <= 0x1p-54 && size >= 1) [[likely]] {
    // |lo| + error < 2^-52: only from |hi| = 1 can another binade be reached.
    if (size != 1) return {t.exponent, t.exponent};
    return {side - t.error < 0 ? t.exponent - 1 : t.exponent,
            side + t.error < 0 ? t.exponent - 1 : t.exponent};
  }
  if (is_exactly_zero(t)) return {no_binade, no_binade};
  const double least = (size * (1 - 0x1p-50) - t.error) * (1 - 0x1p-50);
  return {least > 0 ? t.exponent + std::ilogb(least) : no_binade, binade(t)};
}

/// a·2^-unit as plain doubles, for a.exponent − unit ≤ 900.
NAPIER_INLINE FastEnclosure in_units(const FastEnclosure& a, std::int64_t unit) {
  const std::int64_t shift = a.exponent - unit;
  if (shift >= -200) [[likely]] {  // exact: lo ≥ 2^-801-200
    const double scale = fast::power_of_two(shift);
    return {a.hi * scale, a.lo * scale, a.error * scale, 0};
  }
  if (is_exactly_zero(a)) return {};
  // Far below a unit only the sign matters: below 4·2^-201, so [0, 2^-198] with that sign.
  if (fast::sign_is_certain(a) && a.hi != 0)
    return {a.hi < 0 ? -0x1p-199 : 0x1p-199, 0, 0x1p-199, 0};
  return {0, 0, padded(absolute(a.hi) + absolute(a.lo) + a.error) * 0x1p-200, 0};
}

/// (y − t)/2^unit. two_sum keeps the difference exact; all but the last addition is of terms far
/// below a unit, so the bounds are the doubles around hi, or hi itself where the rest has a sign.
NAPIER_INLINE SignedUlpRange difference(const FastEnclosure& y, const FastEnclosure& t,
                                        std::int64_t unit) {
  if (t.exponent - unit > 900 || y.exponent - unit > 900) [[unlikely]] {
    // One is ≥ 2^900 units, the other < 2^-60 of it or, below, unrelated.
    const bool by_y = y.exponent - unit > 900 && y.exponent > t.exponent + 60;
    const bool by_t = t.exponent - unit > 900 && t.exponent > y.exponent + 60;
    const FastEnclosure& larger = by_y ? y : t;
    if ((!by_y && !by_t) || !(larger.error < 0.5) || !(t.error < 0x1p20))
      return {-infinite, infinite};
    const bool positive = by_y ? y.hi > 0 : t.hi < 0;
    return positive ? SignedUlpRange{0x1p890, infinite} : SignedUlpRange{-infinite, -0x1p890};
  }
  const FastEnclosure a = in_units(y, unit);
  const FastEnclosure b = in_units(t, unit);
  const DoubleDouble high = fast::two_sum(a.hi, -b.hi);
  const DoubleDouble low = fast::two_sum(a.lo, -b.lo);
  const DoubleDouble head = fast::two_sum(high.hi, low.hi);
  const bool plain = high.lo == 0 && low.lo == 0;
  const double rest = (high.lo + low.lo) + head.lo;
  const double rounding =
      plain ? 0 : 0x1p-51 * (absolute(high.lo) + absolute(low.lo) + absolute(head.lo));
  const double error = error_sum(error_sum(a.error, b.error), rounding);
  // Signs of sums of two doubles are right however they are rounded.
  const double above = rest + error;
  const double below = error - rest;
  return {below > 0 ? -next_up(padded(below) - head.hi) : head.hi,
          above > 0 ? next_up(head.hi + padded(above)) : head.hi};
}

/// Is y the largest finite number of its sign where results beyond round to it?
bool stands_for_all_beyond(Float y, Rounding rounding, bool negative) {
  if (rounding == Rounding::nearest) return false;
  if (rounding != Rounding::zero && (rounding == Rounding::up) != negative) return false;
  return y == max_finite(*y.format, negative);
}

NAPIER_DISPATCHED(FastEnclosure, value_of, (const Function& function, const Call& call),
                  (function, call), fast::value<Product>(function, call))

}  // namespace

FastEnclosure fast_datum(Float x) { return fast::datum(x); }

std::optional<FastEnclosure> fast_value(const Function& function, const Call& call) {
  const FastEnclosure result = value_of(function, call);
  if (!result.is_known()) return std::nullopt;
  return result;
}

std::optional<SignedUlpRange> fast_signed_error(const FastEnclosure& t, Float y,
                                                Rounding rounding) {
  FastEnclosure v = fast::datum(y);
  const bool finite = v.is_known();
  if (!finite) {
    if (!is_infinite(y)) return std::nullopt;
    v = {is_negative(y) ? -1.0 : 1.0, 0, 0, y.format->max_exponent + 1};
  }
  if (!t.is_known()) return std::nullopt;
  const bool negative = is_negative(y);
  SignedUlpRange range;
  if (t.is_huge()) {
    range = t.hi > 0 ? SignedUlpRange{-infinite, -0x1p890} : SignedUlpRange{0x1p890, infinite};
  } else {
    const Binades binades = binades_of(t);
    const std::int64_t unit = ulp_exponent(*y.format, binades.low);
    const std::int64_t high_unit = ulp_exponent(*y.format, binades.high);
    range = difference(v, t, unit);
    if (high_unit != unit) [[unlikely]] {
      const SignedUlpRange other = difference(v, t, high_unit);
      range = {std::min(range.lo, other.lo), std::max(range.hi, other.hi)};
    }
  }
  // y stands for all beyond itself: with error 0 if infinite, at most 1 if the largest finite.
  if (!finite || stands_for_all_beyond(y, rounding, negative)) [[unlikely]] {
    const double least = finite ? 1 : 0;
    range = negative ? SignedUlpRange{std::min(range.lo, least), std::min(range.hi, least)}
                     : SignedUlpRange{std::max(range.lo, -least), std::max(range.hi, -least)};
  }
  if (range.lo != range.lo || range.hi != range.hi) return std::nullopt;
  return range;
}

}  // namespace napier
