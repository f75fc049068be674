// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/exact_stratum.hpp"

#include <algorithm>
#include <cmath>

#include "props/domain/spread.hpp"

namespace napier {
namespace {

int length(Bits bits) { return top_bit(bits) + 1; }

/// Is an odd number of so many bits, at a result of ordinary size, a datum or a midpoint?
bool fits(Bits odd, const Format& format) { return length(odd) <= format.precision + 1; }

void keep(std::vector<Float>& found, const Format& format, std::int64_t n) {
  if (const auto x = exactly(format, Dyadic::of_integer(n))) found.push_back(*x);
}

std::vector<Float> powers_of_two(const Format& format) {
  std::vector<Float> found;
  for (int n = format.least_exponent() - 1; n <= format.max_exponent; ++n) keep(found, format, n);
  return found;
}

std::vector<Float> powers_of_two_less_one(const Format& format) {
  std::vector<Float> found;
  const int most = std::min(format.precision + 1, format.max_exponent);
  for (int n = -(format.precision + 1); n <= most; ++n) keep(found, format, n);
  return found;
}

/// 10^n = 5^n·2^n is odd but for a power of two, and 10^n − 1 is odd.
std::vector<Float> powers_of_ten(const Format& format, bool less_one) {
  std::vector<Float> found;
  Bits odd = 1;
  for (int n = 0;; ++n, odd *= less_one ? 10 : 5) {
    const Bits rest = less_one && n > 0 ? odd - 1 : odd;
    const int binade = length(rest) - 1 + (less_one ? 0 : n);
    if (!fits(rest, format) || binade > format.max_exponent) return found;
    keep(found, format, n);
  }
}

/// base^exponent, if it has at most `most` bits.
std::optional<Bits> small_power(Bits base, std::int64_t exponent, int most) {
  if (base == 1) return 1;
  Bits power = 1;
  for (; exponent > 0; --exponent) {
    if (length(power) + length(base) - 1 > most) return std::nullopt;
    power *= base;
  }
  return length(power) <= most ? std::optional(power) : std::nullopt;
}

/// The exponents e of μ·2^e for which something lies in its limits.
struct Exponents {
  std::int64_t lo;
  std::int64_t hi;

