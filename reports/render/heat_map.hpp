// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/view/heat.hpp"

namespace napier {

/// The chart as HTML: an SVG with one path for all cells of a strength, each of which says what it
/// stands for; colours are the page's.
std::string heat_map(const HeatChart& chart);

}  // namespace napier
