// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace napier {

/// How the fault of a finding begins that is about all errors together: no case is to blame.
inline constexpr std::string_view over_all_text = "over all arguments ";

}  // namespace napier
