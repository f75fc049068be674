// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// Which end of an interval a text is.
enum class IntervalEnd { lower, upper };

/// The end of an interval: the outermost binary64 that lies inside of a decimal as it is stated, or
/// an exact hex float, inf or -inf. So 0.1, which no binary64 is, ends an interval below the number
/// of that name, and begins one there. Throws std::invalid_argument with a message that goes on
/// after what was given.
double interval_end(std::string_view text, IntervalEnd which);

/// Whether an interval begins above its end, and is not only too narrow for any binary64.
bool is_reversed(const Range& range);

/// A domain as options give it: "LO,HI", for pow "x=LO,HI" and "y=LO,HI", each once. Throws
/// std::invalid_argument with a message that begins with what was given.
ClaimDomain parse_domain(const std::vector<std::string>& given, const Function& of,
                         const Format& format);

/// Refuses an interval that holds no finite number of the format, in the same way.
void check_holds_any(const Range& range, const Format& format);

}  // namespace napier
