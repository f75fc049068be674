// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The compiler knows the promises that the grammar knows.
#include "audit/embedded/include/napier/claim_literal.hpp"

#include <gtest/gtest.h>

#include <string>

#include "lib/fp/format.hpp"
#include "lib/target/error_kinds.hpp"

namespace napier {
namespace {

/// How the promises of the grammar begin, each with the format that it may name.
std::vector<std::string> beginnings() {
  std::vector<std::string_view> patterns;
  for (const ErrorKind& kind : error_kinds()) patterns.push_back(kind.pattern);
  for (const Fact& fact : facts()) patterns.push_back(fact.pattern);
  for (const StatisticKind& kind : statistic_kinds()) patterns.push_back(kind.pattern);
  std::vector<std::string> all;
  for (const std::string_view pattern : patterns) {
    const std::string word(pattern.substr(0, pattern.find_first_of(" (")));
    if (word != "FORMAT") all.push_back(word);
    if (word == "FORMAT")
      for (const Format* format : all_formats) all.emplace_back(format->name);
  }
  return all;
}

TEST(ClaimLiteral, EveryPromiseOfTheGrammarIsKnown) {
  for (const std::string& word : beginnings()) {
    EXPECT_TRUE(detail::begins_a_promise(word.c_str())) << word;
    EXPECT_TRUE(detail::begins_a_promise((word + " <= 1").c_str())) << word;
    EXPECT_FALSE(detail::begins_a_promise((word + "x <= 1").c_str())) << word;
  }
}

TEST(ClaimLiteral, NoOtherWordIsKnown) {
  const std::vector<std::string> known = beginnings();
  for (const char* word : detail::first_words)
    EXPECT_NE(std::ranges::find(known, word), known.end()) << word << " begins no promise";
}

}  // namespace
}  // namespace napier
