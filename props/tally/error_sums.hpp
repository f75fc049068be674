// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

#include "lib/fp/ulp.hpp"

namespace napier {

/// Sums over errors in ulps, and over their squares.
///
/// Each error is rounded down to a multiple of 2^-16 ulp first: what is added are integers, so that
/// a sum is the same in any order, for any number of threads and any instruction set, as far as
/// it is certain between which multiples an error lies. From 2^30 ulp on an error counts as that.
class ErrorSums {
 public:
  static constexpr int places = 16;
  static constexpr std::uint64_t farthest = std::uint64_t(1) << (30 + places);

  /// An error in multiples of 2^-places, rounded down; nullopt where the range does not tell.
  static std::optional<std::uint64_t> steps(const UlpRange& error) {
    const std::uint64_t low = steps(error.lo.value);
    return low == steps(error.hi.value) ? std::optional(low) : std::nullopt;
  }
  static std::uint64_t steps(double error) {
    const double scaled = std::ldexp(error, places);
    return scaled < static_cast<double>(farthest) ? static_cast<std::uint64_t>(scaled) : farthest;
  }

  void add(std::uint64_t steps, std::uint64_t count = 1);
  /// Of so many of them it is certain, or open, that they are above the bound of a quantile.
  void add_beyond(std::uint64_t certain, std::uint64_t open) { beyond_ += certain, open_ += open; }
  void merge(const ErrorSums& other);

  std::uint64_t cases() const { return cases_; }
  /// Between which two numbers the mean lies, and the root of the mean square; the second is
  /// infinite where an error counted as less than it is.
  struct Between {
    double lo, hi;
  };
  Between mean() const;
  Between root_mean_square() const;
  std::uint64_t beyond() const { return beyond_; }
  std::uint64_t open() const { return open_; }
  /// Says what it holds, each by its name: for who writes it down and reads it again.
  template <class Self, class Say>
  static void fields(Self& self, Say&& say) {
    say("sum", self.sum_);
    say("squares", self.squares_);
    say("cases", self.cases_);
    say("far", self.far_);
    say("beyond", self.beyond_);
    say("open", self.open_);
  }

 private:
  __extension__ using Sum = unsigned __int128;
  Sum sum_ = 0, squares_ = 0;
  std::uint64_t cases_ = 0;
  std::uint64_t far_ = 0;
  std::uint64_t beyond_ = 0, open_ = 0;
};

}  // namespace napier
