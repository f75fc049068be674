// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "audit/isolation/history.hpp"
#include "lib/target/target.hpp"
#include "props/subject/result.hpp"

// Processes of a foreign target that ended: each is a finding of `returns`, whether or not a call
// can be told that ended it.
namespace napier {

/// The processes that ended since the last time. The callers are of one target; those of one that
/// is called in this process lose none.
std::vector<Loss> take_losses(const std::vector<Caller*>& callers);

/// Has the finding say how that process ended: it did not when its call was made again, or an
/// interruption forbade to ask.
void tell_loss(const Loss& loss, bool interrupted, Finding& found);

/// The finding that processes ended and no call had their death for its answer, its witness being
/// the call begun last. Of at least one; it may not show again.
Finding finding_of(const std::vector<Loss>& untold);

}  // namespace napier
