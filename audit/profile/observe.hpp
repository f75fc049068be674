// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/profile/seen_cases.hpp"
#include "props/domain/sampler.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// A call, what it gave, what is right, and the enclosed signed error between the two.
struct Observation {
  Point point;
  Float got;
  Float want;            ///< the true value, correctly rounded in the mode
  SignedUlpRange error;  ///< in ulps of the true value; infinite where that is no number
  double place = 0;      ///< the last argument, about
  double log2 = 0;    ///< of the true value's magnitude, about; -inf for 0, inf beyond the format
  double binade = 0;  ///< the true value's: e of 2^e <= |t| < 2^(e+1), where log2 is finite

  double middle() const { return error.lo == error.hi ? error.lo : (error.lo + error.hi) / 2; }
  double size() const { return error.magnitude().lo.value; }
};

/// The property that says where errors are judged.
const Property& accuracy_row();

/// Makes the calls in order and encloses their errors; what has no true value, or none that is a
/// number, is left out, and so is what did not return; all are added to the seen cases, if there
/// are any. Throws what Caller::call throws.
std::vector<Observation> observe(const Subject& subject, std::span<const Point> points,
                                 Caller& caller, SeenCases* cases = nullptr);

/// At most about so many points at which the claim says something, each once: evenly along the
/// arguments whose results are neither saturated nor flushed, and evenly over the binades of
/// arguments; of two arguments, and of results, as accuracy draws them.
std::vector<Point> spread_points(const Subject& subject, Seed seed, std::size_t count);

/// Sorts them by their bits and leaves each once.
void leave_once(std::vector<Point>& points);

/// The magnitude's logarithm, about; -inf for 0, inf for what is not finite.
double log2_of(Float x);
/// The value, about; infinite where a double has none.
double about(Float x);

}  // namespace napier
