// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "props/domain/sampler.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Points that differ in their last argument, or in their base alone: `start` and what follows it,
/// `stride` encodings apart, away from zero or towards it.
struct Walk {
  Point start;
  Bits stride = 1;
  bool towards_zero = false;
  bool over_bases = false;  ///< the first of two arguments changes

  /// The place of the argument that changes.
  std::size_t argument() const { return over_bases ? 0 : start.count - 1; }
  Point at(std::uint64_t steps) const;
};

/// A finite addressable set of points, or an endless one that is sampled.
struct Stratum {
  std::string name;
  /// Points, numbered from 0, those that say the most first: near places where something changes,
  /// or spread over the whole (props/domain/spread.hpp). 0: endless, any index may be drawn.
  std::uint64_t size = 0;
  double weight = 1;  ///< its share of what the enumerated strata leave of a budget
  /// Makes the point of that index; nullopt where it has none (another attempt may find one).
  std::function<std::optional<Point>(Draw&, std::uint64_t index)> make;
  /// Of an endless stratum: so many consecutive indices are a walk from the point of the first, at
  /// strides from 1 up to what takes a walk through 2^-7 of a binade. One draw serves them all,
  /// and they can be judged as a block. 1: every index is drawn. Of an enumerated stratum: so many
  /// consecutive encodings from the one that make() gives for the number of the walk.
  std::uint32_t walk = 1;
  Bits stride = 1;          ///< of the walks of an enumerated stratum
  bool over_bases = false;  ///< the walks keep the exponent
  /// Of an endless stratum: no budget draws more of it. What a draw each costs most of the time,
  /// and is soon known, would be most of the work of large ones.
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  /// Of an enumerated stratum: asked before all others. Three quarters of a budget are for
  /// enumerated strata, all of it if there are no others; each first one in its turn takes at most
  /// half of what is left of that, and is cut there.
  bool first = false;
};

/// Where a property is asked: its strata, edges first, and which points belong.
struct Domain {
  std::vector<Stratum> strata;
  std::function<bool(const Point&)> admits = [](const Point&) { return true; };

  /// The point at an address, or nullopt if some tens of attempts found none there.
  std::optional<Point> at(Seed seed, Address address) const;
  /// The first point that is made there, whether or not it belongs: if it does, the one at the
  /// address. nullopt if none is made.
  std::optional<Point> first_made(Seed seed, Address address) const;
  /// The walk on which the point of that address lies, at index % stratum.walk.
  std::optional<Walk> walk_at(Seed seed, Address address) const;
};

/// A run of indices of one stratum.
struct Portion {
  std::uint32_t stratum = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// Splits a budget over the strata: the first ones, then the other enumerated ones whole, then the
/// endless ones by weight. Where enumerated strata need more than the budget (three quarters of it
/// if there are endless ones), each is cut to the same share, from its start, in whole walks.
std::vector<Portion> portions(const Domain& domain, std::uint64_t budget);

}  // namespace napier
