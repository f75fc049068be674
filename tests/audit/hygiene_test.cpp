// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is demanded of everyone: in every rounding mode, from the first call on, whatever was asked
// before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cfenv>
#include <chrono>
#include <cmath>
#include <thread>

#include "audit/campaign.hpp"
#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

Candidate with_code(Unary<double> code) {
  Target target;
  target.name = "test/exp:binary64";
  target.function = &functions::exp;
  target.format = &binary64;
  target.open = [code] { return direct_caller(code); };
  return {std::move(target), "", {}};
}

TargetResult tried(const Candidate& candidate, std::vector<std::string> properties,
                   std::vector<Rounding> roundings = {}) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = std::move(properties);
  options.roundings = std::move(roundings);
  return run_campaign({candidate}, options).targets.at(0);
}

double right_exp(double x) { return std::exp(x); }
double moved(double y) { return std::isnormal(y) ? std::nextafter(y, 0) : y; }

double to_nearest(double x) {
  std::fesetround(FE_TONEAREST);
  return right_exp(x);
}
TEST(Hygiene, IsAskedInEveryModeWhateverWasAskedFor) {
  for (const std::vector<Rounding>& asked :
       {std::vector<Rounding>{}, {Rounding::nearest}, {Rounding::zero}}) {
    const TargetResult result = tried(with_code(to_nearest), {"environment"}, asked);
    EXPECT_EQ(result.verdict, TargetVerdict::refuted);
    EXPECT_EQ(result.findings.size(), 3U) << "up, down and zero";
    EXPECT_EQ(result.measurements.size(), 4U + 1U) << "and to nearest where the others were";
  }
  EXPECT_EQ(tried(with_code(right_exp), {"environment", "deterministic"}).verdict,
            TargetVerdict::measured);
}

double off_at_first(double x) {
  static std::atomic<int> calls = 0;
  return ++calls == 1 ? moved(right_exp(x)) : right_exp(x);
}
double off_after_many(double x) {
  static std::atomic<int> calls = 0;
  return ++calls > 20'000 ? moved(right_exp(x)) : right_exp(x);
}
double off_once_a_nan_was_seen(double x) {
  static std::atomic<bool> seen = false;
  if (std::isnan(x)) seen = true;
  return seen ? moved(right_exp(x)) : right_exp(x);
}
double off_after_each_infinity(double x) {
  static thread_local bool seen = false;
  const double y = seen ? moved(right_exp(x)) : right_exp(x);
  seen = std::isinf(x);
  return y;
}
TEST(Hygiene, WhoRemembersIsFound) {
  for (const Unary<double> code :
       {off_at_first, off_after_many, off_once_a_nan_was_seen, off_after_each_infinity}) {
    const TargetResult result = tried(with_code(code), {"deterministic"});
    EXPECT_EQ(result.verdict, TargetVerdict::refuted);
    ASSERT_FALSE(result.findings.empty());
    EXPECT_EQ(result.findings[0].property, "deterministic");
    EXPECT_THAT(result.findings[0].explanation, HasSubstr("20,000"));
    EXPECT_FALSE(result.findings[0].repeatable);
  }
}

TEST(Hygiene, AReplayRemindsWhoRemembers) {
  const Candidate candidate = with_code(off_after_each_infinity);
  const ReplayedCase replayed =
      replay(candidate.target, "deterministic", Rounding::nearest, {from_native(2.0)});
  EXPECT_EQ(replayed.outcome, Replayed::refuted);
  EXPECT_THAT(replayed.text, HasSubstr("20,000"));
  const Candidate honest = with_code(right_exp);
  EXPECT_EQ(replay(honest.target, "deterministic", Rounding::nearest, {from_native(2.0)}).outcome,
            Replayed::stands);
}

TEST(Hygiene, TheFirstCallOfAProcessIsComparedWithLaterOnes) {
  SharedObjectOptions options;
  options.function = "exp";
  options.format = "binary64";
  options.worker = NAPIER_TEST_WORKER;
  const auto fixture = [&](const std::string& symbol) {
    return Candidate{
        shared_object_target(
            "so:" NAPIER_BINARY_DIR "/fixtures/libisolation_behaviours.so#" + symbol, options)
            .target,
        "",
        {}};
  };
  const TargetResult result = tried(fixture("off_at_first"), {"deterministic"});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("first call in a process"));
  EXPECT_EQ(replay(fixture("off_at_first").target, "deterministic", Rounding::nearest,
                   result.findings[0].smallest.inputs)
                .outcome,
            Replayed::refuted);
  EXPECT_TRUE(tried(fixture("good_exp"), {"deterministic"}).findings.empty());
}

/// The argument lies in a variable that all threads share, for some ns.
double shared_for_some_ns(double x) {
  static volatile double scratch;
  scratch = x;
  const double y = right_exp(scratch);
  return x == scratch ? y : right_exp(scratch);
}
TEST(Hygiene, ARaceOfSomeNanosecondsIsFound) {
  if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "one processor has no such races";
  int found = 0;
  constexpr int runs = 5;
  for (int run = 0; run < runs; ++run)
    found += tried(with_code(shared_for_some_ns), {"threads"}).findings.empty() ? 0 : 1;
  EXPECT_GE(found, runs - 1);
  EXPECT_TRUE(tried(with_code(right_exp), {"threads"}).findings.empty());
}

/// Two threads that sleep in their calls are in them at once, however few processors there are.
double sleepy_exp(double x) {
  std::this_thread::sleep_for(std::chrono::microseconds(200));
  return right_exp(x);
}

TEST(Hygiene, HowLongTwoThreadsReallyCalledIsTold) {
  const auto pair = thread_pair([] { return direct_caller(&sleepy_exp); });
  std::vector<Call> calls(100, Call{from_native(2.0), {}});
  std::vector<Answer> answers(calls.size());
  for (int turn = 0; turn < 2; ++turn)
    pair->call(Rounding::nearest, Observe::values, calls, answers);
  EXPECT_GT(pair->overlap(), 0);
  EXPECT_LE(pair->overlap(), 1);
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"threads"};
  options.timings = true;
  const Report report = run_campaign({with_code(right_exp)}, options);
  EXPECT_THAT(report.performance.value().at(0).property, HasSubstr("% of the time"));
}

}  // namespace
}  // namespace napier
