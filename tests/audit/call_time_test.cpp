// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/call_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/campaign.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/function.hpp"
#include "reports/view/speed.hpp"

namespace napier {
namespace {

TEST(CallTime, IsOfCallsThatCompute) {
  for (const char* const name : {"libm/exp:binary32", "libm/log:binary64", "libm/pow:binary64",
                                 "libm/exp:binary80", "shipped/single/exp:bfloat16"}) {
    const Target* target = catalogue().find(name);
    if (target == nullptr) continue;
    const std::vector<Call> calls = usual_calls(Subject(*target, Rounding::nearest), Seed{});
    EXPECT_GT(calls.size(), 1000U) << name;
    for (const Call& call : calls) {
      EXPECT_TRUE(is_finite(call.x)) << name;
      EXPECT_EQ(target->function->arity == 2, call.y.format != nullptr) << name;
    }
  }
}

std::vector<Timing> timings_of(Candidate candidate, bool timings) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"accuracy"};
  options.timings = timings;
  const Report report = run_campaign({std::move(candidate)}, options);
  return report.performance.value_or(std::vector<Timing>());
}

TEST(CallTime, IsReportedWhereItIsAskedFor) {
  const Candidate candidate{*catalogue().find("libm/exp:binary64"), "", {}};
  EXPECT_TRUE(timings_of(candidate, false).empty());
  const auto timings = timings_of(candidate, true);
  const auto calls = std::ranges::find(timings, timing_of_calls, &Timing::property);
  ASSERT_NE(calls, timings.end());
  EXPECT_GT(calls->cases, 1000U);
  EXPECT_GT(calls->seconds, 0);
}

/// Does not return from calls with large arguments.
class LosesSome final : public Caller {
 public:
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {};
      answers[i].value = from_integer(binary64, 1);
      if (compare(magnitude(exact_value(calls[i].x)), Dyadic::of_integer(16)) > 0)
        answers[i].ending = Ending::exited;
    }
  }
};

TEST(CallTime, IsNotMeasuredWhereCallsDoNotReturn) {
  Candidate candidate{*catalogue().find("libm/exp:binary64"), "", {}};
  candidate.target.open = [] { return std::make_unique<LosesSome>(); };
  for (const Timing& timing : timings_of(candidate, true))
    EXPECT_NE(timing_of_calls, timing.property);
}

}  // namespace
}  // namespace napier
