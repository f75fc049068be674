// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>

#include "props/judge/judge.hpp"

// Refuted cases as they were met, of properties whose calls can't be made again as they were: two
// threads at once, an element amid an array, a call amid a past.
namespace napier {

/// The last answer of a case, if that returned, and what the property says of all of them.
Witness witness_of(const Property& property, const Subject& subject, const Point& point,
                   Transcript transcript);

/// The finding of a tally with refuted cases that nobody is asked about again: its first one and
/// the worst, each with its answers.
Finding finding_as_met(const Property& property, const Subject& subject, const Tally& tally,
                       std::string explanation);

}  // namespace napier
