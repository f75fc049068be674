// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Faults at exact results and midpoints alone: the stratum that knows those kills them, and it
// must, for nobody else would.
#include <gtest/gtest.h>

#include "props/domain/call_domain.hpp"
#include "tests/kill/trial.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

/// How often accuracy is refuted at effort quick, by stratum: the enumerated ones in full, of the
/// others what a budget leaves them.
void expect_seen_in_its_stratum_alone(const mutants::Mutant& mutant, std::uint64_t budget) {
  const Subject subject(mutant.target, Rounding::nearest);
  const Property& accuracy = *kill::property_for("accuracy", mutant.target);
  const Domain domain = accuracy.where.domain(subject);
  const auto caller = mutant.target.open();
  std::uint64_t refuted = 0;
  for (const Portion& portion : portions(domain, budget)) {
    const std::string& stratum = domain.strata[portion.stratum].name;
    const Tally tally =
        judge_portion(accuracy, subject, domain, Seed{}, portion, {caller.get(), nullptr});
    if (stratum == "exact")
      refuted += tally.refuted;
    else
      EXPECT_EQ(tally.refuted, 0u) << mutant.name << " is seen in " << stratum;
  }
  EXPECT_GT(refuted, 0u) << mutant.name << " survives";
}

class ExactMutant : public testing::TestWithParam<const char*> {};

TEST_P(ExactMutant, IsSeenInItsStratumAlone) {
  // Of a function of two arguments quick judges 300,000 cases, of binary64's others a million.
  const mutants::Mutant& mutant = mutants::find(GetParam());
  const bool binary = mutant.target.function->arity == 2;
  expect_seen_in_its_stratum_alone(mutant, binary ? 300'000 : kill::count(200'000, 1'000'000));
}

INSTANTIATE_TEST_SUITE_P(Of, ExactMutant,
                         testing::Values("slip_at_ten_to_22", "wrong_subnormal_entry",
                                         "last_place_less_one", "long_square_root",
                                         "subnormal_midpoint", "midpoint_of_cubed_root"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace napier
