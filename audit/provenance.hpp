// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/candidate.hpp"

namespace napier {

/// What this program, this machine and these options are; budgets are left to the caller.
Provenance provenance(const CampaignOptions& options);

/// The C library that this program runs on: "glibc 2.36".
std::string libm_version();

}  // namespace napier
