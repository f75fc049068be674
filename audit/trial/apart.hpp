// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/trial/trial.hpp"

namespace napier {

/// Whether calls are made apart from the crew, whose threads come and go.
constexpr bool is_apart(Calling calling) {
  return calling != Calling::plain && calling != Calling::by_others;
}

/// Judges a property whose calls are made apart, on so many cases, or fewer if it is interrupted.
/// The calls in two threads have callers of their own, and a remark of the share of the time in
/// which both were calling.
Judged judge_apart(const Property& property, const Subject& subject, const Domain& domain,
                   std::uint64_t cases, const CampaignOptions& options, Caller& target);

}  // namespace napier
