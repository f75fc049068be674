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

/// At most that; finite, for an error that no double holds is not below it for that reason.
double lowered(double value) {
  return std::clamp(value * less - underflow, 0.0, std::numeric_limits<double>::max());
}

}  // namespace

AllowedUlps allowed_ulps(const ErrorSum& sum, const FastEnclosure& t, Float x,
                         const Format& format) {
  if (!t.is_known() || t.is_huge()) return {0, infinite};
  // |t| in units of 2^exponent: hi is in [1, 2) or 0.
  const double rest = std::fabs(t.lo) + t.error;
  const double low = std::max((std::fabs(t.hi) - rest) * less, 0.0);
  const double high = (std::fabs(t.hi) + rest) * more;
  const auto unit = [&](double size) {
    return ulp_exponent(
        format, size > 0 ? t.exponent + std::ilogb(size) : std::int64_t{format.min_exponent()});
  };
  const double size_of_x = size_of(x);
  const auto in_ulps = [&](double relative, double size, double absolute, double ulps,
                           double ulps_per_x, std::int64_t ulp) {
    const auto shift = [](std::int64_t n) {  // ldexp's own; beyond it all is 0 or infinite
      return static_cast<int>(std::clamp<std::int64_t>(n, -40'000, 40'000));
    };
    const double of_t = std::ldexp(relative * size, shift(t.exponent - ulp));
    return of_t + std::ldexp(absolute, shift(-ulp)) + (ulps + ulps_per_x * size_of_x);
  };
  const auto& [k, b, r, a] = sum;
  return {lowered(in_ulps(r.low, low, a.low, k.low, b.low, unit(high))),
          in_ulps(r.high, high, a.high, k.high, b.high, unit(low)) * more + underflow};
}

BoundLimits::BoundLimits(const Format& format, std::span<const AccuracyClaim> promises)
    : format_(&format) {
  for (const AccuracyClaim& claim : promises) {
    const auto* bound = std::get_if<ErrorBound>(&claim);
    if (bound == nullptr) continue;
    auto& sums = bounds_.emplace_back();
    for (const auto& [k, b, r, a] : bound->any)
      sums.push_back({k.low, b.low, r.high, r.low, a.high, a.low, less / (1 + r.high)});
  }
}

double BoundLimits::limit(const Sum& sum, double x, double y) const {
  const int p = format_->precision;
  const double k = sum.ulps + sum.ulps_per_x * x;
  const double of_ulps = 1 - k * std::ldexp(1.0, 1 - p) * more;
  if (!(of_ulps > 0.5) || y != y) return 0;
  int e = format_->max_exponent;
  double size = std::fabs(y);
  if (size != infinite) {
    const double reached =
        (size + 2 * (sum.most_relative * size + sum.most_absolute) * more) / of_ulps * more;
    const auto field = static_cast<int>(std::bit_cast<std::uint64_t>(reached) >> 52);
    e = std::clamp(field - 1023, format_->min_exponent(), format_->max_exponent);
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

double BoundLimits::limit(double least_x, double y) const {
  double least = BulkLimit::most;
  for (const auto& sums : bounds_) {
    double most = -1;
    for (const Sum& sum : sums) most = std::max(most, limit(sum, least_x, y));
    least = std::min(least, most);
  }
  return least;
}

void BoundLimits::lower(std::span<const double> x, std::span<const double> y,
                        std::span<double> limits) const {
  for (std::size_t i = 0; i < limits.size(); ++i)
    limits[i] = std::min(limits[i], limit(std::fabs(x[i]), y[i]));
}

}  // namespace napier
