// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "props/domain/domain.hpp"
#include "props/judge/approach.hpp"
#include "props/judge/error_places.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// Neighbouring arguments of a function: `length` encodings away from zero from the last argument
/// of `start` on; the first, if there are two, is fixed.
struct Interval {
  Point start;
  Bits length = 0;
};

/// A search for large errors. It begins with a beam search: of some intervals, each asked at evenly
/// spread points, those with the largest errors are split, and their parts asked again, down to
/// consecutive arguments. It starts around the largest errors known, of all and of each binade, and
/// where the strata of a sampled domain draw, several times over if the budget allows.
///
/// An error is a systematic part that varies slowly, plus what the last rounding makes of it, which
/// is anything up to half an ulp: the largest of some hundred errors of an interval tells how large
/// the systematic part is there.
///
/// What the beam leaves of the budget, three quarters if one descent leaves as many, goes to a
/// second phase that begins at the largest errors of places apart (Approach).
///
/// Which points are asked depends on the seed and on canonical errors alone.
class Search {
 public:
  /// Makes at most `budget` calls. `known`: what was found before.
  Search(const Subject& subject, const Domain& drawn_from, Seed seed, std::uint64_t budget,
         const Tally& known);

  /// The points to ask next, a domain for each interval; none when the search is over.
  std::vector<Domain> next();
  /// Hears what was found at them, a tally for each.
  void learn(std::span<const Tally> found);

 private:
  struct Scored {
    Interval interval;
    std::optional<Largest<CanonicalError>::Entry> largest;
  };
  void begin_around(const LargestErrors& known);
  void begin();
  std::size_t wanted() const;
  void add(const Interval& interval);
  /// The point's binade, and what is left of it after 0, so many, twice as many … halvings.
  void add_around(const Point& point, int halvings_apart);
  std::optional<Interval> drawn(Draw& draw) const;
  void split(const Interval& interval, Draw& draw);
  void with_another_base(const Interval& interval, Draw& draw);

  const Function& function_;
  const Format& format_;
  const Domain& drawn_from_;
  Seed seed_;
  std::uint64_t left_;          ///< calls
  std::uint64_t for_approach_;  ///< of these, for the second phase
  std::uint32_t points_ = 0;    ///< of an interval
  std::size_t beam_ = 0;        ///< intervals that are split
  std::uint32_t round_ = 0;     ///< since the beginning, and since the last start
  std::uint32_t depth_ = 0;
  std::vector<Interval> asked_;
  ErrorPlaces places_;
  std::optional<Approach> approach_;  ///< the second phase, once it has begun
};

}  // namespace napier
