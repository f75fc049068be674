// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/catalogue.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <stdexcept>

#include "lib/fp/ordinal.hpp"
#include "lib/target/contribute.hpp"

namespace napier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Catalogue sample() {
  Catalogue built;
  for (const char* name : {"shipped/tang/exp:binary64", "libm/exp:binary32", "libm/exp:binary64",
                           "libm/expm1:binary64", "shipped/derivative/dual/d_exp:binary64",
                           "shipped/tang/exp:binary32", "libm/pow:binary64"}) {
    Target target;
    target.name = name;
    built.add(std::move(target));
  }
  return built;
}

std::vector<std::string> names(const std::vector<const Target*>& targets) {
  std::vector<std::string> result;
  result.reserve(targets.size());
  for (const Target* target : targets) result.push_back(target->name);
  return result;
}

TEST(Catalogue, IsSortedAndFindsByFullName) {
  const Catalogue built = sample();
  EXPECT_TRUE(std::ranges::is_sorted(built.targets(), {}, &Target::name));
  ASSERT_NE(built.find("libm/expm1:binary64"), nullptr);
  EXPECT_EQ(built.find("libm/expm1:binary64")->name, "libm/expm1:binary64");
  EXPECT_EQ(built.find("libm/expm1"), nullptr);
  EXPECT_EQ(built.find(""), nullptr);
}

TEST(Catalogue, RefusesASecondTargetOfTheSameName) {
  Catalogue built = sample();
  Target again;
  again.name = "libm/exp:binary64";
  EXPECT_THROW(built.add(std::move(again)), std::logic_error);
}

TEST(Catalogue, WithoutAFormatANameMeansAllOfThem) {
  EXPECT_THAT(names(sample().match("libm/exp")),
              ElementsAre("libm/exp:binary32", "libm/exp:binary64"));
  EXPECT_THAT(names(sample().match("libm/exp:binary64")), ElementsAre("libm/exp:binary64"));
  EXPECT_THAT(names(sample().match("*/exp:*")),
              ElementsAre("libm/exp:binary32", "libm/exp:binary64"));
  EXPECT_THAT(names(sample().match("libm/cosh")), IsEmpty());
  EXPECT_THAT(names(sample().match("libm/exp:")), IsEmpty());
}

TEST(Catalogue, OneStarStaysWithinAPartAndTwoCross) {
  EXPECT_THAT(names(sample().match("libm/*:binary64")),
              ElementsAre("libm/exp:binary64", "libm/expm1:binary64", "libm/pow:binary64"));
  EXPECT_THAT(names(sample().match("shipped/*")), IsEmpty());
  EXPECT_THAT(names(sample().match("shipped/*/*")),
              ElementsAre("shipped/tang/exp:binary32", "shipped/tang/exp:binary64"))
      << "shipped/derivative/ has a part more";
  EXPECT_THAT(names(sample().match("shipped/**:binary64")),
              ElementsAre("shipped/derivative/dual/d_exp:binary64", "shipped/tang/exp:binary64"));
  EXPECT_EQ(sample().match("**").size(), 7u);
  EXPECT_THAT(names(sample().match("**exp*:binary32")),
              ElementsAre("libm/exp:binary32", "shipped/tang/exp:binary32"));
}

TEST(Catalogue, ManyStarsAreReadInNoTimeAtAll) {
  EXPECT_THAT(sample().match(std::string(200, '*') + "x"), IsEmpty());
  EXPECT_THAT(catalogue().match("**e**e**e**e**e**e**e**e**e**e**e**e**e**e**!"), IsEmpty());
  EXPECT_EQ(sample().match(std::string(200, '*')).size(), sample().targets().size());
}

TEST(Catalogue, SuggestsTheNearestNames) {
  const auto near = sample().nearest("libm/epx");
  ASSERT_EQ(near.size(), 3u);
  EXPECT_EQ(near[0], "libm/exp");
  EXPECT_EQ(sample().nearest("libm/exp:binary63", 1)[0], "libm/exp:binary64");
  EXPECT_EQ(sample().nearest("x", 99).size(), 5u) << "each name once";
  EXPECT_THAT(Catalogue().nearest("libm/exp"), IsEmpty());
}

