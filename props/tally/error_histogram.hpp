// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "lib/fp/rounding.hpp"
#include "lib/fp/ulp.hpp"

namespace napier {

/// The largest error of a right rounding, in ulps.
constexpr double largest_rounding_error(Rounding rounding) {
  constexpr double half = 0.5;  // exact: an ulp between two data
  return rounding == Rounding::nearest ? half : 1;
}

/// How many errors lie in which range of ulps: up to ½, above that up to 1, and so on. An error
/// just at an edge belongs to the range below it.
class ErrorHistogram {
 public:
  static constexpr std::array edges{0.5, 1.0, 2.0, 3.0, 10.0, 100.0};  // exact: sorts, judges none
  static constexpr std::size_t buckets = edges.size() + 1;

  /// The first bucket in a mode: what correct rounding is within, ½ ulp in nearest, 1 in the
  /// directed modes, where half an ulp is no landmark.
  static constexpr std::size_t first(Rounding rounding) {
    return rounding == Rounding::nearest ? 0 : 1;
  }
  static constexpr std::size_t bucket(double error, Rounding rounding) {
    const auto edge = std::ranges::lower_bound(edges, error);
    return std::max(static_cast<std::size_t>(edge - edges.begin()), first(rounding));
  }
  /// nullopt if an edge lies between the ends.
  static constexpr std::optional<std::size_t> bucket(const UlpRange& error, Rounding rounding) {
    const std::size_t low = bucket(error.lo.value, rounding);
    return low == bucket(error.hi.value, rounding) ? std::optional(low) : std::nullopt;
  }

  void add(std::size_t bucket, std::uint64_t count = 1) { counts_[bucket] += count; }
  void merge(const ErrorHistogram& other) {
    for (std::size_t i = 0; i < buckets; ++i) counts_[i] += other.counts_[i];
  }
  const std::array<std::uint64_t, buckets>& counts() const { return counts_; }

  /// Says what it holds, each by its name: for who writes it down and reads it again.
  template <class Self, class Say>
  static void fields(Self& self, Say&& say) {
    say("counts", self.counts_);
  }

  friend bool operator==(const ErrorHistogram&, const ErrorHistogram&) = default;

 private:
  std::array<std::uint64_t, buckets> counts_{};
};

}  // namespace napier
