// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace napier {

/// The cause of a diagnosis (props/subject/result.hpp) where no model fits.
inline constexpr std::string_view no_pattern = "no pattern";

}  // namespace napier
