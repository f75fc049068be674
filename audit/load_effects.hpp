// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/target.hpp"
#include "props/result.hpp"

namespace napier {

/// Adds what loading a foreign object did to the process as a finding of `environment`, and what
/// it printed as a note. Nothing for an implementation of this program.
void note_load_effects(const Target& target, const Caller& caller, TargetResult& result);

}  // namespace napier
