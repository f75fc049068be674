// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Array and vector functions of shared objects: honest ones stand, and each fault is found where it
// is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audit/campaign.hpp"
#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using testing::AllOf;
using testing::HasSubstr;

struct Asked {
  std::string symbol;
  std::string shape = "x,y,n";
  std::string function = "exp";
  std::string format = "binary64";
  std::string library = "faulty";
};

Candidate candidate(const Asked& asked, const char* limit = "1") {
  SharedObjectOptions options;
  options.function = asked.function;
  options.format = asked.format;
  options.shape = asked.shape;
  options.worker = NAPIER_TEST_WORKER;
  options.patience = short_patience();
  const std::string name = fmt::format("so:{}/fixtures/libarrays_{}.so#{}", NAPIER_BINARY_DIR,
                                       asked.library, asked.symbol);
  Target target = shared_object_target(name, options).target;
  target.claim.max_ulp = parse_limit(limit, *target.format);
  return {std::move(target), "", {}};
}

TargetResult tried(const Asked& asked, std::vector<std::string> properties = {},
                   std::uint64_t cases = 3000) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.cases = cases;
  options.properties = std::move(properties);
  return run_campaign({candidate(asked, "2")}, options).targets.at(0);
}

const Finding* found(const TargetResult& result, std::string_view property) {
  const auto finding = std::ranges::find(result.findings, property, &Finding::property);
  return finding == result.findings.end() ? nullptr : &*finding;
}

TEST(Arrays, HonestOnesStand) {
  for (const Asked& asked : std::vector<Asked>{{"exp_xyn"},
                                               {"exp_strided", "n:int,x,sx,y,sy"},
                                               {"exp_in_place", "x,n:long"},
                                               {"exp_restrict", "x,y:restrict,n"},
                                               {"pow_xayn", "x,a,y,n", "pow"},
                                               {"pow_all", "n,a,sa,y,sy,x,sx", "pow"},
                                               {"exp_float", "x,y,n", "exp", "binary32"},
                                               {"exp_half", "x,y,n", "exp", "binary16"},
                                               {"exp_bfloat16", "x,y,n", "exp", "bfloat16"},
                                               {"exp_long", "x,y,n", "exp", "binary80"},
                                               {"exp_quad", "x,y,n", "exp", "binary128"},
                                               {"exp_whole_vectors", "x,y,n"},
                                               {"exp_2", "vector:__m128d"},
                                               {"exp_8", "vector:__m256", "exp", "binary32"},
                                               {"pow_4", "vector:__m256d", "pow"}}) {
    Asked honest = asked;
    honest.library = "honest";
    const TargetResult result = tried(honest, {}, 600);
    EXPECT_EQ(result.verdict, TargetVerdict::stands)
        << asked.symbol << ": "
        << (result.findings.empty() ? result.failure : result.findings.front().explanation);
    const auto lanes = std::ranges::find(result.measurements, "lanes", &Measurement::property);
    ASSERT_NE(lanes, result.measurements.end()) << asked.symbol;
    EXPECT_EQ(lanes->cases, 600U);
    EXPECT_EQ(lanes->undecided_no_answer, 0U) << asked.symbol;
  }
}

TEST(Arrays, ACrashIsFoundAtItsElement) {
  const TargetResult result = tried({"crashes_rarely"}, {"accuracy"}, 2'000'000);
  const Finding* crash = found(result, "returns");
  ASSERT_NE(crash, nullptr);
  ASSERT_EQ(crash->smallest.inputs.size(), 1U);
  const auto bits = static_cast<std::uint64_t>(crash->smallest.inputs.front().bits);
  EXPECT_EQ(bits * 0x9e3779b97f4a7c15U >> 44, 1U) << "this very element";
  EXPECT_THAT(crash->explanation, HasSubstr("killed by signal 6"));
}

