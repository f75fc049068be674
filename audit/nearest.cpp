// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lib/util/nearest.hpp"

namespace napier {

std::string nearest_clause(std::string_view text, std::span<const std::string_view> names) {
  const std::size_t farthest = std::max<std::size_t>(2, text.size() / 2);
  const std::vector<std::string> nearest = nearest_names(text, names, 3, farthest);
  return nearest.empty() ? "" : fmt::format("; nearest: {}", fmt::join(nearest, ", "));
}

}  // namespace napier
