// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Audits of the fixtures' targets.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "audit/campaign.hpp"
#include "audit/target_string.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier::isolation_test {

inline Candidate candidate(const std::string& path, const std::string& symbol,
                           const Format& format = binary64, Patience patience = short_patience()) {
  SharedObjectOptions shape;
  shape.function = "exp";
  shape.format = std::string(format.name);
  shape.worker = NAPIER_TEST_WORKER;
  shape.patience = patience;
  Candidate made{shared_object_target("so:" + path + "#" + symbol, shape).target, "", {}};
  made.target.claim.max_ulp = parse_limit("1", format);
  return made;
}

inline TargetResult audited(const Candidate& candidate, std::vector<std::string> properties,
                            int threads = 2) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = std::move(properties);
  options.threads = threads;
  return run_campaign({candidate}, options).targets[0];
}

/// The findings of `returns`.
inline std::vector<Finding> deaths_in(const TargetResult& result) {
  std::vector<Finding> found;
  for (const Finding& finding : result.findings)
    if (finding.property == "returns") found.push_back(finding);
  return found;
}

}  // namespace napier::isolation_test
