// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "props/sampler.hpp"
#include "props/subject.hpp"

namespace napier {

/// A finite addressable set of points, or an endless one that is sampled.
struct Stratum {
  std::string name;
  std::uint64_t size = 0;  ///< points, numbered from 0; 0: endless, any index may be drawn
  double weight = 1;       ///< its share of what the enumerated strata leave of a budget
  /// Makes the point of that index; nullopt where it has none (another attempt may find one).
  std::function<std::optional<Point>(Draw&, std::uint64_t index)> make;
};

/// Where a property is asked: its strata, edges first, and which points belong.
struct Domain {
  std::vector<Stratum> strata;
  std::function<bool(const Point&)> admits = [](const Point&) { return true; };

  /// The point at an address, or nullopt if some tens of attempts found none there.
  std::optional<Point> at(Seed seed, Address address) const;
};

/// A run of indices of one stratum.
struct Portion {
  std::uint32_t stratum = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// Splits a budget over the strata: the enumerated ones whole (cut evenly if they alone exceed
/// the budget), the rest by weight.
std::vector<Portion> portions(const Domain& domain, std::uint64_t budget);

}  // namespace napier
