// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/view/view.hpp"

// What a difference formula leaves out falls with its step, and what it rounds grows: together a V.
namespace napier {

/// How the step that was chosen compares: "the step 2^-17 is the best", "… is near the best, 2^-26:
/// 1.2 times its error".
std::string step_verdict(const StepSizes& steps);
/// The same with what is predicted of the chosen step and what was found, in a sentence.
std::string step_text(const StepSizes& steps);
/// A row a step, from the longest: its parts, what is predicted and what was found.
Table step_table(const StepSizes& steps);

}  // namespace napier
