// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Functions that give derivatives beside the value: each output is judged by its own claim, in
// every shape; and functions that stand behind variables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/campaign.hpp"
#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/outputs.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Asked {
  std::string symbol;
  std::string shape;
  std::string function = "exp";
  std::string format = "binary64";
};

std::string name_of(const std::string& symbol) {
  return fmt::format("so:{}/fixtures/libpairs.so#{}", NAPIER_BINARY_DIR, symbol);
}

SharedObjectOptions options_of(const Asked& asked) {
  SharedObjectOptions options;
  options.function = asked.function;
  options.format = asked.format;
  options.shape = asked.shape;
  options.worker = NAPIER_TEST_WORKER;
  options.patience = short_patience();
  return options;
}

/// Each output under the same claim.
std::vector<Candidate> candidates(const Asked& asked, const std::string& claim = "ulp <= 2") {
  std::vector<Candidate> all;
  const std::string name = name_of(asked.symbol);
  for (const SharedObjectOptions& options : each_output(name, options_of(asked))) {
    Target target = shared_object_target(name, options).target;
    target.claim = parse_claim(claim, *target.function, *target.format);
    if (target.primal)
      claim_of_value(target, parse_claim(claim, *target.function->primal, *target.format));
    all.push_back({std::move(target), "", {}});
  }
  return all;
}

std::vector<TargetResult> tried(const Asked& asked, std::vector<std::string> properties = {},
                                const std::string& claim = "ulp <= 2") {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.cases = 1000;
  options.properties = std::move(properties);
  return run_campaign(candidates(asked, claim), options).targets;
}

std::vector<std::string> refuted(const TargetResult& result) {
  std::vector<std::string> properties;
  for (const Finding& finding : result.findings) properties.push_back(finding.property);
  return properties;
}

TEST(Pairs, HonestOnesStandInEveryShape) {
  for (const Asked& asked : std::vector<Asked>{{"exp_xyd", "x,y,d"},
                                               {"exp_dyx", "d,y,x"},
                                               {"exp_returns_y", "y=x,d"},
                                               {"exp_returns_d", "d=x,y"},
                                               {"exp_pair", "pair"},
                                               {"exp_pair", "y,d=x"},
                                               {"exp_pair_float", "pair", "exp", "binary32"},
                                               {"exp_pair_long", "pair", "exp", "binary80"},
                                               {"exp_bfloat16", "x,y,d", "exp", "bfloat16"},
                                               {"exp_pair_bfloat16", "pair", "exp", "bfloat16"},
                                               {"exp_arrays", "x,y,d,n"},
                                               {"exp_strided", "n:int,x,sx,y,sy,d"},
                                               {"exp_second", "x,y,d,d2,n", "exp", "binary32"}})
    for (const TargetResult& result : tried(asked)) {
      EXPECT_EQ(result.verdict, TargetVerdict::stands)
          << asked.symbol << " " << result.shape << ": "
          << (result.findings.empty() ? result.failure : result.findings.front().explanation);
      const auto law = std::ranges::find(result.laws, "own_slope", &LawRow::name);
      if (result.function == "d_exp") {
        ASSERT_NE(law, result.laws.end()) << asked.symbol;
        EXPECT_GT(law->cases, 0U) << "the law that ties it to the value";
      }
    }
}

TEST(Pairs, APowerHasTwoDerivatives) {
  const auto results =
      tried({"pow_gradient", "x,a,y,d,da", "pow"}, {"accuracy", "power_rule", "1.5"},
            "ulp <= 2 on x in [0.5, 4], y in [-9, 9]");
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[1].function, "d_pow_x");
  EXPECT_EQ(results[2].function, "d_pow_y");
  for (const TargetResult& result : results)
    EXPECT_EQ(result.verdict, TargetVerdict::stands)
        << result.function << (result.findings.empty() ? "" : result.findings.front().explanation);
}

TEST(Pairs, ALogarithmStandsBesideItsSlope) {
  const auto honest = tried({"log_pair", "pair", "log"});
  ASSERT_EQ(honest.size(), 2U);
  EXPECT_EQ(honest[1].function, "d_log");
  for (const TargetResult& result : honest)
    EXPECT_EQ(result.verdict, TargetVerdict::stands)
        << result.function << (result.findings.empty() ? "" : result.findings.front().explanation);
  const auto wrong = tried({"log_pair_of_another_base", "pair", "log"},
                           {"accuracy", "differential_equation", "mean_value"});
  EXPECT_THAT(refuted(wrong[0]), IsEmpty());
  EXPECT_THAT(refuted(wrong[1]),
              UnorderedElementsAre("accuracy", "differential_equation", "mean_value"));
}

TEST(Pairs, EachOutputIsJudgedAlone) {
  const std::vector<std::string> asked{"accuracy", "own_slope"};
  const auto slope = tried({"exp_wrong_slope", "x,y,d"}, asked);
  EXPECT_THAT(refuted(slope[0]), IsEmpty());
  EXPECT_THAT(refuted(slope[1]), UnorderedElementsAre("own_slope", "accuracy"));
  const auto value = tried({"exp_wrong_value", "x,y,d"}, {"accuracy"});
  EXPECT_THAT(refuted(value[0]), ElementsAre("accuracy"));
  EXPECT_THAT(refuted(value[1]), IsEmpty());
  for (const TargetResult& result : tried({"exp2_swapped", "x,y,d", "exp2"}, {"accuracy"}))
    EXPECT_THAT(refuted(result), ElementsAre("accuracy")) << result.function;
}

