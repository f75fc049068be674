// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/view/charts.hpp"

namespace napier {

/// The chart as HTML: an SVG that stretches to the width of the page, of one path for all bars of a
/// kind, beside its scale, with its marks below, as text that keeps its size on a phone. Colours
/// are the page's: classes bars, over, mean, level, grid. `key` names it to the script.
std::string picture(const BarChart& chart, const std::string& key);

}  // namespace napier
