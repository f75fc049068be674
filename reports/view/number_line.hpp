// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace napier {

/// Something on a number line: a point where its ends are equal, an interval elsewhere. An infinite
/// end lies beyond the picture, an empty interval (a NaN end) nowhere.
struct LineItem {
  std::string name;
  double lo = 0;
  double hi = 0;
};

/// A picture in text: an axis with round figures in the named unit, and a row for each item below
/// it, `*` for a point and `[====]` for an interval. It shows where things lie to about one column
/// in sixty and proves nothing. Empty where no end is finite.
///
///     ulp      -1        0         1         2
///              +---------+---------+---------+
///     allowed  [===================]
///     got                                  *
std::string number_line(std::span<const LineItem> items, std::string_view unit,
                        std::string_view indent);

}  // namespace napier
