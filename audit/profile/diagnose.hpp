// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "audit/profile/observe.hpp"
#include "props/subject/no_pattern.hpp"

namespace napier {

/// What models are fitted to: observations, and which of them are off by more than the claim
/// allows. Everything is seen: what the models say is true of these calls, and a reading beyond.
struct Evidence {
  const Subject& subject;
  Seed seed;
  double limit = 0;          ///< in ulps: above it a call is bad
  bool by_rounding = false;  ///< … and so is any that is not correctly rounded
  std::vector<Observation> seen;
  /// Makes more calls.
  std::function<std::vector<Observation>(std::span<const Point>)> ask;
  std::vector<Finding> findings;  ///< of this mode, that have a value at fault

  bool is_bad(const Observation& one) const {
    if (one.size() > limit) return true;
    return by_rounding && one.got != one.want && !(is_zero(one.got) && is_zero(one.want));
  }
  std::vector<const Observation*> bad() const;
  std::size_t count_good() const { return seen.size() - bad().size(); }
  /// Whether a bad call is off by clearly more than errors of that size: what explains these does
  /// not explain it.
  bool any_far_beyond(double ulps) const;
};

/// A model names a cause if every bad call fits it and, where it says so, every good one does.
struct Model {
  std::string_view cause;
  /// The figures that show it, in a sentence; empty where it does not fit.
  std::string (*evidence)(const Evidence& evidence);
};

// The families, in the order in which they are tried: the ones that say the most first.
std::span<const Model> identity_models();  ///< another function than it should be
std::span<const Model> edge_models();      ///< special values, signs, ends of the range
std::span<const Model> formula_models();   ///< what grows or cancels by a formula
std::span<const Model> location_models();  ///< where the bad ones are, and where none is
std::span<const Model> phase_models();     ///< what repeats with every power of 2
std::span<const Model> stranger_models();  ///< wrong wherever it was asked

/// The likely cause of what findings in one mode show, from what was observed and some thousand
/// more calls at most; nothing where no value is at fault. The same for the same answers.
std::vector<Diagnosis> diagnose(const Subject& subject, Seed seed,
                                std::span<const Finding> findings,
                                std::span<const Observation> seen, Caller& caller);

}  // namespace napier
