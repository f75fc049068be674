// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "props/property/property.hpp"

namespace napier {

/// The properties whose names match one of the globs, or whose law has that number ("1.1"); throws
/// std::invalid_argument with the nearest names for a glob that matches none.
std::vector<const Property*> select_properties(const std::vector<std::string>& globs);

/// Whether one of them is its name, or the number of its law.
bool is_named(const Property& property, const std::vector<std::string>& globs);

/// Whether the calls of one of them are made so.
bool is_any_called(const std::vector<const Property*>& properties, Calling calling);

}  // namespace napier
