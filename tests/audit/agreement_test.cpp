// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/agreement.hpp"

#include <gtest/gtest.h>

#include "lib/target/catalogue.hpp"

namespace napier {
namespace {

Enclosure reference_of_e() {
  const Precision precision{256};
  return exp(Enclosure(precision, Dyadic::of(1)));
}
FastEnclosure filter_of_e() { return exp(FastEnclosure(Precision{}, Dyadic::of(1))); }

TEST(Agreement, OfTheFilterWithTheReference) {
  EXPECT_TRUE(may_be_equal(filter_of_e(), reference_of_e()));
  EXPECT_TRUE(may_be_equal(scaled(filter_of_e(), 2000), scaled(reference_of_e(), 2000)));
}

TEST(Agreement, AFilterThatIsOffByMoreThanItSaysIsFound) {
  for (const double side : {-1.0, 1.0}) {
    FastEnclosure wrong = filter_of_e();
    ASSERT_GT(wrong.error, 0);
    wrong.lo += side * 4 * wrong.error;
    EXPECT_FALSE(may_be_equal(wrong, reference_of_e())) << side;
  }
  EXPECT_FALSE(may_be_equal(scaled(filter_of_e(), 1), reference_of_e()));
}

TEST(Agreement, OfAllThreeWhereverTheyAreCompared) {
  std::vector<Candidate> candidates;
  for (const char* name :
       {"libm/exp:binary64", "libm/expm1:binary32", "libm/pow:binary64", "libm/log:binary64"})
    candidates.push_back({*catalogue().find(name), "", {}});
  const OracleAgreement agreement = oracle_agreement(candidates, Seed{});
  EXPECT_EQ(agreement.disagreed, 0U);
  EXPECT_GT(agreement.agreed, 1000U);
}

}  // namespace
}  // namespace napier
