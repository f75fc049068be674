// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/catalogue.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

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

TEST(Catalogue, SuggestsTheNearestNames) {
  const auto near = sample().nearest("libm/epx");
  ASSERT_EQ(near.size(), 3u);
  EXPECT_EQ(near[0], "libm/exp");
  EXPECT_EQ(sample().nearest("libm/exp:binary63", 1)[0], "libm/exp:binary64");
  EXPECT_EQ(sample().nearest("x", 99).size(), 5u) << "each name once";
  EXPECT_THAT(Catalogue().nearest("libm/exp"), IsEmpty());
}

TEST(Catalogue, TheOneLinkedInHoldsTheCLibrary) {
  for (const char* name : {"libm/exp", "libm/exp2", "libm/expm1", "libm/pow"})
    for (const char* format : {":binary32", ":binary64"}) {
      const Target* target = catalogue().find(std::string(name) + format);
      ASSERT_NE(target, nullptr) << name << format;
      EXPECT_TRUE(target->claim.anything());
      EXPECT_FALSE(target->claim.source.empty());
    }
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
