// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "lib/fp/float.hpp"

namespace napier {

/// The shortest decimal that is nearest to this datum and no other of its format: it reads back as
/// what it was. "inf", "-inf" and "nan" where there is none.
std::string to_decimal(Float x);

/// Both spellings: "0x1.8p+1 (3)"; hex alone where a decimal would say the same.
std::string to_hex_and_decimal(Float x);

}  // namespace napier
