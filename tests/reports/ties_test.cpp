// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Many arguments may err alike, as where a result is infinite: all that tells the largest error of
// a target names the same one.
#include <gmock/gmock.h>

#include "lib/fp/native.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

Finding finding_at(const char* property, float x, float got, UlpRange ulp) {
  Finding finding;
  finding.property = property;
  finding.claimed = "<= 1 ulp";
  finding.worst = {{from_native(x)}, from_native(got), from_native(1.0F), ulp};
  finding.smallest = finding.worst;
  return finding;
}

TEST(LargestErrors, AreNamedByTheSameArgumentWhereverTheyAreTold) {
  TargetResult target;
  target.name = "so:./libmine.so#my_expf";
  target.function = "exp";
  target.format = "binary32";
  target.verdict = TargetVerdict::refuted;
  target.claim = parse_claim("ulp <= 1", functions::exp, binary32);
  const UlpRange most{Ulp{7}, Ulp{7}};
  Measurement m;
  m.property = "accuracy";
  m.cases = 1000;
  m.judged = true;
  m.refuted = 3;
  m.max_ulp = most;
  m.at = {from_native(6.5F)};
  target.measurements = {m};
  target.findings = {finding_at("overflow", 40, 2, most), finding_at("accuracy", 5.0F, 2, most)};
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("7 ulp at 5"));
  EXPECT_THAT(largest_error_text(target), HasSubstr("7 ulp at 5"));
  EXPECT_EQ(largest_error_cell(target).beside, "at 5");

  // To a reader 7.25 and 7.2500000000001 are the same, where neither is a bound.
  target.measurements.front().strength = Strength::sampled;
  const std::vector<Finding> findings = target.findings;
  target.findings = {finding_at("accuracy", 5.0F, 2, {Ulp{7.25}, Ulp{7.25}})};
  target.measurements.front().max_ulp = {Ulp{7.2500000000001}, Ulp{7.2500000000001}};
  EXPECT_EQ(largest_error_cell(target).beside, "at 5");
  target.findings = findings;

  // What is larger, and allowed, is the largest error all the same.
  target.measurements.front().max_ulp = {Ulp{9}, Ulp{9}};
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("7 ulp at 5"));
  EXPECT_EQ(largest_error_cell(target).beside, "at 6.5");

  // A sample may have missed what shrinking came by.
  target.measurements.front().max_ulp = {Ulp{6}, Ulp{6}};
  EXPECT_EQ(largest_error_cell(target).beside, "at 5");
  target.measurements.front().rounding = Rounding::up;
  EXPECT_THAT(largest_error_cell(target).beside, Not(HasSubstr("at 5")));
}

}  // namespace
}  // namespace napier
