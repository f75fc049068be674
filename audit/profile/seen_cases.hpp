// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <vector>

#include "props/property/property.hpp"

namespace napier {

/// What properties say of the cases that a target is asked for pictures of it. A picture may show
/// no fault that the verdict doesn't know: so each such call is judged, by every property that was
/// asked of the target and judges single calls by their values, and what is refuted becomes a
/// finding.
///
/// The cases follow from merged results, and so not from threads or shards.
class SeenCases {
 public:
  /// What one property found in one mode.
  struct Seen {
    const Property* property;
    Subject subject;
    Tally tally;
  };

  /// `asked`: what was measured of the target.
  explicit SeenCases(std::span<const Measurement> asked);

  /// A call of the target and its answer. True if a property refutes it.
  bool add(const Subject& subject, const Point& point, const Answer& answer);
  /// Cases of a property, with their calls.
  void add(const Property& property, const Subject& subject, const Tally& tally);

  /// Those of each property that judged any; in no order that tells anything.
  const std::vector<Seen>& all() const { return seen_; }
  /// All calls, with those that did not return.
  const Tally& calls() const { return calls_; }

 private:
  Tally& tally_of(const Property& property, const Subject& subject);
  void count(const Call& call, const Answer& answer);

  std::vector<const Property*> jury_;
  std::vector<Seen> seen_;
  Tally calls_;
};

}  // namespace napier
