// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"
#include "props/law/law_judge.hpp"

namespace napier {

/// Cases of a law of a^x with a call at an end of the claim's domain, or next to it, asked before
/// all others. None where no exponent has an end.
void add_ends_of_domain(Domain& domain, const LawReadings& law, const Subject& subject);

}  // namespace napier
