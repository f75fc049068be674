// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/values.hpp"

#include <algorithm>
#include <array>

#include "audit/nearest.hpp"
#include "audit/selection.hpp"

namespace napier {

std::vector<std::string> property_names(const TomlNode& node) {
  std::vector<std::string> names = node.texts();
  if (names.empty()) node.refuse("names no property");
  node.at_this_place([&] { static_cast<void>(select_properties(names)); });
  return names;
}

std::vector<Rounding> roundings_of(const TomlNode& node) {
  constexpr std::array<std::string_view, 5> known{"nearest", "up", "down", "zero", "all"};
  std::vector<Rounding> all;
  for (const std::string& text : node.texts()) {
    if (text == "all") return {all_roundings.begin(), all_roundings.end()};
    const auto rounding = find_rounding(text);
    if (!rounding)
      node.refuse("'" + text + "' is no rounding mode" + nearest_clause(text, known) +
                  "; there are nearest, up, down, zero and all");
    if (std::ranges::find(all, *rounding) == all.end()) all.push_back(*rounding);
  }
  if (all.empty()) node.refuse("names no rounding mode");
  return all;
}

}  // namespace napier
