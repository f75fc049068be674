// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_set.hpp"

#include <algorithm>

#include "lib/fp/ordinal.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/util/overloaded.hpp"

namespace napier {
namespace {

ClaimSet nothing() { return {true, {}, {}}; }

Dyadic max_of(const Dyadic& a, const Dyadic& b) { return compare(a, b) >= 0 ? a : b; }

/// A returned value as the number it stands for: an infinity stands for 2^(emax+1).
Dyadic stands_for(Float magnitude) {
  return is_infinite(magnitude) ? Dyadic::power_of_two(magnitude.format->max_exponent + 1)
                                : exact_value(magnitude);
}

/// y ± k·q where y is a normal number and both ends, with k·q(e+1) above, stay inside its binade:
/// nearly every y. In units of 2^−s·q with k's s fraction bits all of it is integer arithmetic.
std::optional<ClaimSet> within_own_binade(const Dyadic& y, const Dyadic& k, const Format& f) {
  const int p = f.precision;
  const std::int64_t s = std::max<std::int64_t>(0, -k.exponent);
  if (top_bit(y.significand) != p - 1 || y.binade() < f.min_exponent() || p + s > 126) return {};
  const Bits reach = k.significand << (k.exponent + s);
  const Bits middle = y.significand << s;
  const Bits least = Bits(1) << (p - 1 + s);
  if (reach > least || middle - reach < least || middle + 2 * reach >= 2 * least) return {};
  return ClaimSet{false, Dyadic{false, middle - reach, y.exponent - s},
                  Dyadic{false, middle + reach, y.exponent - s}};
}

/// {t : |y − t| ≤ k·ulp(t)} for a y ≥ 0: `rounding` is the mode as seen from the positive side.
///
/// hi = y + k·q(e) for the largest e ≤ emax with y + k·q(e) ≥ 2^e; lo = max(y − k·q(e), 2^e) for
/// the smallest e ≥ emin with y − k·q(e) < 2^(e+1), without the max at emin. With k < 2^(p−2)
/// that e lies within one of y's own binade, and no t of the other sign lies beyond 2^emin.
ClaimSet within_ulp(Float y, const Dyadic& k, Rounding rounding) {
  const Format& f = *y.format;
  if (compare(k, Dyadic::power_of_two(f.precision - 2)) >= 0) return {};
  const Dyadic value = stands_for(y);
  if (const auto set = within_own_binade(value, k, f)) return *set;
  const auto spacing = [&](std::int64_t e) { return k.scaled(ulp_exponent(f, e)); };
  const std::int64_t own =
      value.is_zero() ? f.min_exponent() : std::max<std::int64_t>(value.binade(), f.min_exponent());

  ClaimSet set;
  const bool stands_for_all_beyond =
      is_infinite(y) || (y == max_finite(f) && compare(k, Dyadic::of_integer(1)) >= 0 &&
                         (rounding == Rounding::down || rounding == Rounding::zero));
  if (!stands_for_all_beyond) {
    const Dyadic above = add(value, spacing(own + 1));
    const bool reaches_next =
        own + 1 <= f.max_exponent && compare(above, Dyadic::power_of_two(own + 1)) >= 0;
    set.hi = reaches_next ? above : add(value, spacing(own));
  }
  std::int64_t e = own;
  while (e > f.min_exponent() &&
         compare(subtract(value, spacing(e - 1)), Dyadic::power_of_two(e)) < 0)
    --e;
  set.lo = subtract(value, spacing(e));
  if (e > f.min_exponent()) set.lo = max_of(*set.lo, Dyadic::power_of_two(e));
  return set;
}

std::optional<Dyadic> finite_value(Float x) {
  if (is_infinite(x)) return std::nullopt;
  return exact_value(x);
}

/// The midpoint of two neighbouring values; overflow's threshold where the upper one is infinite.
Dyadic midpoint(Float lower, Float upper) {
  const auto as_number = [](Float x) {
    const Dyadic m = stands_for(absolute(x));
    return is_negative(x) ? -m : m;
  };
  return add(as_number(lower), as_number(upper)).scaled(-1);
}

ClaimSet nearest_set(Float y) {
  ClaimSet set;
  if (!is_infinite(y) || is_negative(y)) set.hi = midpoint(y, next_up(y));
  if (!is_infinite(y) || !is_negative(y)) set.lo = midpoint(next_down(y), y);
  return set;
}

/// {t : RU(t) = y} has the hull [pred y, y]; an infinity of the other sign cannot come out.
ClaimSet up_set(Float y) {
  if (is_infinite(y) && is_negative(y)) return nothing();
  return {false, finite_value(next_down(y)), finite_value(y)};
}

ClaimSet mirror(const ClaimSet& set) {
  const auto flip = [](const std::optional<Dyadic>& end) {
    return end ? std::optional(-*end) : std::nullopt;
  };
  return {set.empty, flip(set.hi), flip(set.lo), set.without_hi, set.without_lo};
}

ClaimSet correctly_rounded(Float y, Rounding rounding) {
  switch (rounding) {
    case Rounding::nearest:
      return nearest_set(y);
    case Rounding::up:
      return up_set(y);
    case Rounding::down:
      return mirror(up_set(negated(y)));
    case Rounding::zero: {
      if (is_infinite(y)) return nothing();
      if (is_zero(y)) return {false, exact_value(next_down(y)), exact_value(next_up(y))};
      return is_negative(y) ? up_set(y) : mirror(up_set(negated(y)));
    }
  }
  return {};
}

ClaimSet faithful(Float y) {
  const auto end = [&](Float neighbour) { return finite_value(neighbour); };
  if (is_infinite(y)) {
    ClaimSet set{false, exact_value(max_finite(*y.format)), std::nullopt};
    return is_negative(y) ? mirror(set) : set;
  }
  return {false, end(next_down(y)), end(next_up(y))};
}

/// {t : |y − r| ≤ k·ulp(r) for the rounding r of t} for a y ≥ 0, `rounding` as seen from there.
///
/// The r are the data in {t : |y − t| ≤ k·ulp(t)}, ±2^(emax+1) as ±inf among them. Both ends of
/// that hull belong to it, or to its gap just under a power of two, which is a datum of it: so the
/// least datum from its lower end on is one of them, and the largest up to its upper end is
/// another. Rounding is monotone, so that the hull of the t goes from the lower end of those that
/// round to the one to the upper end of those that round to the other. Where no number rounds to an
/// infinity the largest finite number ends them.
ClaimSet within_rounded_ulp(Float y, const Dyadic& k, Rounding rounding) {
  const Format& f = *y.format;
  const ClaimSet near = within_ulp(y, k, Rounding::nearest);  // no number stands for those beyond
  if (!near.lo && !near.hi) return near;
  const Dyadic beyond = Dyadic::power_of_two(f.max_exponent + 1);
  const bool to_infinity = !near.hi || compare(*near.hi, beyond) >= 0;
  const Float greatest = to_infinity ? infinity(f) : round_to(f, *near.hi, Rounding::down);
  const Float least = round_to(f, *near.lo, Rounding::up);
  const auto rounding_to = [&](Float r) { return correctly_rounded(r, rounding); };
  if (rounding_to(least).empty) return nothing();
  const ClaimSet last = rounding_to(greatest);
  return {false, rounding_to(least).lo, last.empty ? rounding_to(max_finite(f)).hi : last.hi};
}

}  // namespace

ClaimSet claim_set(Float y, const AccuracyClaim& claim, Rounding rounding, bool flush, Float x) {
  if (is_nan(y)) return nothing();
  ClaimSet set = std::visit(
      overloaded{
          [&](const WithinUlp& within) {
            return is_negative(y) ? mirror(within_ulp(negated(y), within.limit, mirrored(rounding)))
                                  : within_ulp(y, within.limit, rounding);
          },
          [&](const WithinRoundedUlp& within) {
            return is_negative(y)
                       ? mirror(within_rounded_ulp(negated(y), within.limit, mirrored(rounding)))
                       : within_rounded_ulp(y, within.limit, rounding);
          },
          [&](const CorrectlyRounded&) { return correctly_rounded(y, rounding); },
          [&](const Faithful&) { return faithful(y); },
          [&](const ErrorBound& bound) { return error_bound_set(y, bound, x, rounding); },
          [&](const IntervalClaim& interval) { return interval.allowed(y, rounding); },
          [](const ExactOnIntegers&) { return ClaimSet{}; },
      },
      claim);
  if (flush && is_zero(y)) {
    // A flushed subnormal may have been flushed before or after rounding.
    const Dyadic least_normal = Dyadic::power_of_two(y.format->min_exponent());
    const auto farther = [&](const Dyadic& end) {
      return add_up(least_normal, magnitude(end), 120);
    };
    if (set.hi) set.hi = farther(*set.hi);
    if (set.lo) set.lo = -farther(*set.lo);
    set.without_lo = set.without_hi = false;
  }
  return set;
}

ClaimSet claim_set(Float y, const AccuracyClaim& promise, const Claim& of, Rounding rounding,
                   Float x) {
  const bool must_flush = of.flushing.results == Flushing::Results::must;
  if (must_flush && classify(y) == FloatClass::subnormal) return nothing();
  ClaimSet set = claim_set(y, promise, rounding, of.flushing.of_results(), x);
  if (!of.early_overflow || !is_infinite(y)) return set;
  ClaimSet sizes = is_negative(y) ? mirror(set) : set;
  const Dyadic least = least_early_overflow(*of.early_overflow, *y.format);
  if (sizes.empty)
    sizes = {false, least, std::nullopt};
  else if (sizes.lo && compare(least, *sizes.lo) < 0)
    sizes.lo = least;
  return is_negative(y) ? mirror(sizes) : sizes;
}

}  // namespace napier
