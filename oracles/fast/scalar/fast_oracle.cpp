// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/scalar/fast_oracle.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "oracles/fast/scalar/arithmetic.hpp"
#include "oracles/fast/scalar/dispatch.hpp"
#include "oracles/fast/scalar/value_kernel.hpp"

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

/// Between which binades |t| lies; which may be no power of two.
NAPIER_INLINE Binades binades_of(const FastEnclosure& t, bool is_no_dyadic) {
  const double size = absolute(t.hi);
  const double side = t.hi < 0 ? -t.lo : t.lo;
  if (t.error <= 0x1p-54 && size >= 1) [[likely]] {
    // |lo| + error < 2^-52: only from |hi| = 1 can another binade be reached.
    if (size != 1) return {t.exponent, t.exponent};
    return {
        side - t.error < 0 ? t.exponent - 1 : t.exponent,
        side + t.error < 0 || (is_no_dyadic && side + t.error == 0) ? t.exponent - 1 : t.exponent};
  }
  if (is_exactly_zero(t)) return {no_binade, no_binade};
  const double least = (size * (1 - 0x1p-50) - t.error) * (1 - 0x1p-50);
  return {least > 0 ? t.exponent + std::ilogb(least) : no_binade, binade(t)};
}

/// a·2^-unit as plain doubles, for a.exponent − unit ≤ 900 or a = 0.
NAPIER_INLINE FastEnclosure in_units(const FastEnclosure& a, std::int64_t unit) {
  const std::int64_t shift = a.exponent - unit;
  if (a.hi == 0 && a.error == 0) return {};
  if (shift >= -200) [[likely]] {  // exact: lo ≥ 2^-801-200
    const double scale = fast::power_of_two(shift);
    return {a.hi * scale, a.lo * scale, a.error * scale, 0};
  }
  // Far below a unit only the sign matters: below 4·2^-201, so [0, 2^-198] with that sign.
  if (fast::sign_is_certain(a) && a.hi != 0)
    return {a.hi < 0 ? -0x1p-199 : 0x1p-199, 0, 0x1p-199, 0};
  return {0, 0, padded(absolute(a.hi) + absolute(a.lo) + a.error) * 0x1p-200, 0};
}

/// The least double at or above a + b + c, exactly: two_sum by two_sum, so that the sign of what
/// the nearest double leaves is known.
double sum_up(double a, double b, double c) {
  const DoubleDouble inner = fast::two_sum(b, c);
  const DoubleDouble outer = fast::two_sum(a, inner.hi);
  const DoubleDouble lows = fast::two_sum(outer.lo, inner.lo);
  const DoubleDouble sum = fast::two_sum(outer.hi, lows.hi);
  return sum.lo + lows.lo > 0 ? next_up(sum.hi) : sum.hi;
}

NAPIER_INLINE SignedUlpRange difference(const FastEnclosure& y, const FastEnclosure& t,
                                        std::int64_t unit);

/// x·2^power, for power > 0, rounded up: exact, or beyond all doubles.
double scaled_up(double x, std::int64_t power) {
  const double scaled = std::ldexp(x, static_cast<int>(std::min<std::int64_t>(power, 5000)));
  return scaled == -infinite ? -std::numeric_limits<double>::max() : scaled;
}

/// (y − t)/2^unit where one of them is 2^900 units and more, or t next to unknown: in larger units.
SignedUlpRange far_difference(const FastEnclosure& y, const FastEnclosure& t, std::int64_t unit) {
  if (t.error > 0.5) return {-infinite, infinite};
  const std::int64_t top = std::max(y.hi != 0 ? y.exponent : no_binade, t.exponent);
  const std::int64_t power = top - unit - 800;
  const SignedUlpRange range = difference(y, t, unit + power);
  return {-scaled_up(-range.lo, power), scaled_up(range.hi, power)};
}

/// (y − t)/2^unit, rounded outward. two_sum keeps the difference, all but the residues of three
/// sums exactly, and those are counted.
NAPIER_INLINE SignedUlpRange difference(const FastEnclosure& y, const FastEnclosure& t,
                                        std::int64_t unit) {
  if ((t.exponent - unit > 900 && t.hi != 0) || (y.exponent - unit > 900 && y.hi != 0) ||
      t.error > 0x1p20) [[unlikely]]
    return far_difference(y, t, unit);
  const FastEnclosure a = in_units(y, unit);
  const FastEnclosure b = in_units(t, unit);
  const DoubleDouble high = fast::two_sum(a.hi, -b.hi);
  const DoubleDouble low = fast::two_sum(a.lo, -b.lo);
  const DoubleDouble head = fast::two_sum(high.hi, low.hi);
  const DoubleDouble first = fast::two_sum(high.lo, low.lo);
  const DoubleDouble rest = fast::two_sum(head.lo, first.hi);
  const double rounding = error_sum(absolute(first.lo), absolute(rest.lo));
  const double error = error_sum(error_sum(a.error, b.error), rounding);
  if (error > 0x1p-30 * absolute(head.hi)) [[unlikely]]
    return {-sum_up(-head.hi, -rest.hi, error), sum_up(head.hi, rest.hi, error)};
  // Signs of sums of two doubles are right however they are rounded.
  const double below = error - rest.hi;
  const double above = error + rest.hi;
  return {below > 0 ? -next_up(padded(below) - head.hi) : head.hi,
          above > 0 ? next_up(padded(above) + head.hi) : head.hi};
}

