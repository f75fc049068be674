// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is asked of a target for pictures is judged as well: no picture shows a fault beside
// "stands".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>

#include "audit/campaign.hpp"
#include "audit/profile/observe.hpp"
#include "audit/trial/rows.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/props/support.hpp"

namespace napier::looks_test {
namespace {

using testing::Contains;
using testing::Field;
using testing::IsEmpty;

std::mutex counting;
std::map<std::uint64_t, int> counts;  ///< how often each argument was asked
std::atomic<double> wrong_at = 0;
std::atomic<bool> is_counting = false;

double counted(double x) {
  if (is_counting) {
    const std::lock_guard lock(counting);
    ++counts[static_cast<std::uint64_t>(from_native(x).bits)];
  }
  const double y = std::exp(x);
  return x == wrong_at ? 2 * y : y;
}

/// Answers as if its process had crashed at one argument.
class CrashingCaller final : public Caller {
 public:
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    honest_->call(rounding, observe, calls, answers);
    for (std::size_t i = 0; i < calls.size(); ++i)
      if (to_native<double>(calls[i].x) == wrong_at) {
        answers[i] = {};
        answers[i].ending = Ending::crashed;
        answers[i].detail = 11;
      }
  }

 private:
  std::unique_ptr<Caller> honest_ = direct_caller(Unary<double>(counted));
};

Candidate candidate() {
  Candidate made{*catalogue().find("libm/exp:binary64"), "", {}};
  made.target.name = "looked at";
  made.target.open = [] { return direct_caller(ScalarFunction(Unary<double>(counted))); };
  made.target.claim = parse_claim("ulp <= 1", functions::exp, binary64);
  return made;
}

TargetResult audited(const Candidate& tried, int threads = 1) {
  CampaignOptions options;
  options.cases = 4096;
  options.threads = threads;
  options.properties = {"accuracy", "returns"};
  return run_campaign({tried}, options).targets.front();
}

/// An argument that is asked once in all, by a look: the sample passes it by.
double asked_by_a_look_alone() {
  wrong_at = NAN;
  counts.clear();
  is_counting = true;
  const Candidate tried = candidate();
  const TargetResult honest = audited(tried);
  is_counting = false;
  EXPECT_EQ(honest.verdict, TargetVerdict::stands);
  EXPECT_THAT(honest.findings, IsEmpty());
  std::uint64_t cases = 0;  // of which a look has an eighth
  for (const Measurement& row : honest.measurements)
    if (row.property == "accuracy") cases += row.cases;
  const Subject subject(tried.target, Rounding::nearest);
  for (const Point& point :
       spread_points(subject, CampaignOptions{}.seed, std::min<std::uint64_t>(4096, cases / 8)))
    if (counts[static_cast<std::uint64_t>(point.args[0].bits)] == 1)
      return to_native<double>(point.args[0]);
  ADD_FAILURE() << "every argument was asked before";
  return 0;
}

TEST(Looks, RefuteWhatTheSampleHasPassedBy) {
  wrong_at = asked_by_a_look_alone();
  std::vector<TargetResult> results;
  for (const int threads : {1, 3}) results.push_back(audited(candidate(), threads));
  for (const TargetResult& result : results) {
    EXPECT_EQ(result.verdict, TargetVerdict::refuted);
    EXPECT_THAT(result.contradictions, IsEmpty());
    ASSERT_EQ(result.findings.size(), 1U);
    const Finding& found = result.findings.front();
    EXPECT_EQ(found.property, "accuracy");
    EXPECT_TRUE(found.repeatable);
    EXPECT_EQ(found.smallest.inputs.front(), from_native(wrong_at.load()));
    EXPECT_FALSE(found.replay.empty());
    EXPECT_THAT(result.measurements, Contains(Field(&Measurement::domain, looks_text)));
    EXPECT_FALSE(result.diagnoses.empty());
  }
}

TEST(Looks, TellACallThatDidNotReturn) {
  wrong_at = asked_by_a_look_alone();
  Candidate tried = candidate();
  tried.target.open = [] { return std::make_unique<CrashingCaller>(); };
  const TargetResult result = audited(tried);
  EXPECT_EQ(result.verdict, TargetVerdict::refuted);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().property, "returns");
  EXPECT_EQ(result.findings.front().smallest.inputs.front(), from_native(wrong_at.load()));
}

/// The grid of special values asks of pow what no sample of so few cases comes to.
double pow_wrong_at_a_half(double x, double y) {
  const double right = std::pow(x, y);
  return x == 2 && y == 3 ? 9 : right;
}

TEST(Looks, RefuteValuesOfTheSpecialGrid) {
  Candidate tried{*catalogue().find("libm/pow:binary64"), "", {}};
  tried.target.open = [] {
    return direct_caller(ScalarFunction(Binary<double>(pow_wrong_at_a_half)));
  };
  tried.target.claim = parse_claim("ulp <= 1; special values", functions::pow, binary64);
  CampaignOptions options;
  options.cases = 16;
  options.properties = {"accuracy", "special_values"};
  const TargetResult result = run_campaign({tried}, options).targets.front();
  ASSERT_TRUE(result.special);
  EXPECT_THAT(result.special->states, Contains(SpecialGrid::State::broken));
  EXPECT_EQ(result.verdict, TargetVerdict::refuted);
  EXPECT_THAT(result.findings, Contains(Field(&Finding::property, "accuracy")));
}

}  // namespace
}  // namespace napier::looks_test
