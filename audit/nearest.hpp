// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace napier {

/// "; nearest: exp, exp2": up to three of the names, or nothing if all are too far from the text to
/// have been meant (more than half its length, and more than 2).
std::string nearest_clause(std::string_view text, std::span<const std::string_view> names);

}  // namespace napier
