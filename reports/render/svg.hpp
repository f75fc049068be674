// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/view/charts.hpp"

namespace napier {

/// A bar chart as SVG, to stand in an HTML page: its colours come from the page's style by classes
/// (bar, bound, observed, over, level, grid), each bar says its figures to whoever points at it,
/// and it needs no script. An observed maximum is an open bar, a bound a filled one; "over" is a
/// bar above a level that is a limit.
std::string svg(const BarChart& chart);

}  // namespace napier
