// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/kill_matrix.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/render/layout.hpp"
#include "tests/reports/baseline.hpp"

namespace napier {
namespace {

KillMatrix sample_matrix() {
  KillMatrix m;
  m.subject = "exp:binary64, claimed <= 1 ulp";
  m.properties = {"product", "reciprocal", "quotient", "tower", "slope", "accuracy"};
  m.mutants = {{"wrong_base", "e(1 + 2^-40) instead of e"},
               {"scaled", "a factor of 1 + 2^-45"},
               {"folded", "exp|x|"},
               {"bad_binade", "one wrong table entry in [2, 4)"}};
  const KillMatrix::Cell zero{0.0, true};
  m.cells = {{zero, zero, {0.0625, true}, zero, {0.99951}, {1.0}},
             {{1.0}, {1.0}, {0.9999999}, {0.999}, {1.0}, {1.0}},
             {{0.486}, {1.0}, {0.744}, {0.514}, {0.508}, {0.5}},
             {{0.133}, {0.107}, {0.0000001}, {0.0}, {std::nullopt}, {0.01}}};
  return m;
}

TEST(KillMatrix, LooksAsApproved) {
  expect_baseline("kill_matrix.txt", render_terminal(sample_matrix(), 100));
  expect_baseline("kill_matrix.md", render_markdown(sample_matrix()));
  expect_baseline("kill_matrix.html", render_html(sample_matrix()));
}

TEST(KillMatrix, TellsAFullShareFromANearlyFullOne) {
  EXPECT_THAT(render_terminal(sample_matrix(), 100), testing::HasSubstr(" 99.99999 "));
}

TEST(KillMatrix, PutsPropertiesBelowEachOtherWhereATerminalIsNarrow) {
  const std::string narrow = render_terminal(sample_matrix(), 50);
  std::istringstream lines(narrow);
  int tables = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ")) continue;  // the title is no part of a table
    tables += line.starts_with("  mutant") ? 1 : 0;
    EXPECT_LE(text_width(line), 50u) << line;
  }
  EXPECT_EQ(tables, 2);
  for (const std::string& property : sample_matrix().properties)
    EXPECT_THAT(narrow, testing::HasSubstr("  " + property));
}

TEST(KillMatrix, ItsPageHasEveryFigureAndLetsNoMutantSpeakForIt) {
  KillMatrix matrix = sample_matrix();
  matrix.mutants[0].sin = "<script>alert(1)</script>";
  const std::string page = render_html(matrix);
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("<script")));
  EXPECT_THAT(page,
              testing::HasSubstr("<td class=bug title=\"quotient refutes wrong_base in 6.2 %"));
  EXPECT_THAT(page, testing::HasSubstr(">99.95"));  // never 100, which is all of them
  EXPECT_THAT(page, testing::HasSubstr("mutants refuted<td>3<td>3<td>4<td>2<td>3<td>4"));
}

TEST(KillMatrix, MarksAPropertyThatSeesWhatItCannot) {
  EXPECT_THAT(render_terminal(sample_matrix(), 100), testing::HasSubstr(" 6.25 !"));
}

}  // namespace
}  // namespace napier
