// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "reports/report.hpp"

namespace napier {

/// A form in which a report can be written to a file, from its plain values alone.
struct Renderer {
  std::string_view name;       ///< as after --as
  std::string_view extension;  ///< of report.*
  std::string_view about;      ///< what it is for, in a line
  std::string (*render)(const Report& report);
};

/// Every form but the terminal's, which depends on the terminal.
std::span<const Renderer> renderers();

}  // namespace napier
