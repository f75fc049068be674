// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/property.hpp"
#include "reports/report.hpp"

namespace napier {

/// What a report says of a property's tally over a domain.
Measurement measurement_of(const Property& property, const Subject& subject, std::string domain,
                           Strength strength, const Tally& tally);

/// The row of a law or anchor; `why_not` says why it can't be asked, and is empty if it was.
LawRow law_row_of(const Property& property, const Subject& subject, const Tally& tally,
                  const std::string& why_not);

/// The verdict on findings and measurements: refuted > inconclusive > stands, or measured if
/// nothing was claimed. Inconclusive if it was not tried in full, or if a judged property left all
/// its cases undecided, or more than one in a million; of an exhaustive one, any.
TargetVerdict verdict_of(const TargetResult& result);

}  // namespace napier
