// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "props/judge/judge.hpp"

namespace napier {

/// Where something was found of a target: the calls that were refuted, that did not return, and
/// those with the largest errors. Who errs there may do other wrong there, too – raise a flag, set
/// errno, change the rounding mode – so every property of single calls is asked there, in every
/// mode in which it is asked at all.
///
/// What is there follows from merged tallies, and so not from threads or shards.
class TellingPlaces {
 public:
  using Jury = std::span<const Property* const>;

  /// Adds those that a property's tally tells of. `asked`: the properties that were judged on the
  /// same cases. A case of a law is as many places as it made calls of the target; they are made
  /// again for that.
  void add(const Property& property, const Subject& subject, const Tally& tally, Jury asked,
           Callers callers);

  /// Those where the property was not asked in that mode, in the order of their bits.
  std::vector<Point> without(const Property& property, const Subject& subject) const;

 private:
  struct InOrder {
    bool operator()(const Point& a, const Point& b) const { return bits_less(a, b); }
  };
  using Question = std::tuple<std::string_view, Rounding>;

  void add(const Point& point, const Subject& subject, Jury asked);
  void add_case(const Property& property, const Subject& subject, const Point& point, Jury asked,
                Callers callers);

  std::map<Point, std::set<Question>, InOrder> asked_;  ///< what was asked at each place
};

}  // namespace napier
