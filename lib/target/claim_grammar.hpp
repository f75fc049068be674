// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// Reads a claim as people write it, for results in a format:
///
///   CLAIM    PROMISE; PROMISE; …
///   PROMISE  WHAT [on DOMAIN | elsewhere] [in MODES]
///   WHAT     rel <= R, and every other row of error_kinds.cpp: see promises_help()
///   DOMAIN   [LO, HI] | x in [LO, HI] | y in [LO, HI] | x in [LO, HI], y in [LO, HI]
///   MODES    nearest, up, down, zero, directed, all: one or several, with commas
///
/// Numbers are decimals, with an exponent or without, or hex floats. An error is promised to
/// nearest unless modes are named; correct rounding and the like in every mode that is asked for;
/// the others have modes of their own, which docs/semantics.md names. The claim's `sentence` is the
/// text with single blanks.
///
/// Promises about errors may hold in different places, `elsewhere` being where no promise of the
/// claim says that it holds. At one place all hold that say so; two of one kind may not. The other
/// promises hold on the whole domain of the claim, the least that all places lie in.
/// Throws std::invalid_argument with one line that names the place and the mend.
Claim parse_claim(std::string_view text, const Function& function, const Format& format);

/// What can be promised, of a result y and the true value t: a line each, for --help.
std::string promises_help();

/// Throws std::invalid_argument for a claim that only permits (flushing, an early overflow) and
/// promises nothing.
void check_says_something(const Claim& claim);

}  // namespace napier