/// Is y the largest finite number of its sign where results beyond round to it?
bool stands_for_all_beyond(Float y, Rounding rounding, bool negative) {
  if (rounding != Rounding::zero && (rounding == Rounding::up) != negative) return false;
  return y == max_finite(*y.format, negative);
}

/// (v − t)/ulp(t), as if v stood for itself alone.
NAPIER_INLINE SignedUlpRange plain_error(const FastEnclosure& t, const FastEnclosure& v,
                                         const Format& format, bool is_no_dyadic = false) {
  if (t.is_huge()) [[unlikely]]
    return t.hi > 0 ? SignedUlpRange{-infinite, -0x1p890} : SignedUlpRange{0x1p890, infinite};
  const Binades binades = binades_of(t, is_no_dyadic);
  const std::int64_t unit = ulp_exponent(format, binades.low);
  const std::int64_t high_unit = ulp_exponent(format, binades.high);
  const SignedUlpRange range = difference(v, t, unit);
  if (high_unit == unit) [[likely]]
    return range;
  const SignedUlpRange other = difference(v, t, high_unit);
  return {std::min(range.lo, other.lo), std::max(range.hi, other.hi)};
}

/// A range on y's side of ±most, which is where those that stand for all beyond them are.
SignedUlpRange clamped(SignedUlpRange range, bool negative, double most) {
  if (negative) return {std::min(range.lo, most), std::min(range.hi, most)};
  return {std::max(range.lo, -most), std::max(range.hi, -most)};
}

/// An infinity stands for ±2^(emax + 1) and all beyond, with no error there.
std::optional<SignedUlpRange> error_of_infinity(FastEnclosure t, Float y) {
  if (!is_infinite(y) || !t.is_known()) return std::nullopt;
  const bool negative = is_negative(y);
  const FastEnclosure v{negative ? -1.0 : 1.0, 0, 0, y.format->max_exponent + 1};
  return clamped(plain_error(t, v, *y.format), negative, 0);
}

NAPIER_INLINE std::optional<FastEnclosure> known(const FastEnclosure& a) {
  if (!a.is_known()) [[unlikely]]
    return std::nullopt;
  return a;
}

}  // namespace

FastEnclosure fast_datum(Float x) { return fast::datum(x); }

std::optional<Float> nearest_datum(const FastEnclosure& t, const Format& format) {
  if (format.precision > 53 || !t.is_known() || t.is_huge() || t.hi == 0) return std::nullopt;
  if (t.exponent < format.min_exponent() || t.exponent >= format.max_exponent) return std::nullopt;
  const double half_place = fast::power_of_two(-format.precision);
  const double shift = 1.5 * fast::power_of_two(53 - format.precision);
  const double nearest = format.precision == 53 ? t.hi : (t.hi + shift) - shift;
  // The difference of hi and what it is rounded to is exact. Below 1 places are half as long.
  const double off = padded(absolute(t.hi - nearest) + absolute(t.lo) + t.error);
  if (!(off < (absolute(nearest) == 1 ? half_place / 2 : half_place))) return std::nullopt;
  return round_to(format, Dyadic::of(nearest).scaled(t.exponent), Rounding::nearest);
}

NAPIER_DISPATCHED(std::optional<FastEnclosure>, fast_value,
                  (const Function& function, const Call& call), (function, call),
                  known(fast::value<Product>(function, call)))

std::optional<FastEnclosure> portable_value(const Function& function, const Call& call) {
  if (is_composed(function)) return std::nullopt;  // these choose for themselves
  return fast_value_split(function, call);
}

std::optional<SignedUlpRange> fast_signed_error(const FastEnclosure& t, Float y, Rounding rounding,
                                                bool is_no_dyadic) {
  const FastEnclosure v = fast::datum(y);
  if (!v.is_known()) [[unlikely]]
    return error_of_infinity(t, y);
  if (!t.is_known()) [[unlikely]]
    return std::nullopt;
  const SignedUlpRange range = plain_error(t, v, *y.format, is_no_dyadic);
  if (rounding != Rounding::nearest && stands_for_all_beyond(y, rounding, v.hi < 0)) [[unlikely]]
    return clamped(range, v.hi < 0, 1);
  return range;
}

}  // namespace napier
