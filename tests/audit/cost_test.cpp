// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What work costs, on a machine that has other work to do.
#include "audit/cost.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <thread>

#include "audit/trial/plan.hpp"
#include "lib/target/catalogue.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

using namespace std::chrono_literals;

void compute(Seconds time) {
  const auto now = [] {
    timespec spent{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
  };
  for (const auto start = now(); now() - start < time;) {
  }
}

TEST(Cost, OfWhatComputesIsItsOwnWhateverElseRuns) {
  LeastCost cost;
  for (const auto others : {30ms, 40ms})
    cost.of([&] {  // others had the processor for a while
      compute(10ms);
      std::this_thread::sleep_for(others);
    });
  EXPECT_GE(cost.time(), 10ms);
  EXPECT_LT(cost.time(), 30ms);
}

TEST(Cost, OfWhatWaitsIsThatOfTheClock) {
  LeastCost cost;
  for (int go = 0; go < 3; ++go) cost.of([] { std::this_thread::sleep_for(20ms); });
  EXPECT_GE(cost.time(), 20ms);
}

TEST(Cost, IsThatOfTheBestOfSeveralGoes) {
  LeastCost cost;
  for (const auto time : {60ms, 10ms, 40ms}) cost.of([&] { compute(time); });
  EXPECT_LT(cost.time(), 40ms);
}

/// Of every argument that there is, those of a narrow domain are asked alone.
TEST(Cost, OfANarrowDomainIsOfFewCalls) {
  Target target = *catalogue().find("libm/exp:binary32");
  CampaignOptions options;
  options.exhaustive = true;
  const Property& accuracy = *find_property("accuracy", target);
  const auto calls = [&] {
    return Plan(target, options).calls({&accuracy}, Subject(target, Rounding::nearest));
  };
  EXPECT_GE(calls(), std::uint64_t(1) << 31);
  target.claim.domain.x = {1, 1 + 0x1p-10};
  EXPECT_LE(calls(), std::uint64_t(1) << 20);
}

}  // namespace
}  // namespace napier
