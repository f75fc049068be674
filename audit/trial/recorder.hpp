// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>

#include "audit/candidate.hpp"
#include "audit/trial/interruption.hpp"
#include "audit/trial/trial.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Writes what was judged of a candidate into its result: rows of figures and of laws, and the
/// findings, which it asks the target to confirm. Keeps references to all that it is given.
class Recorder {
 public:
  Recorder(const Candidate& candidate, const CampaignOptions& options, Crew& crew,
           Interruption& interruption, TargetResult& result)
      : candidate_(candidate),
        options_(options),
        crew_(crew),
        interruption_(interruption),
        result_(result) {}

  void add_measurement(const Property& property, const Subject& subject, std::string domain,
                       Strength strength, const Tally& tally);
  /// `why_not` says why the law can't be asked, and is empty if it was.
  void add_law_row(const Property& property, const Subject& subject, const Tally& tally,
                   const std::string& why_not);

  /// Adds the finding, with the line that replays it.
  void add_finding(Finding found);
  using Change = std::function<void(Finding&)>;
  /// Adds the finding of a tally with refuted cases as changed, unless Napier's reference, or a
  /// replay, denies it: then there is none, and that is said.
  void add_finding_of(
      const Property& property, const Subject& subject, const Domain& domain, const Tally& tally,
      const Change& change = [](Finding&) {});
  /// The same, in place of the one that the property has in that mode, if it has one.
  void renew_finding_of(const Property& property, const Subject& subject, const Domain& domain,
                        const Tally& tally);

  /// What was judged apart, and can't be asked again as it was.
  void add_apart(const Property& property, const Subject& subject, const Domain& domain,
                 const Tally& tally);

 private:
  Finding confirmed(const Property& property, const Subject& subject, const Domain& domain,
                    const Tally& tally);
  void add_races(const Property& property, const Subject& subject, const Domain& domain,
                 const Tally& seen);

  const Candidate& candidate_;
  const CampaignOptions& options_;
  Crew& crew_;
  Interruption& interruption_;
  TargetResult& result_;
};

}  // namespace napier
