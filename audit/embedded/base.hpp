// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string_view>

#include "lib/target/target.hpp"

// A function of one argument that is base^x: audited as a power, at that base alone.
namespace napier {

/// Throws std::invalid_argument, with one line that names the mend, where a base makes no sense of
/// such a function.
void check_base_fits(const Function& function, const Shape& shape);

/// Reads a base as a number of the format. Throws std::invalid_argument for what is none, and for
/// a base that no power is to be had of: 1 has the one value 1, and a negative one has no real
/// powers but at integers.
Float base_of(std::string_view text, const Format& format);

/// Lets the claim of a power speak of that base alone. Throws std::invalid_argument if it says
/// nothing there.
void hold_at_base(Claim& claim, Float base);

/// Calls a function of one argument, the exponent, as a power whose base it has in itself.
std::unique_ptr<Caller> caller_at_a_base(std::unique_ptr<Caller> of_one);

}  // namespace napier
