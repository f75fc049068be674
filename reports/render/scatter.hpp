// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>

#include "reports/view/speed.hpp"

namespace napier {

/// Largest errors over the time of a call, both logarithmic, as HTML: an SVG whose dots are links
/// to the targets and say what they are. An infinite error is at the upper edge. At least one
/// point.
std::string scatter(std::span<const SpeedPoint> points);

}  // namespace napier
