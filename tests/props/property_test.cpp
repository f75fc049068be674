// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Rows of properties: nothing else says what a property is, so a row has to be whole.
#include "props/property/property.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace napier {
namespace {

TEST(Properties, AreWholeRows) {
  for (const Property& row : all_properties()) {
    EXPECT_FALSE(row.name.empty() || row.statement.empty()) << row.name;
    EXPECT_FALSE(row.where.name.empty()) << row.name;
    EXPECT_TRUE(row.where.domain && row.plan.add && row.judge && row.explain) << row.name;
    if (const auto* blocks = std::get_if<InBlocks>(&row.judging)) {
      EXPECT_TRUE(blocks->judge) << row.name;
    }
    if (const auto* law = std::get_if<LawInBlocks>(&row.judging)) {
      EXPECT_TRUE(law->serves && law->law != nullptr) << row.name;
    }
  }
}

TEST(Properties, AreInTheOrderOfTheirFamilies) {
  EXPECT_TRUE(std::ranges::is_sorted(all_properties(), {}, &Property::family));
  EXPECT_EQ(Family::law, all_properties().front().family);
  EXPECT_EQ(Family::hygiene, all_properties().back().family);
}

TEST(Properties, HaveAllSixLawsAndNoOthersHaveNumbers) {
  std::map<std::string_view, std::string_view> laws;
  for (const Property& row : all_properties())
    if (!row.law.empty()) {
      EXPECT_EQ(Family::law, row.family) << row.name;
      laws[row.law] = row.name;
    }
  EXPECT_EQ(6U, laws.size());
}

TEST(Properties, OfHygieneBreakTheirOwnWordsAndLawsThoseOfTheClaim) {
  for (const Property& row : all_properties()) {
    if (row.family == Family::hygiene) {
      EXPECT_EQ(row.statement, row.promised) << row.name;
    }
    if (relates_calls(row.family)) {
      EXPECT_TRUE(row.promised.empty()) << row.name;
    }
  }
}

TEST(Properties, ThatAreLookedUpByWhatTheyAreAreTheOnlyOnes) {
  for (const Calling calling :
       {Calling::in_two_threads, Calling::in_lanes, Calling::amid_a_past, Calling::by_others}) {
    EXPECT_EQ(1, std::ranges::count(all_properties(), calling, &Property::calling));
    EXPECT_EQ(calling, property_called(calling).calling);
  }
  EXPECT_EQ(1, std::ranges::count(all_properties(), true, &Property::concerns_loading));
  EXPECT_TRUE(property_of_loading().concerns_loading);
}

TEST(Properties, OfANameOfAnotherVersionAreNotKnown) {
  EXPECT_EQ(nullptr, known_property("levity"));
  for (const Property& row : all_properties()) EXPECT_EQ(row.name, known_property(row.name)->name);
}

TEST(Properties, OfHygieneAccuseNobodyOfABrokenClaim) {
  Target target;
  target.function = &functions::exp;
  target.format = &binary64;
  const Claim expected;
  const Subject by_claim(target, Rounding::nearest);
  const Subject by_expectation(target, Rounding::nearest, &expected);
  for (const Property& row : all_properties()) {
    const bool hygiene = row.family == Family::hygiene;
    EXPECT_EQ(hygiene ? Basis::everyone : Basis::claim, basis_of(row, by_claim)) << row.name;
    EXPECT_EQ(hygiene ? Basis::everyone : Basis::expectation, basis_of(row, by_expectation))
        << row.name;
  }
}

}  // namespace
}  // namespace napier
