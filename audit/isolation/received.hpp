// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/caller.hpp"

// What comes from memory that the target can write into is read once, and each of its parts made a
// value of its type: a bool that is neither true nor false would be both to whoever asks twice.
namespace napier {

bool received(const bool& given);
BlockEffects received(const BlockEffects& given);
Placement received(const Placement& given);
/// … of its value the bits alone, which may be more than a datum has.
Answer received(const Answer& given);

}  // namespace napier
