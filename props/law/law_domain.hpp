// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"
#include "props/law/law_judge.hpp"

namespace napier {

/// Where a law is asked of a subject: points of which every call lies inside the claim's domain
/// and no argument overflows.
Domain law_domain(const LawReadings& law, const Subject& subject);

/// Every case of a law of one base that takes arguments as they are, in a format of 16 bits: each
/// argument, or each pair of them. nullopt for others.
std::optional<Domain> every_law_case(const LawReadings& law, const Subject& subject);

}  // namespace napier
