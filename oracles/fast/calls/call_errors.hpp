// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "lib/fp/ulp.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {

/// The errors of many calls of a function of one argument, from what its filter encloses
/// (BulkFilter::enclose).
class CallErrors {
 public:
  /// Data as doubles; all outlive it. Without a filter nothing is told.
  CallErrors(const Function& function, const Format& format, Rounding rounding,
             std::span<const double> x, std::span<const double> y);

  /// |y − t|/ulp(t) of a call, enclosed; nullopt where t may lie on both sides of a power of two
  /// or beyond every finite number, or the result is 0, no finite number, or has not the sign of
  /// t.
  std::optional<UlpRange> at(std::size_t i) const;

 private:
  /// The exponent of ulp(t).
  int unit(double size) const;
  bool has_right_sign(std::size_t i) const;

  const Function& function_;
  const Format& format_;
  std::span<const double> x_, y_;
  std::vector<double> anchor_, below_, above_;
};

}  // namespace napier
