// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "reports/view/charts.hpp"

namespace napier {

/// What the script tells of the bars of a page's charts, as JSON: a list for each figure and not an
/// object for each bar, and lists that charts share once.
class PictureData {
 public:
  void add(const BarChart& chart, const std::string& key);
  /// {"axes": [[…], …], "charts": {key: {…}, …}}. In a chart "from" is the number of a list of
  /// axes, "to" has only what is not where the next bar begins, and "mark" stands before each "is".
  std::string text() const;

 private:
  std::vector<std::string> axes_;
  std::string charts_;
};

}  // namespace napier
