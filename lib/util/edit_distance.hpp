// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace napier {

/// How many characters have to be put in, left out or changed (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace napier
