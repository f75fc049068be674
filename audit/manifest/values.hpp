// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "audit/manifest/toml_tree.hpp"
#include "lib/fp/rounding.hpp"

// What several kinds of files say in the same way.
namespace napier {

/// Names of properties, each of one that there is.
std::vector<std::string> property_names(const TomlNode& node);
/// nearest, up, down, zero, or all.
std::vector<Rounding> roundings_of(const TomlNode& node);

}  // namespace napier
