// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

namespace napier {

/// Errors of a difference formula with the step 2^power, in ulps; predicted may be infinite.
struct StepPoint {
  int power = 0;
  double predicted = 0;  ///< no error is larger
  double observed = 0;   ///< the largest that was found
};

/// What a formula leaves out falls with its step and what it rounds grows: together a V.
struct StepChart {
  std::string title;              ///< the formula
  std::string caption;            ///< of what, where, and how the shipped step compares
  std::vector<StepPoint> points;  ///< from the longest step to the shortest
  int shipped = 0;                ///< the power of the step that is shipped
  int best = 0;                   ///< … for which least is predicted
};

}  // namespace napier
