// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/candidate.hpp"

namespace napier {

/// Judges the value that a derivative of the shelf differentiates by its own claim, on some
/// thousand calls, before the derivative is asked anything: claims of derivatives are derived from
/// that one, and laws read both. What is said where it fell: a note that names it, with the call.
/// Nothing if it stands.
void judge_value_beside(const Target& target, const CampaignOptions& options, TargetResult& result);

}  // namespace napier
