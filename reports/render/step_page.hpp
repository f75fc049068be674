// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>

#include "props/subject/result.hpp"

namespace napier {

/// A formula over its step, and what is said of it.
struct StepFigure {
  std::string title;    ///< the formula
  std::string caption;  ///< of what, where, and how the shipped step compares
  StepSizes steps;
};

/// A page of step_picture()s. It needs no other file.
std::string render_step_page(std::span<const StepFigure> figures);

}  // namespace napier
