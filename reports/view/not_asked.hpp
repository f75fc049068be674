// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace napier {

/// How the note of a target begins that says which properties can't be asked of it, and why.
inline constexpr std::string_view not_asked_note = "Not asked: ";

}  // namespace napier
