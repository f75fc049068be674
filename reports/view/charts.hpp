// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"

// Pictures as plain values: what is drawn and what is said of it. A renderer gives them a form.
namespace napier {

/// A bar and what is told of it to whoever points at it.
struct Bar {
  double value = 0;       ///< finite, or +inf: it leaves the picture
  bool observed = false;  ///< the largest seen; else a bound, which nothing exceeds
  std::string told;       ///< "0x1p+3 to 0x1p+4: ≥ 0.5039 ulp at 0x1.2p+3 (9)"
};

/// A line across the bars.
struct Level {
  double value = 0;
  std::string name;       ///< "claim"
  bool is_limit = false;  ///< nothing ought to be above it
};

/// A text below the bars, under the one of that number.
struct Tick {
  std::size_t bar = 0;
  std::string text;
};

struct BarChart {
  std::string title;
  std::string unit;     ///< of the values: "ulp"
  std::string caption;  ///< over how many cases, and what is left out
  std::vector<Bar> bars;
  std::vector<Level> levels;
  std::vector<Tick> ticks;
  bool logarithmic = false;
};

/// The largest errors of accuracy by the size of argument or result, a chart for each mode that was
/// tried: at most `most_bars` bars, each as high as the worst of what it stands for. None where no
/// error is above worth_keeping (props/tally/binades.hpp).
inline constexpr std::size_t most_bars = 64;
std::vector<BarChart> error_charts(const TargetResult& target);

}  // namespace napier
