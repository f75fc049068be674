// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace napier {

/// SHA-256 of bytes, in hex.
std::string sha256(std::string_view bytes);

}  // namespace napier
