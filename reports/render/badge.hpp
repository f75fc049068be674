// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"

namespace napier {

/// The JSON that shields.io's endpoint badges read: the outcome in a few words, and its colour. A
/// single target's says its largest error.
std::string render_badge(const Report& report);

}  // namespace napier
