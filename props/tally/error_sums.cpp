// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/error_sums.hpp"

#include <limits>

namespace napier {
namespace {

/// What two conversions, a quotient and a root, each rounded, may be off from.
double moved(double value, double towards) {
  constexpr int roundings = 4;
  for (int i = 0; i < roundings; ++i) value = std::nextafter(value, towards);
  return value;
}

constexpr double infinite = std::numeric_limits<double>::infinity();

ErrorSums::Between between(double lo, double hi, bool is_open) {
  return {std::ldexp(moved(lo, 0), -ErrorSums::places),
          is_open ? infinite : std::ldexp(moved(hi, infinite), -ErrorSums::places)};
}

}  // namespace

void ErrorSums::add(std::uint64_t steps, std::uint64_t count) {
  cases_ += count;
  sum_ += Sum(steps) * count;
  squares_ += Sum(steps) * steps * count;
  if (steps == farthest) far_ += count;
}

void ErrorSums::merge(const ErrorSums& other) {
  sum_ += other.sum_;
  squares_ += other.squares_;
  cases_ += other.cases_;
  far_ += other.far_;
  beyond_ += other.beyond_;
  open_ += other.open_;
}

ErrorSums::Between ErrorSums::mean() const {
  const auto count = static_cast<double>(cases_);
  return between(static_cast<double>(sum_) / count, static_cast<double>(sum_ + cases_) / count,
                 far_ != 0);
}

// n² ≤ e² < (n + 1)² = n² + 2n + 1 for an error of n steps.
ErrorSums::Between ErrorSums::root_mean_square() const {
  const auto count = static_cast<double>(cases_);
  return between(std::sqrt(static_cast<double>(squares_) / count),
                 std::sqrt(static_cast<double>(squares_ + 2 * sum_ + cases_) / count), far_ != 0);
}

}  // namespace napier