TEST(Catalogue, TheOneLinkedInHoldsTheCLibrary) {
  for (const char* name : {"libm/exp", "libm/exp2", "libm/expm1", "libm/pow", "libm/log"})
    for (const char* format : {":binary32", ":binary64"})
      EXPECT_NE(catalogue().find(std::string(name) + format), nullptr) << name << format;
  for (const Target* target : catalogue().match("libm/**")) {
    EXPECT_TRUE(target->claim.max_ulp && target->claim.special_values) << target->name;
    EXPECT_FALSE(target->claim.source.empty()) << target->name;
    EXPECT_FALSE(target->method.empty()) << target->name;
  }
}

TEST(Catalogue, SaysThatTheX87DependsOnItsMaker) {
  for (const Target* target : catalogue().match("libm/*"))
    EXPECT_EQ(target->format == &binary80, target->method.find("x87") != std::string::npos)
        << target->name;
}

// A format has all of its functions or none: whoever has expl has powl.
TEST(Catalogue, TheCLibraryHasTheSameFunctionsInEveryFormatItHas) {
  for (const char* path : {"libm/", "libm/rounded_once/"}) {
    std::map<const Format*, std::set<std::string_view>> functions;
    for (const Target* target : catalogue().match(std::string(path) + "*"))
      functions[target->format].insert(target->function->name);
    ASSERT_FALSE(functions.empty()) << path;
    for (const auto& [format, names] : functions)
      EXPECT_EQ(names, functions.begin()->second) << path << ' ' << format->name;
  }
  EXPECT_THAT(names(catalogue().match("libm/rounded_once/exp:*")),
              testing::Contains("libm/rounded_once/exp:bfloat16"));
}

TEST(Catalogue, RoundsOnceFromFloatToNearestAndTiesToEven) {
  const auto value = [](const char* name, Float x) {
    const std::vector<Call> calls{{x, {}}};
    std::vector<Answer> answers(1);
    catalogue().find(name)->open()->call(Rounding::nearest, Observe::values, calls, answers);
    return answers[0].value;
  };
  // 1 + 2^-8 is a tie in bfloat16 and e^(2^-8) is just above it; e^(2^-9) is just above 1 + 2^-9.
  const char* exp = "libm/rounded_once/exp:bfloat16";
  const Float one = from_integer(bfloat16, 1);
  EXPECT_EQ(value(exp, power_of_two(bfloat16, -8)), next_up(one));
  EXPECT_EQ(value(exp, power_of_two(bfloat16, -9)), one);
  // 2^x is a tie at x = -134, half of the least subnormal: to even, to 0.
  const char* exp2 = "libm/rounded_once/exp2:bfloat16";
  EXPECT_EQ(value(exp2, from_integer(bfloat16, -134)), zero(bfloat16));
  EXPECT_EQ(value(exp2, from_integer(bfloat16, -133)), min_subnormal(bfloat16));
  EXPECT_EQ(value(exp2, from_integer(bfloat16, 128)), infinity(bfloat16));
  EXPECT_TRUE(is_nan(value(exp2, quiet_nan(bfloat16))));
}

TEST(Catalogue, EveryTargetOpensAndReturnsInItsFormat) {
  for (const Target& target : catalogue().targets()) {
    SCOPED_TRACE(target.name);
    const Float one = from_integer(*target.format, 1);
    const std::vector<Call> calls{{one, target.function->arity == 2 ? one : Float{}}};
    std::vector<Answer> answers(1);
    target.open()->call(Rounding::nearest, Observe::values, calls, answers);
    EXPECT_EQ(answers[0].value.format, target.format);
    EXPECT_EQ(target.primal != nullptr, target.name.starts_with("shipped/derivative/"));
  }
}

TEST(Functions, AreFoundByNameAndSlopesKnowTheirPrimal) {
  for (const Function* function : all_functions()) {
    EXPECT_EQ(find_function(function->name), function);
    EXPECT_EQ(function->kind == Kind::slope, function->primal != nullptr) << function->name;
    EXPECT_EQ(function->arity, function->base == Base::argument ? 2 : 1) << function->name;
  }
  EXPECT_EQ(find_function("cosh"), nullptr);
}

}  // namespace
}  // namespace napier
