// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/calls/call_errors.hpp"

#include <cmath>
#include <limits>

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double loss = 0x1p-51;  ///< of three roundings, relatively
constexpr double less = 1 - loss, more = 1 + loss;
constexpr int below_all = -5000;  ///< every binade

}  // namespace

CallErrors::CallErrors(const Function& function, const Format& format, Rounding rounding,
                       std::span<const double> x, std::span<const double> y)
    : function_(function), format_(format), x_(x), y_(y) {
  if (function.arity == 2) return;
  const auto filter = BulkFilter::of(function, format, rounding);
  if (!filter) return;
  for (auto* part : {&anchor_, &below_, &above_}) part->resize(x.size());
  filter->enclose(x, anchor_, below_, above_);
}

std::optional<UlpRange> CallErrors::at(std::size_t i) const {
  if (anchor_.empty()) return std::nullopt;
  const double size = std::fabs(y_[i]), anchor = anchor_[i];
  if (!(size < infinite) || !(anchor < infinite) || size == 0 || anchor == 0 || !has_right_sign(i))
    return std::nullopt;
  // Of values beyond every number the filter says no more than that (BulkFilter::enclose).
  if ((anchor + above_[i]) * more >= std::ldexp(1, format_.max_exponent + 1)) return std::nullopt;
  const int ulp = unit((anchor + below_[i]) * less);
  if (unit((anchor + above_[i]) * more) != ulp) return std::nullopt;
  const double apart = size - anchor;
  const double lo = apart - above_[i], hi = apart - below_[i];
  const double off = (std::fabs(apart) + std::fabs(lo) + std::fabs(hi)) * loss;
  return SignedUlpRange{std::ldexp(lo - off, -ulp), std::ldexp(hi + off, -ulp)}.magnitude();
}

int CallErrors::unit(double size) const {
  return static_cast<int>(ulp_exponent(format_, size > 0 ? std::ilogb(size) : below_all));
}

bool CallErrors::has_right_sign(std::size_t i) const {
  const bool negative = function_.kind == Kind::power_minus_one ? x_[i] < 0
                        : function_.kind == Kind::logarithm     ? x_[i] < 1
                                                                : false;
  return std::signbit(y_[i]) == negative;
}

}  // namespace napier
