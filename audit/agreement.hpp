// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/candidate.hpp"
#include "oracles/enclosure.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"

namespace napier {

/// Whether an enclosure of the double-double filter and one of the reference share a value.
bool may_be_equal(const FastEnclosure& filter, const Enclosure& reference);

/// Whether the reference agrees with the independent oracle and with the filter, where that has a
/// value, at some hundred points of every function and format under trial: their enclosures of the
/// same value must meet. Once `stop` is
/// raised no other function and format is begun.
OracleAgreement oracle_agreement(const std::vector<Candidate>& candidates, Seed seed,
                                 const StopFlag* stop = nullptr);

}  // namespace napier