  /// What is left of them where lo ≤ e·factor ≤ hi, for factor ≠ 0.
  Exponents within(std::int64_t least, std::int64_t most, std::int64_t factor) const {
    if (factor < 0) return within(-most, -least, -factor);
    const auto rounded_down = [factor](std::int64_t v) {
      return v >= 0 ? v / factor : -((-v + factor - 1) / factor);
    };
    return {std::max(lo, -rounded_down(-least)), std::min(hi, rounded_down(most))};
  }
};

/// μ, and y = n/2^j in lowest terms.
struct PowerShape {
  Bits root;
  std::int64_t n;
  int halvings;
};

PowerShape power_of_two_shape(Draw& draw, int halvings) {
  const auto n = static_cast<std::int64_t>(std::exp2(draw.uniform(0, 12)));
  return {1, (halvings > 0 ? n | 1 : n) * (draw.coin() ? 1 : -1), halvings};
}

/// n of μ^n: squares and cubes as often as all others. At the midpoint of subnormal numbers it has
/// to divide the exponent of that place.
std::int64_t draw_power(Draw& draw, const Format& format, bool subnormal_midpoint) {
  const double largest = (format.precision + 1) / std::log2(3);
  if (subnormal_midpoint) {
    std::vector<std::int64_t> divisors;
    const std::int64_t place = 1 - format.least_exponent();
    for (std::int64_t n = 1; n <= static_cast<std::int64_t>(largest); ++n)
      if (place % n == 0) divisors.push_back(n);
    return divisors[static_cast<std::size_t>(
        draw.integer(0, static_cast<std::int64_t>(divisors.size()) - 1))];
  }
  if (draw.coin()) return draw.integer(1, 3);
  return static_cast<std::int64_t>(std::exp2(draw.uniform(0, std::log2(largest))));
}

/// Long roots as often as any: μ^n has p + 1 bits where a midpoint of normal numbers is wanted.
PowerShape odd_shape(Draw& draw, const Format& format, int halvings, bool subnormal,
                     bool midpoint) {
  std::int64_t n = draw_power(draw, format, subnormal && midpoint);
  if (halvings > 0) n |= 1;
  const double longest = std::min(double(format.precision + 1) / double(n),
                                  double(format.precision) / double(std::int64_t(1) << halvings));
  double least = draw.coin() ? longest / 2 : 0;
  if (midpoint && !subnormal) least = std::min(longest, double(format.precision) / double(n));
  const auto root = static_cast<Bits>(std::exp2(draw.uniform(least, longest)));
  return {root | 1, n, halvings};
}

/// μ·2^e for the base, so that its power is a midpoint or exact, normal or subnormal, as it is
/// told.
std::optional<Dyadic> base_for(Draw& draw, const Format& f, const PowerShape& shape, bool subnormal,
                               bool midpoint) {
  const std::int64_t roots = std::int64_t(1) << shape.halvings;
  const auto base = small_power(shape.root, roots, f.precision);
  const auto power = small_power(shape.root, shape.n, f.precision + 1);
  if (!base || !power) return std::nullopt;
  const int bits = length(*power);
  if (!subnormal && (bits > f.precision) != midpoint) return std::nullopt;
  const int least = f.least_exponent();
  const Exponents any = Exponents{-(1 << 16), 1 << 16}.within(
      least - length(*base) + 1, f.max_exponent - length(*base) + 1, roots);
  Exponents fitting = any.within(f.min_exponent() - bits + 1, f.max_exponent - bits + 1, shape.n);
  if (subnormal)
    fitting = midpoint ? any.within(least - 1, least - 1, shape.n)
                       : any.within(least, f.min_exponent() - bits, shape.n);
  if (fitting.lo > fitting.hi) return std::nullopt;
  return Dyadic{false, *base, 0}.scaled(draw.integer(fitting.lo, fitting.hi) * roots);
}

std::optional<Point> exact_power(Draw& draw, const Format& format) {
  const bool subnormal = draw.coin();
  const bool midpoint = draw.coin();
  int halvings = 0;
  while (halvings < 6 && draw.integer(1, 3) == 1) ++halvings;
  const bool of_two = (subnormal || !midpoint) && draw.integer(1, 4) == 1;
  const PowerShape shape = of_two ? power_of_two_shape(draw, halvings)
                                  : odd_shape(draw, format, halvings, subnormal, midpoint);
  const auto base = base_for(draw, format, shape, subnormal, midpoint);
  if (!base) return std::nullopt;
  const auto x = exactly(format, *base);
  const auto y = exactly(format, Dyadic::of_integer(shape.n).scaled(-shape.halvings));
  if (!x || !y) return std::nullopt;
  Point point;
  point.push(shape.halvings == 0 && draw.coin() ? negated(*x) : *x);
  point.push(*y);
  return point;
}

}  // namespace

std::vector<Float> exact_arguments(const Function& function, const Format& format) {
  const bool less_one = function.kind == Kind::power_minus_one;
  if (function.arity != 1 || (function.kind != Kind::power && !less_one)) return {};
  if (function.base == Base::ten) return powers_of_ten(format, less_one);
  if (function.base != Base::two) return {};
  return less_one ? powers_of_two_less_one(format) : powers_of_two(format);
}

std::optional<Stratum> exact_argument_stratum(const Function& function, const Format& format) {
  constexpr std::size_t enumerated =
      4096;  // of more, those that a budget has no room for are drawn
  constexpr double weight = 4;
  const std::vector<Float> xs = exact_arguments(function, format);
  if (xs.empty()) return std::nullopt;
  const std::uint64_t n = xs.size();
  const std::uint64_t stride = spreading_stride(n);
  return Stratum{"exact", n <= enumerated ? n : 0, weight, [xs, n, stride](Draw&, std::uint64_t i) {
                   Point point;
                   point.push(xs[i % n * stride % n]);
                   return std::optional(point);
                 }};
}

Stratum exact_power_stratum(const Format& format) {
  constexpr double weight = 0.5;  // draws: one costs as much as twenty of the other strata's cases
  Stratum stratum{"exact", 0, weight,
                  [&format](Draw& draw, std::uint64_t) { return exact_power(draw, format); }};
  stratum.most = std::uint64_t(1) << 17;  // of few kinds, and half of them for the reference
  return stratum;
}

}  // namespace napier
