// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The other half of a matrix: who keeps the claim is refuted by nothing.
#include <gtest/gtest.h>

#include "lib/target/catalogue.hpp"
#include "props/checks/false_claims.hpp"
#include "tests/kill/trial.hpp"

namespace napier {
namespace {

/// Other modes than nearest are judged where a target speaks of them, as in an audit.
std::vector<Rounding> roundings_for(const Claim& claim) {
  if (!claim.max_ulp_directed && !claim.correctly_rounded) return {Rounding::nearest};
  return {all_roundings.begin(), all_roundings.end()};
}

TEST(HonestTargets, AreRefutedByNothing) {
  int trials = 0;
  for (const Target& target : catalogue().targets())
    for (const Rounding rounding : roundings_for(target.claim)) {
      const Subject subject(target, rounding);
      for (const Property& property : all_properties()) {
        if (!property.inapplicable(subject).empty() || !property.judges(subject)) continue;
        if (false_claim(property, target) != nullptr) continue;
        const kill::Trial trial(property, target, rounding);
        const Tally tally = trial.judge(kill::count(1000, 100'000));
        ++trials;
        const std::string what =
            std::string(property.name) + " of " + target.name + ", " + std::string(name(rounding));
        EXPECT_GT(tally.cases, 0u) << what << " is asked nothing";
        EXPECT_EQ(tally.refuted, 0u) << what << ' ' << trial.why(tally);
        EXPECT_EQ(tally.undecided_cap, 0u) << what;
        EXPECT_EQ(tally.undecided_no_answer, 0u) << what;
      }
    }
  EXPECT_GT(trials, 200);
}

}  // namespace
}  // namespace napier
