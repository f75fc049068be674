// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/calls/bound_limits.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "lib/fp/ulp.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double less = 1 - 0x1p-48, more = 1 + 0x1p-48;
constexpr double underflow = 0x1p-900;  ///< beyond all that products may lose below 2^-1022

double size_of(Float x) {
  return x.format == nullptr || !is_finite(x) ? 0 : to_double(magnitude(exact_value(x)));
}

/// Next to a datum t there is no other: below a power of two they are half an ulp apart.
const double nearer_than_others = std::nextafter(0.5, 0);
constexpr double none = -1;

/// At most that; finite, for an error that no double holds is not below it for that reason.
double lowered(double value) {
  return std::clamp(value * less - underflow, 0.0, std::numeric_limits<double>::max());
}

}  // namespace

AllowedUlps allowed_ulps(const ErrorSum& sum, const FastEnclosure& t, Float x,
                         const Format& format) {
  if (!t.is_known() || t.is_huge() || sum.says_nothing_at(x)) return {0, infinite};
  // |t| in units of 2^exponent: hi is in [1, 2) or 0.
  const double rest = std::fabs(t.lo) + t.error;
  const double low = std::max((std::fabs(t.hi) - rest) * less, 0.0);
  const double high = (std::fabs(t.hi) + rest) * more;
  const auto unit = [&](double size, const Format& of) {
    return ulp_exponent(of,
                        size > 0 ? t.exponent + std::ilogb(size) : std::int64_t{of.min_exponent()});
  };
  const double size_of_x = size_of(x);
  const Format& counted = sum.ulp_format(format);
  const auto in_ulps = [&](double relative, double size, double absolute, double ulps,
                           std::int64_t counted_ulp, std::int64_t ulp) {
    const auto shift = [](std::int64_t n) {  // ldexp's own; beyond it all is 0 or infinite
      return static_cast<int>(std::clamp<std::int64_t>(n, -40'000, 40'000));
    };
    const double of_t = std::ldexp(relative * size, shift(t.exponent - ulp));
    const double of_ulps = &counted == &format ? ulps : std::ldexp(ulps, shift(counted_ulp - ulp));
    return of_t + std::ldexp(absolute, shift(-ulp)) + of_ulps;
  };
  const auto& [k, b, r, a, of] = sum;
  return {lowered(in_ulps(r.low, low, a.low, k.low + b.low * size_of_x, unit(low, counted),
                          unit(high, format))),
          in_ulps(r.high, high, a.high, k.high + b.high * size_of_x, unit(high, counted),
                  unit(low, format)) *
                  more +
              underflow};
}

BoundLimits::BoundLimits(const Format& format, std::span<const AccuracyClaim> promises,
                         Rounding rounding)
    : format_(&format), rounding_(rounding) {
  for (const AccuracyClaim& claim : promises) {
    exact_on_integers_ |= std::holds_alternative<ExactOnIntegers>(claim);
    if (const auto* interval = std::get_if<IntervalClaim>(&claim)) intervals_.push_back(*interval);
    const auto* bound = std::get_if<ErrorBound>(&claim);
    if (bound == nullptr) continue;
    auto& sums = bounds_.emplace_back();
    for (const ErrorSum& sum : bound->any) {
      const auto& [k, b, r, a, of] = sum;
      // Ulps of t in those of another format: its number is this where both know the binade.
      const Format& counted = sum.ulp_format(format);
      const double unit = std::ldexp(1.0, format.precision - counted.precision);
      const double up_to = std::ldexp(1.0, counted.max_exponent);  // infinite: of no matter
      const bool finer_below = counted.min_exponent() < format.min_exponent();
      const double from = finer_below ? std::ldexp(1.0, format.min_exponent() + 4) : 0;
      sums.push_back({k.low * unit, b.low * unit, r.high, r.low, a.high, a.low, less / (1 + r.high),
                      from, counted.max_exponent < format.max_exponent ? up_to : infinite});
    }
  }
}

