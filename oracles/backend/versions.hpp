// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace napier {

/// The libraries that the oracles compute with, and their versions: "Boost 1.74, MPFI 1.5.3, …".
std::string backend_versions();

}  // namespace napier
