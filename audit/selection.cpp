// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/selection.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <stdexcept>

#include "audit/nearest.hpp"
#include "lib/target/catalogue.hpp"

namespace napier {

std::vector<const Property*> select_properties(const std::vector<std::string>& globs) {
  const auto all = all_properties();
  if (globs.empty()) return {all.begin(), all.end()};
  std::vector<const Property*> selected;
  for (const std::string& glob : globs) {
    const bool any = std::ranges::any_of(all, [&](const Property* property) {
      return fnmatch(glob.c_str(), std::string(property->name()).c_str(), 0) == 0;
    });
    if (any) continue;
    std::vector<std::string_view> names;
    for (const Property* property : all) names.push_back(property->name());
    throw std::invalid_argument("no property is named '" + glob + "'" +
                                nearest_clause(glob, names));
  }
  for (const Property* property : all)
    if (std::ranges::any_of(globs, [&](const std::string& glob) {
          return fnmatch(glob.c_str(), std::string(property->name()).c_str(), 0) == 0;
        }))
      selected.push_back(property);
  return selected;
}

std::vector<const Target*> select_targets(const std::string& pattern) {
  std::vector<const Target*> matches = catalogue().match(pattern);
  if (!matches.empty()) return matches;
  std::string nearest;
  for (const std::string& name : catalogue().nearest(pattern))
    nearest += (nearest.empty() ? "; nearest: " : ", ") + name;
  throw std::invalid_argument("no target is named '" + pattern + "'" + nearest +
                              " (napier list shows all)");
}

}  // namespace napier
