// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A target whose calls crash, exit or hang at certain arguments, and nowhere else, is told the same
// in every audit: each fault once, as that of a call, whatever two threads or two processes did at
// the same time.
#include <gmock/gmock.h>

#include "reports/store/json.hpp"
#include "tests/audit/isolation_audit.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Report report_of(const std::string& symbol, const std::string& library, const Format& format,
                 std::vector<std::string> properties) {
  CampaignOptions options;
  options.cases = 4000;
  options.properties = std::move(properties);
  options.threads = 2;
  return run_campaign({candidate(fixture(library), symbol, format)}, options);
}

/// Of each row of that property.
std::uint64_t unanswered_in(const TargetResult& result, std::string_view property) {
  std::uint64_t sum = 0;
  for (const Measurement& row : result.measurements)
    if (row.property == property) sum += row.undecided_no_answer;
  return sum;
}

struct Deterministic {
  const char* symbol;
  bool meets_threads;  ///< at some of the arguments that two threads are asked for
};
constexpr Deterministic targets[] = {
    {"crash_at_some", true}, {"end_in_ways", true}, {"crash_at_zero", true}, {"exit_at_nan", true}};

TEST(Repeated, AuditsOfACrashingTargetFindTheSame) {
  for (const auto& [symbol, meets_threads] : targets) {
    SCOPED_TRACE(symbol);
    const Report first = report_of(symbol, "deaths", binary32, {"threads", "accuracy", "returns"});
    const TargetResult& result = first.targets[0];
    EXPECT_THAT(result.findings, Each(Field(&Finding::property, "returns")));
    EXPECT_THAT(result.findings, SizeIs(1));
    EXPECT_THAT(result.findings, Each(Field(&Finding::repeatable, true)));
    EXPECT_EQ(unanswered_in(result, "threads") != 0, meets_threads);
    for (int again = 0; again < 2; ++again)
      EXPECT_EQ(digest(report_of(symbol, "deaths", binary32, {"threads", "accuracy", "returns"})),
                digest(first));
  }
}

TEST(Repeated, AHangIsToldOnceToo) {
  const Report first = report_of("hang_at_nan", "deaths", binary32, {"threads", "returns"});
  ASSERT_THAT(first.targets[0].findings, SizeIs(1));
  EXPECT_EQ(first.targets[0].findings[0].property, "returns");
  EXPECT_TRUE(first.targets[0].findings[0].repeatable);
  EXPECT_EQ(digest(report_of("hang_at_nan", "deaths", binary32, {"threads", "returns"})),
            digest(first));
}

/// Where a call has hung others are given less time; two threads, which go through a block again
/// and again and wait for each other, are not.
TEST(Repeated, SlowCallsBesideAHangAreNoFaultOfThreads) {
  const Report report =
      report_of("slow_and_hang_at_nan", "deaths", binary32, {"threads", "returns"});
  for (const Finding& found : report.targets[0].findings)
    EXPECT_EQ(found.property, "returns") << found.explanation;
}

// What returns from one thread and ends the process of two is the fault of `threads`, and of it
// alone.
TEST(Repeated, WhatEndsOnlyInCompanyIsTheFaultOfThreads) {
  const Report report =
      report_of("crash_in_company", "behaviours", binary64, {"threads", "returns"});
  const TargetResult& result = report.targets[0];
  ASSERT_THAT(result.findings, SizeIs(1));
  const Finding& found = result.findings[0];
  EXPECT_EQ(found.property, "threads");
  EXPECT_FALSE(found.repeatable);
  EXPECT_THAT(found.explanation, HasSubstr("did not return while another thread was calling"));
}

// A block is given less time than a call. That one took longer than that is no end of a process.
TEST(Repeated, ACallThatTakesLongInABlockIsNoHang) {
  Patience patience;
  patience.stuck = std::chrono::milliseconds(1200);
  const auto caller =
      child_caller({fixture("deaths"), "slow_at_three"}, binary64, 1, NAPIER_TEST_WORKER, patience);
  std::vector<std::uint64_t> x(16, 0), results(16);
  x[7] = static_cast<std::uint64_t>(from_native(3.0).bits);
  EXPECT_FALSE(caller->call_block(Rounding::nearest, {x, {}, results}));
  EXPECT_EQ(answers_of(*caller, {1, 3, 1})[1].ending, Ending::returned);
  caller->settle();
  EXPECT_THAT(caller->history().take_losses(), IsEmpty());
}

}  // namespace
}  // namespace napier
