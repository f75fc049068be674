// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/fp/float.hpp"

namespace napier {

/// The one spelling of a datum: C99 hex with leading digit 1 (subnormals too), no trailing zeros,
/// 0x0p+0 only for zero; inf, -inf, nan:0xPAYLOAD (sign kept as -nan:…, the payload without the
/// quiet bit's meaning: all stored fraction bits).
std::string to_hex(Float x);
std::string to_hex(const Dyadic& value);
/// Arguments in a row: "0x1p+0, 0x1.8p+1".
std::string to_hex(std::span<const Float> arguments);

/// Reads what to_hex writes, any C99 hex float, and decimal numbers, exactly.
///
/// Throws std::invalid_argument with a message that names the text, when it is no number or is not
/// a datum of the format exactly. Decimals are rounded to nearest instead, as a C compiler would.
Float parse_float(const Format& format, std::string_view text);

}  // namespace napier
