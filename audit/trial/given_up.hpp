// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "props/property/property.hpp"
#include "props/subject/result.hpp"

namespace napier {

/// The properties that were not tried, or not in every mode, since too many calls had not returned:
/// told in one note, however many there are.
class GivenUp {
 public:
  void add(const Property& property) {
    if (std::ranges::find(names_, property.name) == names_.end()) names_.push_back(property.name);
  }

  void tell(TargetResult& result) const {
    if (names_.empty()) return;
    result.notes.push_back(fmt::format(
        "Too many calls had not returned: {} {} not tried further ({})", names_.size(),
        names_.size() == 1 ? "property was" : "properties were", fmt::join(names_, ", ")));
  }

 private:
  std::vector<std::string_view> names_;
};

}  // namespace napier
