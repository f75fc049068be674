// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "reports/report.hpp"
#include "reports/store/json_node.hpp"

namespace napier {

/// A rounding mode by its name.
Rounding rounding(const JsonNode& node);

/// Reads what was observed of a target beside its verdict, whose data are all of one format. Each
/// refuses what doesn't fit together, as JsonNode does.
struct ObservedReader {
  const Format& format;

  std::vector<Float> data(const JsonNode& node) const {
    return node.list([this](const JsonNode& element) { return element.datum(format); });
  }
  std::optional<Float> datum(const JsonNode& node) const {
    return node.is_null() ? std::nullopt : std::optional(node.datum(format));
  }

  static std::vector<ErrorFigures> figures(const JsonNode& node);
  SeenError seen_error(const JsonNode& node) const;
  Profile profile(const JsonNode& node) const;
  Misrounded unsaturated(const JsonNode& node) const;
  SpecialGrid special(const JsonNode& node) const;
  HeatMap heat_map(const JsonNode& node) const;
  static StepSizes step_sizes(const JsonNode& node);
};

}  // namespace napier
