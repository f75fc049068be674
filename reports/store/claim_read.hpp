// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "reports/report.hpp"
#include "reports/store/json_node.hpp"

namespace napier {

/// The claim in a report, of a function in a format. Throws std::runtime_error, in one line that
/// says where, for what is none.
Claim claim_of(const JsonNode& node, const Format& format, std::string_view function);

}  // namespace napier
