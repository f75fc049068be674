// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"
#include "props/law/law_judge.hpp"

namespace napier {

/// Where a law of logarithms is asked: as law_domain(), which hands on to it.
Domain log_law_domain(const LawReadings& law, const Subject& subject);

}  // namespace napier
