// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/call_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "audit/campaign.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/function.hpp"
#include "reports/view/speed.hpp"
#include "tests/audit/isolation_support.hpp"

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

/// A child that takes 5 ms to be woken, and 1 µs a call.
class WokenLate final : public ChildCaller {
 public:
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    in_calls_ += std::chrono::microseconds(calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i) answers[i] = {.value = calls[i].x};
  }
  std::optional<std::chrono::nanoseconds> time_in_calls() const override { return in_calls_; }
  const Arrival& arrival() const override { return arrival_; }
  const Printed& printed() const override { return printed_; }
  int deaths() const override { return 0; }
  bool given_up() const override { return false; }
  const std::string& trouble() const override { return trouble_; }
  History& history() const override { return history_; }
  void settle() override {}

 private:
  std::chrono::nanoseconds in_calls_{};
  Arrival arrival_;
  Printed printed_;
  std::string trouble_;
  mutable History history_;
};

TEST(CallTime, IsWithoutTheTimeThatAChildTakesToBeWoken) {
  WokenLate child;
  const Call call{from_integer(binary64, 1), {}};
  EXPECT_LT(time_of_a_call(child, {&call, 1}), std::chrono::microseconds(20));
}

TEST(CallTime, OfAChildIsThatOfItsCalls) {
  using namespace isolation_test;
  const Call call{from_integer(binary64, 2), {}};
  EXPECT_LT(time_of_a_call(*open("good_exp"), {&call, 1}), std::chrono::microseconds(50));
  const Seconds slow = time_of_a_call(*open("sleep_20_ms_always", "hostile"), {&call, 1});
  EXPECT_GE(slow, std::chrono::milliseconds(20));
  EXPECT_LT(slow, std::chrono::milliseconds(100));
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
