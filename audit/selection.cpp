// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/selection.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <stdexcept>

#include "audit/nearest.hpp"

namespace napier {

namespace {

/// By its name, or by the number of its law.
bool matches(const std::string& glob, const Property& property) {
  return fnmatch(glob.c_str(), std::string(property.name).c_str(), 0) == 0 ||
         (!property.law.empty() && glob == property.law);
}

}  // namespace

std::vector<const Property*> select_properties(const std::vector<std::string>& globs) {
  const auto all = all_properties();
  for (const std::string& glob : globs) {
    if (std::ranges::any_of(all, [&](const Property& p) { return matches(glob, p); })) continue;
    std::vector<std::string_view> names;
    for (const Property& property : all) names.push_back(property.name);
    throw std::invalid_argument("no property is named '" + glob + "'" +
                                nearest_clause(glob, names));
  }
  std::vector<const Property*> selected;
  for (const Property& property : all)
    if (globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
          return matches(glob, property);
        }))
      selected.push_back(&property);
  return selected;
}

bool is_named(const Property& property, const std::vector<std::string>& globs) {
  return std::ranges::any_of(globs, [&](const std::string& glob) {
    return glob == property.name || (!property.law.empty() && glob == property.law);
  });
}

bool is_any_called(const std::vector<const Property*>& properties, Calling calling) {
  return std::ranges::any_of(properties, [=](const Property* p) { return p->calling == calling; });
}

}  // namespace napier
