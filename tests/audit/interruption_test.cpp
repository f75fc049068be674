// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/interruption.hpp"
#include "audit/campaign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "lib/target/catalogue.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using testing::Contains;
using testing::HasSubstr;
using namespace isolation_test;

/// Hands calls on, and raises a flag after so many blocks of cases. The audit's look at what a call
/// takes makes the same call again and again.
class RaisesLater final : public Caller {
 public:
  RaisesLater(std::unique_ptr<Caller> honest, StopFlag& flag, int blocks)
      : honest_(std::move(honest)), flag_(flag), left_(blocks) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    honest_->call(rounding, observe, calls, answers);
    const auto is_the_first = [&](const Call& call) { return call.x.bits == calls[0].x.bits; };
    if (!std::ranges::all_of(calls, is_the_first) && --left_ <= 0) flag_ = true;
  }

 private:
  std::unique_ptr<Caller> honest_;
  StopFlag& flag_;
  int left_;
};

Candidate from_catalogue(const char* name) { return {*catalogue().find(name), "", {}}; }

/// The report of an audit that is told to stop after so many blocks of calls of the first target.
Report stopped_after(int blocks, std::vector<std::string> properties) {
  StopFlag flag{false};
  Candidate first = from_catalogue("shipped/tang/exp:binary64");
  first.target.open = [&flag, blocks, open = first.target.open] {
    return std::make_unique<RaisesLater>(open(), flag, blocks);
  };
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = std::move(properties);
  options.threads = 1;
  options.stop = &flag;
  return run_campaign({first, from_catalogue("libm/exp:binary64")}, options);
}

TEST(Interruption, EndsACampaignWithinABlockOfCalls) {
  const Report report = stopped_after(1, {"product"});
  EXPECT_TRUE(report.partial);
  const TargetResult& target = report.targets[0];
  EXPECT_TRUE(target.partial);
  EXPECT_EQ(TargetVerdict::inconclusive, target.verdict);
  EXPECT_GT(target.laws[0].cases, 0U);
  EXPECT_LE(target.laws[0].cases, 1024U);
  EXPECT_THAT(target.notes, Contains(HasSubstr("cut short product")));
}

TEST(Interruption, NamesWhatWasNotTried) {
  const Report report = stopped_after(1, {"product", "tower", "accuracy"});
  EXPECT_THAT(report.targets[0].notes, Contains(HasSubstr("not tried tower, accuracy")));
  ASSERT_EQ(6U, report.targets[0].laws.size());
  EXPECT_EQ(not_tried, report.targets[0].laws[3].not_applicable);
}

TEST(Interruption, LeavesTargetsThatWereNotBegun) {
  const TargetResult target = stopped_after(1, {"product"}).targets[1];
  EXPECT_TRUE(target.partial);
  EXPECT_EQ(TargetVerdict::inconclusive, target.verdict);
  EXPECT_THAT(target.notes, Contains(HasSubstr("before this target was tried")));
  ASSERT_EQ(6U, target.laws.size());
  EXPECT_TRUE(target.measurements.empty());
}

TEST(Interruption, HidesNoRefutation) {
  StopFlag flag{false};
  Candidate candidate = from_catalogue("libm/exp:binary64");
  candidate.target.claim = {};
  candidate.target.claim.max_ulp = parse_limit("0.1", binary64);
  candidate.target.open = [&flag, open = candidate.target.open] {
    return std::make_unique<RaisesLater>(open(), flag, 4);
  };
  CampaignOptions options;
  options.properties = {"accuracy"};
  options.stop = &flag;
  options.threads = 1;
  const TargetResult target = run_campaign({candidate}, options).targets[0];
  EXPECT_TRUE(target.partial);
  EXPECT_EQ(TargetVerdict::refuted, target.verdict);
}

/// Loses every call from 0 on, and is interrupted when it is asked again to confirm that.
class IsNotConfirmed final : public Caller {
 public:
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    if (confirming_) throw Interrupted();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {};
      answers[i].value = from_integer(binary64, 1);
      if (!is_negative(calls[i].x)) answers[i].ending = Ending::hung;
    }
  }
  void renew(Asking asking) override { confirming_ = asking == Asking::thoroughly; }

 private:
  bool confirming_ = false;
};

TEST(Interruption, WhileAHangIsConfirmedKeepsIt) {
  Candidate candidate = from_catalogue("shipped/tang/exp:binary64");
  candidate.target.open = [] { return std::make_unique<IsNotConfirmed>(); };
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = {"reciprocal"};
  const TargetResult target = run_campaign({candidate}, options).targets[0];
  EXPECT_EQ(target.verdict, TargetVerdict::refuted);
  EXPECT_TRUE(target.partial);
  const auto returns = std::ranges::find(target.findings, "returns", &Finding::property);
  ASSERT_NE(returns, target.findings.end());
  EXPECT_FALSE(returns->repeatable);
  EXPECT_EQ(returns->smallest.inputs.size(), 1U);
  EXPECT_THAT(returns->explanation, HasSubstr("interrupted before it was asked again"));
}

TEST(Interruption, AnUninterruptedAuditSaysWhatItWasNotAskedFor) {
  const Report report = stopped_after(1 << 30, {"product"});
  EXPECT_FALSE(report.partial);
  ASSERT_EQ(6U, report.targets[0].laws.size());
  EXPECT_EQ(not_asked, report.targets[0].laws[1].not_applicable);
}

TEST(Interruption, IsNotHeldUpByACallThatHangs) {
  StopFlag flag{true};
  Patience patience;
  patience.stuck = std::chrono::hours(1);
  patience.stop = &flag;
  const auto caller = open("spin", "behaviours", binary64, 1, patience);
  EXPECT_EQ(Ending::returned, answers_of(*caller, {2.0})[0].ending);
  EXPECT_THROW(answers_of(*caller, {3.0}), Interrupted);
  EXPECT_THROW(answers_of(*caller, {2.0}), Interrupted) << "nothing is waited for any more";
}

}  // namespace
}  // namespace napier
