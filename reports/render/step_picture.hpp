// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "props/subject/result.hpp"

namespace napier {

/// Predicted and observed error over the step, both axes logarithmic, as an SVG of class `steps`,
/// with the chosen step and the best marked. Errors below 1 ulp stand at the bottom; infinite ones
/// are left out. Every error is a dot that says what it is.
std::string step_picture(const StepSizes& steps);

}  // namespace napier
