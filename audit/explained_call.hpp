// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "lib/target/caller.hpp"
#include "props/judge/judge.hpp"

namespace napier {

// One call explained to a reader: lines of text, each preceded by a line break.

/// What the call gave, what is right and how far apart they are: in ulps, relatively and
/// absolutely, in hex and in decimal.
std::string call_text(const Function& function, const Subject& subject, const Request& request,
                      const Answer& answer);

/// Where the result, the right one and the results that the claim allows lie, as a picture of the
/// number line; empty where there is no finite distance to show.
std::string call_picture(const Function& function, const Subject& subject, const Request& request,
                         const Answer& answer);

/// The errors at arguments around the call's, nearest and far, on both sides and along each
/// argument: whether one argument is wrong, or a stretch. Asks the target again, some ten times an
/// argument, and ends at a call without an answer.
std::string neighbours_text(const Function& function, const Subject& subject,
                            const Request& request, Caller& caller);

}  // namespace napier
