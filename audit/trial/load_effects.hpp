// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "lib/target/caller.hpp"
#include "lib/target/target.hpp"
#include "props/subject/result.hpp"

namespace napier {

/// What loading a foreign object and first calling it did to the process, as findings of
/// `environment` without arguments. None for an implementation of this program.
std::vector<Finding> load_effects(const Caller& caller);
/// What the first call in its process gave, as a finding of `deterministic`, if it now gives
/// something else. Nothing for an implementation of this program: it was perhaps called before.
std::optional<Finding> first_call_changed(Caller& caller);

/// Throws std::runtime_error with one line where a foreign function of one argument gives back each
/// of a few arguments: that is an array function called by a value, or a process that echoes what
/// it is asked, and no function that we know.
void check_is_no_echo(const Target& target, Caller& caller);

/// Adds notes of which objects the functions come from that a foreign object calls, and where a
/// refuted function of one value is perhaps one of arrays.
void note_arrival(const Caller& caller, TargetResult& result);

/// Whether any of the callers' targets printed something.
bool anything_printed(const std::vector<Caller*>& callers);
/// Adds a note that it did.
void note_printing(bool printed, TargetResult& result);

}  // namespace napier