double BoundLimits::limit(const Sum& sum, double x, double y) const {
  const int p = format_->precision;
  const double k = sum.ulps + sum.ulps_per_x * x;
  const double of_ulps = 1 - k * std::ldexp(1.0, 1 - p) * more;
  if (!(of_ulps > 0.5) || y != y) return 0;
  int e = format_->max_exponent;
  double size = std::fabs(y);
  if (k != 0 && (size < sum.from || size >= sum.up_to)) return 0;
  if (size != infinite) {
    const double reached =
        (size + 2 * (sum.most_relative * size + sum.most_absolute) * more) / of_ulps * more;
    const auto field = static_cast<int>(std::bit_cast<std::uint64_t>(reached) >> 52);
    e = std::clamp(field - 1023, format_->min_exponent(), format_->max_exponent);
    if (k != 0 && sum.up_to != infinite && e > std::ilogb(sum.up_to)) return 0;
  } else {
    size = std::ldexp(1.0, format_->max_exponent);  // half of what it stands for: a double, too
  }
  const double twice = std::isinf(y) ? 2 : 1;
  // 2^(1−e), and 2^(p−2) to come.
  const double scale = std::bit_cast<double>(static_cast<std::uint64_t>(1024 - e) << 52);
  const double ulps = std::ldexp(1.0, p - 2);
  const double of_size = sum.relative * (size * scale * ulps) * twice;
  return ((of_size + sum.absolute * scale * ulps) + k) * sum.shrink * less - underflow;
}

double BoundLimits::limit(const IntervalClaim& interval, double y) const {
  if (y != y) return 0;
  const bool negative = std::signbit(y);
  const Float result = std::isinf(y) ? infinity(*format_, negative)
                       : y == 0      ? zero(*format_, negative)
                                     : round_to(*format_, Dyadic::of(y), Rounding::nearest);
  const ClaimSet allowed = interval.allowed(result, rounding_);
  const bool all_beyond = negative ? !allowed.lo : !allowed.hi;
  if (allowed.empty || (std::isinf(y) && !all_beyond)) return none;
  const Dyadic beyond = Dyadic::power_of_two(format_->max_exponent + 1);
  const Dyadic stands_for = std::isfinite(y) ? exact_value(result) : negative ? -beyond : beyond;
  double nearest = BulkLimit::most;
  const auto reach = [&](const std::optional<Dyadic>& end, bool without, bool is_above) {
    if (!end) return;
    const Dyadic apart =
        is_above ? -add_up(-*end, stands_for, 120) : -add_up(*end, -stands_for, 120);
    const double size = to_double(apart);  // off by more where it is subnormal
    const double away = std::fabs(size) < 0x1p-1000 ? 0 : size * less;
    nearest = std::min(nearest, apart.sign() == 0 && without ? none : away);
  };
  reach(allowed.lo, allowed.without_lo, false);
  reach(allowed.hi, allowed.without_hi, true);
  if (nearest < 0) return none;
  const double most =
      nearest == 0 ? 0 : limit({.most_absolute = nearest, .absolute = nearest}, 0, y);
  const bool stops = rounding_ != Rounding::nearest && absolute(result) == max_finite(*format_);
  return stops && !all_beyond ? std::min(most, std::nextafter(1.0, 0)) : most;
}

double BoundLimits::bound(double least_x, double y) const {
  if (of_flushed(y)) return none;
  double least = BulkLimit::most;
  for (const auto& sums : bounds_) {
    double most = -1;
    for (const Sum& sum : sums) most = std::max(most, limit(sum, least_x, y));
    least = std::min(least, most);
  }
  for (const IntervalClaim& interval : intervals_) least = std::min(least, limit(interval, y));
  return least;
}

double BoundLimits::limit(double least_x, double y) const {
  const double most = bound(least_x, y);
  return exact_on_integers_ ? std::min(most, nearer_than_others) : most;
}

double BoundLimits::limit_at(double x, double y) const {
  return std::floor(x) == x ? limit(std::fabs(x), y) : bound(std::fabs(x), y);
}

bool BoundLimits::of_flushed(double y) const {
  return must_flush_ && y != 0 && std::fabs(y) < std::ldexp(1.0, format_->min_exponent());
}

void BoundLimits::lower(std::span<const double> x, std::span<const double> y,
                        std::span<double> limits) const {
  for (std::size_t i = 0; i < limits.size(); ++i)
    limits[i] = std::min(limits[i], limit_at(x[i], y[i]));
}

}  // namespace napier
