// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// The cases off the hot paths: extreme exponents, comparisons, bounds.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "oracles/fast/scalar/log_kernels.hpp"
#include "oracles/fast/scalar/power_kernels.hpp"

namespace napier {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t limit = FastEnclosure::exponent_limit;

using fast::absolute;
using fast::error_sum;
using fast::padded;

double magnitude_bound(const FastEnclosure& a) {
  return padded(absolute(a.hi) + absolute(a.lo) + a.error);
}

/// x·2^power, rounded up to at least fast::least_error unless 0.
double scaled_up(double x, std::int64_t power) {
  if (x == 0) return 0;
  const int clamped = static_cast<int>(std::clamp<std::int64_t>(power, -3000, 3000));
  return std::max(std::ldexp(x, clamped), fast::least_error);
}

/// [0, 2^(exponent+1)] with that sign, or its hull with its mirror image where the sign is open.
FastEnclosure next_to_zero(int sign, std::int64_t exponent) {
  if (sign == 0) return {0, 0, 1, exponent + 1};
  return {static_cast<double>(sign), 0, 1, exponent};
}

int certain_sign(const FastEnclosure& a) {
  if (a.hi == 0 || !fast::sign_is_certain(a)) return 0;
  return a.hi < 0 ? -1 : 1;
}

/// |a|'s end of larger magnitude, or a's upper end: hi + lo + error as the nearest double and the
/// sign of what that leaves.
struct End {
  double nearest;
  double rest;
};
End end_of(double hi, double lo, double error) {
  const fast::DoubleDouble inner = fast::two_sum(lo, error);
  const fast::DoubleDouble outer = fast::two_sum(hi, inner.hi);
  const fast::DoubleDouble lows = fast::two_sum(outer.lo, inner.lo);
  const fast::DoubleDouble sum = fast::two_sum(outer.hi, lows.hi);
  return {sum.hi, sum.lo + lows.lo};
}

}  // namespace

namespace fast {

FastEnclosure normalised_slowly(double hi, double lo, double error, std::int64_t exponent) {
  if (!(hi - hi == 0 && lo - lo == 0 && error - error == 0)) return FastEnclosure::unknown();
  if (hi == 0 && lo == 0 && error == 0) return {};
  const bool centred = hi == 0 || error > absolute(hi) * 0x1p300;
  if (centred) {  // only the error matters
    error = hi == 0 && lo == 0 ? error : padded(absolute(hi) + absolute(lo) + error);
    hi = lo = 0;
  }
  const int shift = std::ilogb(centred ? error : hi);
  exponent += shift;
  if (exponent > limit) return FastEnclosure::unknown();
  const double new_lo = std::ldexp(lo, -shift);
  const double new_error = scaled_up(error, -shift);
  FastEnclosure result{std::ldexp(hi, -shift), new_lo, new_error, exponent};
  if (lo != 0 && absolute(new_lo) < least_low) {
    // In place of a lo in (0, least_low): [0, least_low] with its sign.
    result.lo = std::copysign(least_low / 2, lo);
    result.error = error_sum(new_error, least_low / 2);
  }
  if (exponent >= -limit) return result;
  // |hi| + |lo| + error < 4 if the sign is certain, so [0, 2·2^-limit] holds it.
  if (const int sign = certain_sign(result)) return next_to_zero(sign, -limit);
  const double size = magnitude_bound(result);
  return size <= 4 ? next_to_zero(0, -limit) : FastEnclosure{0, 0, size, -limit};
}

FastEnclosure product_around_zero(FastEnclosure a, FastEnclosure b) {
  if (is_exactly_zero(a) || is_exactly_zero(b)) return {};
  const double x = absolute(a.lo) + a.error, y = absolute(b.lo) + b.error;
  const int x_exponent = std::ilogb(x), y_exponent = std::ilogb(y);
  const double reach = std::ldexp(x, -x_exponent) * std::ldexp(y, -y_exponent);
  return normalised(0, 0, padded(padded(reach)), a.exponent + b.exponent + x_exponent + y_exponent);
}

FastEnclosure aligned_far(FastEnclosure b, std::int64_t shift) {
  if (is_exactly_zero(b)) return {};
  if (!b.is_known() || b.is_huge()) return b;
  if (shift >= -800) {
    FastEnclosure result{std::ldexp(b.hi, static_cast<int>(shift)),
                         std::ldexp(b.lo, static_cast<int>(shift)), scaled_up(b.error, shift),
                         b.exponent};
    if (b.lo != 0 && absolute(result.lo) < 0x1p-900) {  // its bits may have been lost
      result.error = error_sum(result.error, least_error);
      result.lo = 0;
    }
    return result;
  }
  // Magnitude below 4·2^-800 if the sign is certain: [0, 2^-796].
  if (const int sign = certain_sign(b)) return {sign * 0x1p-797, 0, 0x1p-797, b.exponent};
  return {0, 0, scaled_up(magnitude_bound(b), shift), b.exponent};
}

FastEnclosure power_far(FastEnclosure x, bool minus_one) {
  if (!x.is_known()) return x;
  // |x| > 1.4·2^27: b^x − 1 ≥ 2^(1.3·2^27), or b^x is at most its reciprocal.
  const bool far = x.is_huge() || absolute(x.hi) - absolute(x.lo) - x.error >= 0.7;
  if (!far) return FastEnclosure::unknown();
  if (x.hi > 0) return FastEnclosure::huge(false);
  if (!minus_one) return next_to_zero(1, -FastEnclosure::huge_exponent);
  return {-1, least_low, least_low, 0};
}

FastEnclosure power_near(const ExpBase& base, FastEnclosure x, bool minus_one) {
  FastEnclosure s = x;
  if (base.ln_b.hi != 1) {
    const FastEnclosure ln{base.ln_b.hi, base.ln_b.lo, u * absolute(base.ln_b.lo), 0};
    s = product<Split>(x, normalised(ln.hi, ln.lo, ln.error, 0));
  }
  // e^s = 1 + s + s²·θ, 0 < θ < 0.51 for |s| < 2^-190.
  const int sign = certain_sign(s);
  if (sign != 0) {  // |s| < 4·2^exponent ≤ 2^-198 and s²·0.51 < 2^(exponent + 4)·2^exponent
    if (minus_one) {
      const double half = power_of_two(std::max<std::int64_t>(s.exponent + 3, -800));
      const DoubleDouble low = two_sum(s.lo, half);
      const double error = error_sum(error_sum(s.error, half), absolute(low.lo));
      return normalised(s.hi, low.hi, error, s.exponent);
    }
    if (s.exponent > -700) {
      const FastEnclosure moved = sum({1, 0, 0, 0}, s);
      return {
          moved.hi, moved.lo,
          error_sum(moved.error, power_of_two(std::max<std::int64_t>(2 * s.exponent + 4, -802))),
          moved.exponent};
    }
    return {1, sign * 0x1p-697, 0x1p-697, 0};
  }
  const double bound = scaled_up(magnitude_bound(s), s.exponent);
  if (!(bound <= 0.5)) return FastEnclosure::unknown();
  // |e^s − 1| ≤ |s| + s² there.
  const double reach = padded(bound + bound * bound);
  return normalised(minus_one ? 0 : 1, 0, std::max(reach, least_error), 0);
}

FastEnclosure log1p_near(FastEnclosure x) {
  if (is_exactly_zero(x)) return {};
  if (certain_sign(x) != 0) {  // ln(1 + x) = x − x²·θ, 0 < θ < 0.51
    const double half = power_of_two(std::max<std::int64_t>(x.exponent + 3, -800));
    const DoubleDouble low = two_sum(x.lo, -half);
    const double error = error_sum(error_sum(x.error, half), absolute(low.lo));
    return normalised(x.hi, low.hi, error, x.exponent);
  }
  const double bound = scaled_up(magnitude_bound(x), x.exponent);
  if (!(bound <= 0.5)) return FastEnclosure::unknown();
  return normalised(0, 0, padded(bound + bound * bound), 0);  // −ln(1 − b) ≤ b + b² to b = 0.68
}

}  // namespace fast

