// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/candidate.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// Asks a property at these points, as far as its domain admits them; nothing where it admits none.
std::optional<Tally> ask_at(const std::vector<Point>& points, const Property& property,
                            const Subject& subject, Seed seed, Callers callers);

/// The cases that a candidate is asked whatever else is drawn: what was refuted before, its corpus,
/// and witnesses of its known issues, so that an issue that is there is found and one that shows no
/// more is told.
class GivenCases {
 public:
  explicit GivenCases(const Candidate& candidate);

  struct Asked {
    std::string where;  ///< as a domain is called
    Tally tally;
  };
  /// Asks the property at the cases that are its own in this mode; nothing if it has none.
  std::vector<Asked> ask(const Property& property, const Subject& subject, Seed seed,
                         Callers callers);

  /// Marks the findings that are known, each of their witnesses to one issue or another, and says
  /// of every issue whether it shows. The issues whose witness was not judged are told only where a
  /// finding is theirs.
  void settle(TargetResult& result) const;

 private:
  std::vector<Point> witnesses(const Property& property, const Subject& subject);

  struct Issue {
    const ExpectedIssue* expected;
    std::vector<Float> at;
    std::optional<Float> got;
    std::vector<Rounding> judged;  ///< its witness was, in these modes

    bool names(const Finding& finding) const;
    bool explains(const Witness& witness) const;
  };
  std::vector<Issue> issues_;
  std::vector<RecordedCase> recorded_;
  std::vector<Point> corpus_;
};

}  // namespace napier
