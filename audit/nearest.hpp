// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace napier {

/// Up to `count` of the names, nearest to the text by edit distance first; those too far to have
/// been meant (more than half the text's length, and more than 2) are left out.
std::vector<std::string> nearest_names(std::string_view text,
                                       std::span<const std::string_view> names,
                                       std::size_t count = 3);

/// "; nearest: exp, exp2", or nothing.
std::string nearest_clause(std::string_view text, std::span<const std::string_view> names);

}  // namespace napier
