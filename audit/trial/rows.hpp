// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "audit/candidate.hpp"
#include "props/property/property.hpp"
#include "reports/report.hpp"

namespace napier {

/// The result of a candidate of which nothing is known yet.
TargetResult result_for(const Candidate& candidate);

/// Whether errors are claimed, and there was no argument at which one could be measured: then the
/// claim does not stand, for nothing was judged.
bool asked_nowhere(const Property& property, const Subject& subject, const Tally& tally);

/// What a report says of a property's tally over a domain.
Measurement measurement_of(const Property& property, const Subject& subject, std::string domain,
                           Strength strength, const Tally& tally);

/// Says of the last measurement what it means for what is claimed of all errors together: a finding
/// where every argument was asked and it is not so, for which no single call is to blame, and a
/// note where a sample can't judge it.
void tell_statistics(TargetResult& result, Basis basis, const Target& target,
                     const std::string& claim_options);

/// The row of a law or anchor; `why_not` says why it can't be asked, and is empty if it was.
LawRow law_row_of(const Property& property, const Subject& subject, const Tally& tally,
                  const std::string& why_not);

/// Adds it. The slope laws have two rows, the chord and the direct one: the applicable one stays.
void add_row(TargetResult& result, LawRow row);

/// What a domain is called, by its strata.
std::string strata_text(const Domain& domain);
/// Samples, where the rest was not asked: of a domain that was to be asked whole it is said,
/// "a part of every pair of arguments".
Strength as_cut(Domain& domain, Strength strength);
/// … and that of a search.
inline constexpr const char* searched_text = "intervals of large errors, down to neighbours";
/// … and that of TellingPlaces.
inline constexpr const char* telling_places_text = "where other properties found something";
/// … of one that was asked where the report has pictures of it.
inline constexpr const char* looks_text = "calls that pictures are made of";

/// The command that shows a finding's smallest witness again, for a POSIX shell whatever the target
/// is called; the claim's options are words of one already.
std::string replay_line(const Target& target, const std::string& claim_options,
                        const Finding& finding);

/// The verdict on findings and measurements: refuted > inconclusive > known > stands, or measured
/// if nothing was claimed. Inconclusive if it was not tried in full or at all, or if a judged
/// property left all its cases undecided, or more than one in a million; of an exhaustive one, any.
TargetVerdict verdict_of(const TargetResult& result);

}  // namespace napier
