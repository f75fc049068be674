// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>

#include "reports/view/step_chart.hpp"

namespace napier {

/// A page of pictures, an SVG for each chart: predicted and observed error over the step, both
/// axes logarithmic, with the shipped step and the best marked. It needs no other file.
std::string render_step_page(std::span<const StepChart> charts);

}  // namespace napier
