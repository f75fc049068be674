// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Errors are measured everywhere, and an expectation may speak of a part: a headline tells the
// largest one there, and what was measured beyond it as that.
#include <gmock/gmock.h>

#include "lib/fp/native.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using testing::EndsWith;

std::vector<Float> at(float x) { return {from_native(x)}; }

TargetResult measured_everywhere() {
  TargetResult result;
  result.name = "foreign/some/d_exp:binary32";
  result.function = "d_exp";
  result.format = "binary32";
  result.verdict = TargetVerdict::stands;
  result.expect = parse_claim("rel <= 1.6e-4 on [-80, 80]", functions::d_exp, binary32);
  Measurement m;
  m.property = "accuracy";
  m.cases = 1000;
  m.max_ulp = {infinite_ulp, infinite_ulp};
  m.at = at(88.25F);
  m.breakdown.binades = {
      {from_native(2.0F), from_native(4.0F), {Ulp{12}, Ulp{12}}, at(3)},
      {from_native(4.0F), from_native(8.0F), {Ulp{7}, Ulp{7}}, at(5)},
      {from_native(64.0F), from_native(128.0F), m.max_ulp, m.at},
  };
  result.measurements.push_back(m);
  return result;
}

TEST(BeyondADomain, ErrorsAreToldApart) {
  TargetResult result = measured_everywhere();
  EXPECT_THAT(verdict_line(result).reason,
              EndsWith("; observed ≥ 12 ulp at 3; measured beyond it: inf ulp at 88.25"));
  result.measurements.front().breakdown.binades.clear();
  EXPECT_THAT(verdict_line(result).reason, EndsWith("; measured beyond it: inf ulp at 88.25"));
}

TEST(BeyondADomain, TheLargestInsideIsTheHeadlines) {
  TargetResult result = measured_everywhere();
  Measurement& m = result.measurements.front();
  m.max_ulp = {Ulp{40}, Ulp{40}};
  m.at = at(-79);
  EXPECT_THAT(verdict_line(result).reason, EndsWith("; observed ≥ 40 ulp at -79"));
}

}  // namespace
}  // namespace napier
