// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "lib/target/target.hpp"
#include "props/property/property.hpp"

namespace napier {

/// The properties whose names match one of the globs, or whose law has that number ("1.1"); throws
/// std::invalid_argument with the nearest names for a glob that matches none.
std::vector<const Property*> select_properties(const std::vector<std::string>& globs);

/// Whether the calls of one of them are made so.
bool is_any_called(const std::vector<const Property*>& properties, Calling calling);

/// The targets of the catalogue that a name or glob means; throws std::invalid_argument with the
/// nearest names if it means none.
std::vector<const Target*> select_targets(const std::string& pattern);

}  // namespace napier
