// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/trial/trial.hpp"

namespace napier {

// Where the calls of a target are made, and what is told of that.

/// Notes whether other processes are safe from the target, and what of its claim can't be judged
/// because of how it is called; and whether a value that is differentiated breaks its own claim.
void note_surroundings(const Target& target, const CampaignOptions& options, const Caller& caller,
                       TargetResult& result, TrialRecord& record);

/// Notes why a property that the user named is not asked; the laws of a derivative without its
/// value are told of anyway.
void note_not_asked(const Property& property, const std::string& why, TargetResult& result);

/// Notes how much of a table of results was compared, where that was not all.
void note_part_of_table(const Target& target, TargetResult& result);

/// Remembers what a command said, which may be something else each time, so that it is no part of
/// the target's results.
void remember_words(const std::vector<Caller*>& callers, const TargetResult& result,
                    TrialRecord& record);

}  // namespace napier