TEST(Arrays, ALoopIsFoundAtItsElement) {
  const TargetResult result = tried({"loops_on_subnormals"}, {"accuracy"});
  const Finding* hang = found(result, "returns");
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(classify(hang->smallest.inputs.at(0)), FloatClass::subnormal);
  EXPECT_THAT(hang->explanation, HasSubstr("did not return in time"));
}

TEST(Arrays, WhatIsNotThreadSafeIsFound) {
  bool any = false;  // a race shows now and then
  for (int time = 0; time < 5 && !any; ++time)
    any = found(tried({"shares_memory"}, {"threads"}, 20'000), "threads") != nullptr;
  EXPECT_TRUE(any);
}

TEST(Arrays, WhatLeavesFtzIsFound) {
  const Finding* ftz = found(tried({"leaves_ftz"}, {"environment"}), "environment");
  ASSERT_NE(ftz, nullptr);
  EXPECT_THAT(ftz->explanation, HasSubstr("flush-to-zero"));
  EXPECT_EQ(ftz->smallest.inputs.size(), 1U);
}

struct OfLanes {
  Asked asked;
  std::string words;
};
TEST(Lanes, FindWhatDependsOnThePlace) {
  for (const auto& [asked, words] :
       std::vector<OfLanes>{{{"differs_in_its_tail"}, "of an array of 2"},
                            {{"differs_beside_infinities"}, "of an array of"},
                            {{"differs_at_odd_addresses"}, "past a 64-byte boundary"},
                            {{"differs_in_place"}, "in place"},
                            {{"mixes_strides", "n:long,x,sx,y,sy"}, "apart"},
                            {{"writes_too_far"}, "wrote after the last result"},
                            {{"writes_before"}, "it wrote y[-1]"},
                            {{"writes_far_beyond"}, ""},
                            {{"spoils_arguments"}, "wrote over an argument"},
                            {{"skips_its_tail"}, "left the result unwritten"},
                            {{"crashes_in_fives"}, "with an array of 5"},
                            {{"crashes_in_long_arrays"}, "with an array of 256"},
                            {{"hangs_in_sevens"}, "with an array of 7"},
                            {{"hangs_in_long_arrays"}, "with an array of 256"},
                            {{"lane_off", "vector:__m256d"}, "as element 3"}}) {
    const TargetResult result = tried(asked, {"lanes", "accuracy"});
    const Finding* lanes = found(result, "lanes");
    if (words.empty()) {
      EXPECT_TRUE(lanes != nullptr || result.verdict == TargetVerdict::failed) << asked.symbol;
      continue;
    }
    ASSERT_NE(lanes, nullptr) << asked.symbol << " " << result.failure;
    EXPECT_THAT(lanes->explanation, HasSubstr(words)) << asked.symbol;
    EXPECT_EQ(lanes->smallest.inputs.size(), 1U) << asked.symbol;
    EXPECT_THAT(lanes->replay, HasSubstr("--property lanes"));
  }
}

TEST(Lanes, FindWhatIsDoneBeyondAnArray) {
  for (const auto& [asked, words] :
       std::vector<OfLanes>{{{"writes_if_empty"}, "it read x[0]"},
                            {{"crashes_if_empty"}, "with an array of 0, the call was killed"},
                            {{"hangs_if_empty"}, "with an array of 0, the call did not return"},
                            {{"reads_too_far"}, "Segmentation fault): it read x[1]"},
                            {{"reads_too_far_in_fives"}, "it read x[5]"},
                            {{"reads_before"}, "it read x[-1]"},
                            {{"writes_the_next_line"}, "it wrote y[23]"},
                            {{"reads_second_too_far", "x,a,y,n", "pow"}, "it read a[1]"}}) {
    const TargetResult result = tried(asked, {"lanes", "accuracy"});
    EXPECT_EQ(result.verdict, TargetVerdict::refuted) << asked.symbol << " " << result.failure;
    ASSERT_EQ(result.findings.size(), 1U) << asked.symbol;
    const Finding& lanes = result.findings.front();
    EXPECT_EQ(lanes.property, "lanes") << asked.symbol;
    EXPECT_THAT(lanes.explanation, HasSubstr(words)) << asked.symbol;
    EXPECT_TRUE(lanes.repeatable) << asked.symbol;
    const auto again =
        replay(candidate(asked).target, "lanes", lanes.rounding, lanes.smallest.inputs);
    EXPECT_EQ(again.outcome, Replayed::refuted) << asked.symbol;
    EXPECT_THAT(again.text, HasSubstr(words)) << asked.symbol;
  }
}

/// A hang at one length is told with that, and of no argument.
TEST(Lanes, OfALengthThatHangsAreTheHeadline) {
  for (const char* symbol : {"hangs_in_sevens", "hangs_in_long_arrays", "crashes_in_long_arrays"}) {
    const TargetResult result = tried({symbol});
    ASSERT_FALSE(result.findings.empty()) << symbol;
    EXPECT_EQ(result.findings.front().property, "lanes") << symbol;
    EXPECT_EQ(found(result, "returns"), nullptr)
        << symbol << " " << found(result, "returns")->explanation;
  }
}

TEST(Arrays, WhatLowersFlagsIsFound) {
  Candidate clears = candidate({"clears_flags"});
  clears.target.claim.flags = true;
  CampaignOptions options;
  options.cases = 3000;
  options.properties = {"flags"};
  const TargetResult result = run_campaign({clears}, options).targets.at(0);
  const Finding* flags = found(result, "flags");
  ASSERT_NE(flags, nullptr);
  EXPECT_THAT(flags->explanation, HasSubstr("lowered invalid, which had been raised before it"));
  EXPECT_TRUE(flags->repeatable);
}

TEST(Lanes, FindWhatOnlyLongerArraysDoToTheirSurroundings) {
  struct Row {
    std::string symbol, words, length;
  };
  for (const auto& [symbol, words, length] :
       std::vector<Row>{{"leaves_ftz_in_fours", "changed the flush-to-zero", "array of 4"},
                        {"leaves_ftz_in_blocks", "changed the flush-to-zero", "array of 1024"},
                        {"clears_errno_in_fours", "set errno to 0", "array of 4"},
                        {"rounds_to_nearest_in_fours", "changed the rounding", "array of 4"}}) {
    const TargetResult result = tried({symbol});
    EXPECT_EQ(result.verdict, TargetVerdict::refuted) << symbol;
    const Finding* lanes = found(result, "lanes");
    ASSERT_NE(lanes, nullptr) << symbol;
    EXPECT_THAT(lanes->explanation, AllOf(HasSubstr(words), HasSubstr(length))) << symbol;
    EXPECT_TRUE(lanes->repeatable) << symbol;
    const auto again =
        replay(candidate({symbol}).target, "lanes", lanes->rounding, lanes->smallest.inputs);
    EXPECT_EQ(again.outcome, Replayed::refuted) << symbol;
    EXPECT_THAT(again.text, HasSubstr(words)) << symbol;
  }
}

TEST(Lanes, LeaveToEnvironmentWhatEachCallDoesAlone) {
  EXPECT_EQ(found(tried({"leaves_ftz"}, {"lanes"}), "lanes"), nullptr);
}

TEST(Lanes, AreReplayed) {
  const Candidate tail = candidate({"differs_in_its_tail"});
  const auto again = replay(tail.target, "lanes", Rounding::nearest, {from_native(1.5)});
  EXPECT_EQ(again.outcome, Replayed::refuted);
  EXPECT_THAT(again.text, AllOf(HasSubstr("REFUTED in"), HasSubstr("of an array of")));
  Asked honest{"exp_xyn"};
  honest.library = "honest";
  EXPECT_EQ(
      replay(candidate(honest).target, "lanes", Rounding::nearest, {from_native(1.5)}).outcome,
      Replayed::stands);
}

TEST(Lanes, OfABrokenTailAreNoFaultOfDeterminism) {
  const TargetResult result = tried({"differs_in_its_tail"}, {"deterministic", "lanes"});
  EXPECT_EQ(found(result, "deterministic"), nullptr);
}

TEST(Arrays, WhatWritesNothingIsSaidInOneLine) {
  const TargetResult nothing = tried({"writes_nothing"});
  EXPECT_EQ(nothing.verdict, TargetVerdict::failed);
  EXPECT_THAT(nothing.failure, AllOf(HasSubstr("wrote no result at 1"),
                                     HasSubstr("void f(const double* x, double* y, size_t n)")));
}

TEST(Arrays, AWrongShapeIsSaidInOneLine) {
  struct Row {
    Asked asked;
    std::string words;
  };
  const auto honest = [](std::string symbol, std::string shape, std::string format = "binary64") {
    return Asked{std::move(symbol), std::move(shape), "exp", std::move(format), "honest"};
  };
  for (const auto& [asked, words] :
       std::vector<Row>{{honest("exp_2", "x,y,n"), "wrote no result"},
                        {honest("exp_xyn", "n,x,y"), "crashed (SIGSEGV)"},
                        {{"writes_nothing", "x,n"}, "every result is the argument"},
                        {honest("exp_float", "x,y,n"), "half a double"},
                        {honest("expf_scalar", "scalar"), "half a double"},
                        {honest("exp_scalar", "scalar", "binary32"), "every result is 0"},
                        {honest("exp_xyn", "x,y,n", "binary32"), "every result is 0"}}) {
    const TargetResult result = tried(asked);
    EXPECT_EQ(result.verdict, TargetVerdict::failed) << asked.symbol << " " << asked.shape;
    EXPECT_THAT(result.failure, AllOf(HasSubstr(words), HasSubstr("check that it is")));
  }
}

TEST(Arrays, OneThatIsCalledByAValueIsSaidInOneLine) {
  const TargetResult result = tried({"writes_nothing", "scalar"});
  EXPECT_EQ(result.verdict, TargetVerdict::failed);
  EXPECT_THAT(result.failure, AllOf(HasSubstr("every result is the argument"),
                                    HasSubstr("--shape, such as x,y,n")));
}

TEST(Arrays, AResultThatIsNotWrittenIsNoReturn) {
  const TargetResult some = tried({"skips_subnormals"}, {"accuracy"});
  const Finding* skips = found(some, "returns");
  ASSERT_NE(skips, nullptr);
  EXPECT_THAT(skips->explanation, HasSubstr("wrote no result"));
  EXPECT_EQ(classify(skips->smallest.inputs.at(0)), FloatClass::subnormal);
}

TEST(Arrays, OfLibmvecStand) {
  for (const char* symbol :
       {"_ZGVbN2v_exp", "_ZGVdN4v_exp", "_ZGVeN8v_exp", "_ZGVdN8v_expf", "_ZGVdN4vv_pow"}) {
    SharedObjectOptions options;
    options.worker = NAPIER_TEST_WORKER;
    Candidate vector;
    try {
      vector.target =
          shared_object_target(fmt::format("so:libmvec.so.1#{}", symbol), options).target;
    } catch (const std::invalid_argument& lacking) {
      EXPECT_THAT(lacking.what(), HasSubstr("this processor lacks"));
      continue;
    }
    vector.target.claim.max_ulp = parse_limit("4", *vector.target.format);
    CampaignOptions campaign;
    campaign.cases = 2000;
    const TargetResult result = run_campaign({vector}, campaign).targets.at(0);
    EXPECT_EQ(result.verdict, TargetVerdict::stands)
        << symbol << ": "
        << (result.findings.empty() ? result.failure : result.findings.front().explanation);
  }
}

}  // namespace
}  // namespace napier
