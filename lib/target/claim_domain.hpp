// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "lib/target/claim.hpp"

namespace napier {

/// The end of an interval: a decimal, rounded to binary64, an exact hex float, inf or -inf. Throws
/// std::invalid_argument with a message that goes on after what was given.
double interval_end(std::string_view text);

/// Refuses an interval that holds no finite number of the format, in the same way.
void check_holds_any(const Range& range, const Format& format);

}  // namespace napier
