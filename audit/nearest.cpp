// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lib/util/edit_distance.hpp"

namespace napier {
std::vector<std::string> nearest_names(std::string_view text,
                                       std::span<const std::string_view> names, std::size_t count) {
  const std::size_t farthest = std::max<std::size_t>(2, text.size() / 2);
  std::vector<std::pair<std::size_t, std::string_view>> scored;
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(text, name);
    if (distance <= farthest) scored.emplace_back(distance, name);
  }
  std::ranges::sort(scored);
  scored.erase(std::unique(scored.begin(), scored.end()), scored.end());
  scored.resize(std::min(count, scored.size()));
  std::vector<std::string> nearest;
  nearest.reserve(scored.size());
  for (const auto& [distance, name] : scored) nearest.emplace_back(name);
  return nearest;
}

std::string nearest_clause(std::string_view text, std::span<const std::string_view> names) {
  const std::vector<std::string> nearest = nearest_names(text, names);
  return nearest.empty() ? "" : fmt::format("; nearest: {}", fmt::join(nearest, ", "));
}

}  // namespace napier