bool certainly_less(const FastEnclosure& a, const FastEnclosure& b) {
  if (!a.is_known() || !b.is_known()) return false;
  if (a.is_huge() || b.is_huge()) {
    const auto modest = [](const FastEnclosure& x) {
      return !x.is_huge() && x.exponent < FastEnclosure::huge_exponent - 500;
    };
    return (a.hi == -infinity && (modest(b) || b.hi == infinity)) ||
           (b.hi == infinity && modest(a));
  }
  const FastEnclosure gap = fast::sum(b, -a);
  return gap.hi > 0 && gap.hi * (1 - 0x1p-50) > gap.error;  // |lo| ≤ u·hi
}

bool certainly_at_most(const FastEnclosure& a, const FastEnclosure& b) {
  if (!a.is_known() || !b.is_known()) return false;
  if (a.is_huge() || b.is_huge()) return certainly_less(a, b);
  const FastEnclosure gap = fast::sum(b, -a);
  return is_exactly_zero(gap) || (gap.hi > 0 && fast::sign_is_certain(gap));
}

double upper(const FastEnclosure& a) {
  if (!a.is_known() || a.hi == infinity) return infinity;
  if (a.hi == -infinity) return -std::numeric_limits<double>::max();
  const End end = end_of(a.hi, a.lo, a.error);
  const double bound = end.rest > 0 ? std::nextafter(end.nearest, infinity) : end.nearest;
  const int power = static_cast<int>(std::clamp<std::int64_t>(a.exponent, -5000, 5000));
  const double result = std::ldexp(bound, power);
  if (std::ldexp(result, -power) == bound) return result;
  if (result == infinity) return infinity;
  if (result == 0 && bound < 0) return 0;
  if (result == -infinity) return -std::numeric_limits<double>::max();
  return std::nextafter(result, infinity);
}

double lower(const FastEnclosure& a) { return -upper(-a); }

std::int64_t binade(const FastEnclosure& a) {
  if (!a.is_known() || is_exactly_zero(a)) return 0;
  if (a.is_huge()) return FastEnclosure::huge_exponent;
  const End end = end_of(absolute(a.hi), a.hi < 0 ? -a.lo : a.lo, a.error);
  const int e = std::ilogb(end.nearest);
  const bool below_power = end.rest < 0 && std::ldexp(1.0, e) == end.nearest;
  return a.exponent + e - (below_power ? 1 : 0);
}

}  // namespace napier
