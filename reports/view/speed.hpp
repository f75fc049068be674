// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/view/view.hpp"

// Accuracy against speed: who is exact and quick, and what either costs.
namespace napier {

/// The "property" of a timing that is of the target's calls alone, with nothing judged.
inline constexpr std::string_view timing_of_calls = "calls alone";

/// A target whose calls were timed and whose errors were measured.
struct SpeedPoint {
  std::string name;
  std::size_t target = 0;  ///< its place in the report
  double nanoseconds = 0;  ///< a call takes; positive
  double ulps = 0;         ///< the largest error in the first mode that was tried; may be infinite
  std::string figure;      ///< the same in words: "≥ 0.511"
  Tone tone = Tone::plain;
};

/// The quickest first.
std::vector<SpeedPoint> speed_points(const Report& report);
/// As a table: a call's time, how many fit into a second, the largest error.
Table speed_table(const std::vector<SpeedPoint>& points);

}  // namespace napier
