// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/view/view.hpp"

namespace napier {

/// A plane of two arguments in columns and rows, each cell as strong as its figure is large.
struct HeatChart {
  std::string title;    ///< "Law 1.1 product: share of the claim"
  std::string caption;  ///< over how many cases
  std::string x_name, y_name;
  std::vector<std::string> x_ends, y_ends;    ///< in decimal, one more than columns and rows
  std::vector<std::optional<double>> shares;  ///< of `top`, row by row from the lowest y
  std::string top;                            ///< the figure of a share of 1: "100 %", "0.51 ulp"

  std::size_t columns() const { return x_ends.size() - 1; }
  std::size_t rows() const { return y_ends.size() - 1; }
};

/// A picture for each map of the target.
std::vector<HeatChart> heat_charts(const TargetResult& target);

}  // namespace napier
