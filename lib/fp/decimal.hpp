// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "lib/fp/float.hpp"

namespace napier {

/// The shortest decimal that is nearest to this datum and no other of its format: it reads back as
/// what it was. "inf", "-inf", "nan" and "-nan" where there is none; other NaNs with their payload
/// in hex, "nan:0x200".
std::string to_decimal(Float x);

/// Whether the shortest decimal is the datum itself, and not only nearest to it: of 0.25, not of
/// 0.1.
bool is_exact_in_decimal(Float x);

/// Both spellings: "0.1 (0x1.999999999999ap-4)"; one where the other would say the same: "0.25",
/// "-inf".
std::string to_decimal_and_hex(Float x);

}  // namespace napier
