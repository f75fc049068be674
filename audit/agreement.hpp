// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/campaign.hpp"

namespace napier {

/// Whether the reference and the independent oracle agree, at some hundred points of every
/// function and format under trial: their enclosures of the same value must meet. Once `stop` is
/// raised no other function and format is begun.
OracleAgreement oracle_agreement(const std::vector<Candidate>& candidates, Seed seed,
                                 const StopFlag* stop = nullptr);

}  // namespace napier