TEST(Pairs, WhatIsDoneBesideAResultIsFound) {
  for (const TargetResult& result : tried({"exp_writes_too_far", "x,y,d"}, {"lanes"})) {
    ASSERT_THAT(refuted(result), ElementsAre("lanes")) << result.shape;
    EXPECT_THAT(result.findings.front().explanation, HasSubstr("wrote after the last result"));
  }
  const auto lane = tried({"exp_wrong_lane", "x,y,d,n"}, {"lanes"});
  EXPECT_THAT(refuted(lane[0]), IsEmpty());
  ASSERT_THAT(refuted(lane[1]), ElementsAre("lanes"));
  EXPECT_THAT(lane[1].findings.front().explanation, HasSubstr("as element 4"));
}

TEST(Pairs, WhatIsNotWrittenOrCrashesIsFoundWithItsInput) {
  const auto skips = tried({"exp_skips_slope", "x,y,d"}, {"special_values", "returns"});
  EXPECT_THAT(refuted(skips[0]), IsEmpty());
  ASSERT_THAT(refuted(skips[1]), ElementsAre("returns"));
  EXPECT_EQ(classify(skips[1].findings.front().smallest.inputs.at(0)), FloatClass::subnormal);
  for (const TargetResult& result : tried({"exp_crashes_from_three", "y=x,d"}, {"accuracy"})) {
    ASSERT_THAT(refuted(result), ElementsAre("returns"));
    const double x = to_native<double>(result.findings.front().smallest.inputs.at(0));
    EXPECT_TRUE(x >= 3 && x < 300) << x;
  }
}

TEST(Pairs, AreReplayed) {
  const auto all = candidates({"exp_wrong_slope", "x,y,d"});
  const std::vector<Float> two{from_native(2.0)};
  EXPECT_EQ(replay(all[0].target, "accuracy", Rounding::nearest, two).outcome, Replayed::stands);
  const auto slope = replay(all[1].target, "own_slope", Rounding::nearest, two);
  EXPECT_EQ(slope.outcome, Replayed::refuted);
  EXPECT_THAT(slope.text, AllOf(HasSubstr("  d_exp(2)\n"), HasSubstr("  exp(2)\n")));
}

std::string refusal(const Asked& asked) {
  try {
    (void)candidates(asked);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(Pairs, BadOnesAreRefusedInOneLine) {
  for (const auto& [asked, words] :
       std::vector<std::pair<Asked, std::string>>{{{"f", "x,d"}, "y is missing"},
                                                  {{"f", "x,d,n"}, "y is missing, the value"},
                                                  {{"f", "y=x"}, "--shape scalar"},
                                                  {{"f", "y=x,d,n"}, "returns nothing"},
                                                  {{"f", "y=x,y,d"}, "a second y"},
                                                  {{"f", "d,y=x,d"}, "d is there twice"},
                                                  {{"f", "z=x,d"}, "'z' before the = is nothing"},
                                                  {{"f", "x,sx,y,d"}, "n is missing"},
                                                  {{"f", "x,y,da"}, "a second argument"},
                                                  {{"f", "d2:x,y,d"}, "it gives no d2"},
                                                  {{"f", "x,y,d:int"}, "d:int is no parameter"},
                                                  {{"f", "x,y,d", "d_exp"}, "the shape d:x,y,d"},
                                                  {{"f", "x,y,da", "log"}, "a second argument"},
                                                  {{"f", "x,y,d", "exp", "binary128"}, "x,y,d,n"}})
    EXPECT_THAT(refusal(asked), HasSubstr(words)) << asked.shape;
}

TEST(Variables, ThatHoldAFunctionAreCalledThrough) {
  for (const auto& [symbol, shape] :
       std::vector<std::pair<std::string, std::string>>{{"exp_variable", "scalar"},
                                                        {"exp_array_variable", "y,x,n:int"},
                                                        {"exp_pair_variable", "x,y,d"}})
    for (const TargetResult& result : tried({symbol, shape}))
      EXPECT_EQ(result.verdict, TargetVerdict::stands) << symbol << result.failure;
}

TEST(Variables, AreReadAtEachCall) {
  // What the first call put there is what later ones call: the chooser itself runs once.
  const auto caller = candidates({"exp_chosen_once", "scalar"}).at(0).target.open();
  const std::vector<Answer> answers = answers_of(*caller, {1, 2, 3});
  for (const Answer& answer : answers) EXPECT_EQ(answer.value, from_native(1.0));
}

TEST(Variables, ThatHoldNoFunctionAreRefused) {
  for (const char* symbol : {"exp_number", "exp_null_variable", "exp_words"}) {
    const auto results = tried({symbol, "scalar"});
    EXPECT_EQ(results.at(0).verdict, TargetVerdict::failed);
    EXPECT_THAT(results.at(0).failure, HasSubstr("neither a function nor a variable that holds"));
  }
}

}  // namespace
}  // namespace napier
