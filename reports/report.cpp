// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/report.hpp"

#include <algorithm>

namespace napier {
namespace {

bool any_case(const TargetResult& target) {
  const auto has_cases = [](const auto& row) { return row.cases > 0; };
  return std::ranges::any_of(target.laws, has_cases) ||
         std::ranges::any_of(target.measurements, has_cases);
}

}  // namespace

bool shows_no_more(const TargetResult& target) {
  return std::ranges::any_of(target.known_issues,
                             [](const KnownIssue& issue) { return !issue.shows; });
}

std::vector<NumberedFinding> findings(const Report& report) {
  std::vector<NumberedFinding> numbered;
  for (const TargetResult& target : report.targets)
    for (const Finding& finding : target.findings)
      numbered.push_back({numbered.size() + 1, &target, &finding});
  return numbered;
}

int exit_code(const Report& report) {
  const auto any = [&report](TargetVerdict verdict) {
    return std::ranges::any_of(report.targets,
                               [&](const TargetResult& t) { return t.verdict == verdict; });
  };
  if (report.partial && !report.out_of_time) return 130;
  if (std::ranges::any_of(report.targets,
                          [](const TargetResult& t) { return !t.contradictions.empty(); }))
    return contradiction_status;
  if (any(TargetVerdict::refuted)) return 1;
  if (std::ranges::any_of(report.targets, shows_no_more)) return 1;
  if (any(TargetVerdict::failed)) return 2;
  if (any(TargetVerdict::inconclusive)) return 3;
  if (std::ranges::none_of(report.targets, any_case)) return 3;
  // Oracles that contradict each other leave every verdict without its ground.
  return report.oracles.disagreed > 0 ? 3 : 0;
}

}  // namespace napier
