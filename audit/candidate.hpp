// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/effort.hpp"
#include "audit/known_issues.hpp"
#include "audit/shards/part.hpp"
#include "audit/stop.hpp"
#include "props/judge/islands.hpp"
#include "props/subject/subject.hpp"
#include "reports/report.hpp"

namespace napier {

class MergedShards;

/// A case that was refuted before (audit/failures.hpp).
struct RecordedCase {
  std::string property;
  Rounding rounding;
  Point point;
};

/// A target with what the audit knows of it beyond its claim.
struct Candidate {
  Target target;
  std::string claim_options;  ///< as on the command line, for replay lines; empty in the catalogue
  std::vector<std::string> notes;        ///< shown with the result: what was inferred
  std::vector<ExpectedIssue> known;      ///< what is known of it on this machine
  std::optional<Claim> expect;           ///< what this audit asks beyond the claim
  std::string expect_options;            ///< … as on the command line
  std::vector<std::string> environment;  ///< NAME=VALUE, of its processes
  std::string object;                    ///< which file it is: "build-id:…" or "sha256:…"
  std::string absent;   ///< why it is not on this machine: then it is counted, and not tried
  std::string failure;  ///< why it can't be tried
  /// What a manifest asks of this one; what the command line says goes before.
  std::vector<std::string> properties;
  std::vector<Rounding> roundings;
  std::optional<std::uint64_t> cases;
  std::vector<RecordedCase> recorded;  ///< asked again whatever else is drawn
  std::vector<Point> corpus;           ///< calls that accuracy is asked of whatever else is drawn
};

struct CampaignOptions {
  Effort effort = Effort::standard;
  std::vector<std::string> properties;  ///< globs over property names; empty: all
  std::vector<Rounding> roundings;  ///< empty: nearest, and the others where a claim is directed
  Seed seed;
  std::optional<std::uint64_t> cases;  ///< of each property, in place of the effort's number
  int threads = 0;                     ///< 0: all
  bool exhaustive = false;  ///< every argument, whatever the effort; see check_feasible()
  bool timings = false;
  std::uint64_t least_island = Islands::usual_calls;  ///< of a search that is divided: its calls
  /// What shards have judged of it, which then is not judged again; null if there are none.
  const MergedShards* shards = nullptr;
  TrialKey trial;  ///< of a candidate: set where it is tried
  /// Once it is raised, what is under way ends within seconds and nothing new is begun.
  const StopFlag* stop = nullptr;
};

/// What a campaign tells while it runs.
struct Progress {
  std::function<void(const std::string& target, const std::string& property)> begins =
      [](const auto&, const auto&) {};
  /// The verdict on the target at this place of the candidates has fallen.
  std::function<void(const TargetResult& result, std::size_t place)> ends = [](const auto&, auto) {
  };
  /// What a target that takes long will cost, before it is begun.
  std::function<void(const std::string& cost)> foresees = [](const auto&) {};
};

}  // namespace napier
