// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "reports/report.hpp"
#include "reports/view/view.hpp"

// Pictures as plain values: what is drawn and what is said of it. A renderer gives them a form.
namespace napier {

/// A bar from `low` to `value`, and what is told of it to whoever points at it.
struct Bar {
  double value = 0;          ///< finite, or infinite: it leaves the picture
  double low = 0;            ///< in a signed chart the least error, else 0
  double mean = NAN;         ///< of a signed chart, of no call not a number
  std::string from{}, to{};  ///< its range: "−2⁴", "-745"
  std::string at{};          ///< where its value was met, in hex; empty where that is not known
  std::string figure{};      ///< the value in words: "≥ 0.5039"; not of a signed chart
  std::uint64_t calls = 0;   ///< of a signed chart
  double rms = 0;            ///< likewise: the root mean square
  friend bool operator==(const Bar&, const Bar&) = default;
};

/// A line across the bars.
struct Level {
  double value = 0;
  std::string name;       ///< "claim"
  bool is_limit = false;  ///< nothing ought to be beyond it
};

/// A text below the bars, under the left end of the one of that number.
struct Tick {
  std::size_t bar = 0;
  std::string text;
};

struct BarChart {
  std::string title;
  std::string unit;      ///< of the values: "ulp"
  std::string caption;   ///< over how many cases, and what is left out
  std::string subject;   ///< what bars are of: "arguments"
  std::string function;  ///< whose calls they are
  std::vector<Bar> bars;
  std::vector<Level> levels;
  std::vector<Tick> ticks;
  bool logarithmic = false;
  double top = HUGE_VAL;   ///< what is larger, and finite, leaves the picture, too: it stands alone
  bool observed = true;    ///< the largest seen; else bounds, which nothing exceeds
  bool is_signed = false;  ///< errors of both signs around a line at 0
};

/// The largest errors of accuracy by the size of argument or result, a chart for each mode that was
/// tried: at most `most_bars` bars, each as high as the worst of what it stands for. None where no
/// error is above worth_keeping (props/tally/binades.hpp).
inline constexpr std::size_t most_bars = 64;
std::vector<BarChart> error_charts(const TargetResult& target);

/// The signed errors of the profile along the arguments, and by the fraction of log2 of the result:
/// none without a profile.
std::vector<BarChart> profile_charts(const TargetResult& target);

/// The same in figures: least and largest error, mean and root mean square along the arguments, in
/// at most `most_profile_rows` rows. Empty without a profile.
inline constexpr std::size_t most_profile_rows = 16;
Table profile_table(const TargetResult& target);

}  // namespace napier
