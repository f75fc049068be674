// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Planes of two arguments and tables of special values: marks stand where the data has them.
#include "reports/view/heat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/render/heat_map.hpp"
#include "reports/render/html.hpp"
#include "reports/view/special.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A plane of so many columns and rows whose cells are empty but for one.
TargetResult with_one_cell(std::size_t columns, std::size_t rows, std::size_t cell, double figure,
                           std::string property = "product") {
  HeatMap map{std::move(property), Rounding::nearest, {}, {}, {}, 300};
  for (std::size_t i = 0; i <= columns; ++i)
    map.x_ends.push_back(from_integer(binary64, static_cast<std::int64_t>(i)));
  for (std::size_t i = 0; i <= rows; ++i)
    map.y_ends.push_back(from_integer(binary64, static_cast<std::int64_t>(i)));
  map.largest.resize(columns * rows);
  map.largest[cell] = figure;
  TargetResult target;
  target.maps = {map};
  return target;
}

/// Where the only cell of a picture begins.
std::pair<double, double> corner(const TargetResult& target, const std::string& strength) {
  const std::string picture = heat_map(heat_charts(target).front());
  const std::size_t at = picture.find("<path class=" + strength + " d=\"M");
  if (at == std::string::npos) return {-1, -1};
  std::istringstream numbers(picture.substr(picture.find('M', at) + 1));
  double x = 0, y = 0;
  numbers >> x >> y;
  return {x, y};
}

TEST(HeatMap, HasItsCellsWhereTheFiguresAre) {
  const auto low_left = corner(with_one_cell(4, 4, 0, 0.99), "h7");
  const auto low_right = corner(with_one_cell(4, 4, 3, 0.99), "h7");
  const auto high_left = corner(with_one_cell(4, 4, 12, 0.99), "h7");
  ASSERT_GE(low_left.first, 0);
  EXPECT_GT(low_right.first, low_left.first);
  EXPECT_EQ(low_right.second, low_left.second);
  EXPECT_EQ(high_left.first, low_left.first);
  EXPECT_LT(high_left.second, low_left.second);
}

TEST(HeatMap, TellsHowStrongACellIs) {
  EXPECT_GE(corner(with_one_cell(2, 2, 1, 0), "h0").first, 0);
  EXPECT_GE(corner(with_one_cell(2, 2, 1, 0.51), "h4").first, 0);
  EXPECT_GE(corner(with_one_cell(2, 2, 1, 1), "h7").first, 0);
  EXPECT_GE(corner(with_one_cell(2, 2, 1, 1.01), "h8").first, 0);  // breaks the claim
  EXPECT_GE(corner(with_one_cell(2, 2, 1, INFINITY), "h8").first, 0);
  // Of errors no limit is known: the largest is the strongest.
  EXPECT_GE(corner(with_one_cell(2, 2, 1, 7, "accuracy"), "h7").first, 0);
  EXPECT_EQ(heat_charts(with_one_cell(2, 2, 1, 7, "accuracy")).front().top, "7 ulp");
  for (const double figure : {0.0, 1e300, double(INFINITY)}) {
    const TargetResult odd = with_one_cell(1, 1, 0, figure, "accuracy");
    EXPECT_THAT(heat_map(heat_charts(odd).front()), Not(HasSubstr("nan")));
  }
}

TEST(HeatMap, OfErrorsIsMeasuredByTheClaim) {
  TargetResult target = with_one_cell(2, 2, 1, 7, "accuracy");
  target.claim = parse_claim("ulp <= 14", functions::pow, binary64);
  EXPECT_EQ(heat_charts(target).front().top, "14 ulp");
  EXPECT_GE(corner(target, "h4").first, 0);
  target.claim = parse_claim("ulp <= 6", functions::pow, binary64);
  EXPECT_GE(corner(target, "h8").first, 0);
}

TEST(HeatMap, IsNotBlindedByOneLargeError) {
  TargetResult target = with_one_cell(6, 6, 1, 1e9, "accuracy");
  for (std::size_t i = 2; i < 36; ++i) target.maps.front().largest[i] = 0.5;
  const HeatChart chart = heat_charts(target).front();
  EXPECT_EQ(chart.top, "0.5 ulp");
  EXPECT_EQ(chart.shares[1], 1.0);  // no claim is broken
  EXPECT_THAT(chart.caption, HasSubstr("the largest of all is 1e"));
}

TEST(HeatMap, HasShortTextsAtItsEnds) {
  TargetResult target = with_one_cell(1, 1, 0, 0.5);
  target.maps.front().x_ends = {negated(max_finite(binary64)), next_up(from_integer(binary64, 3))};
  const HeatChart chart = heat_charts(target).front();
  EXPECT_EQ(chart.x_ends, (std::vector<std::string>{"-1.8e+308", "3"}));
}

TEST(SpecialTable, TellsRightFromWrong) {
  const Report report = sample_report();
  const auto bad = std::ranges::find(report.targets, "so:./libbad.so#my_exp", &TargetResult::name);
  const Table table = special_table(*bad);
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(table.rows[0].cells[1].tone, Tone::plain);
  EXPECT_EQ(table.rows[1].cells[1].tone, Tone::refuted);
  EXPECT_EQ(table.rows[1].cells[1].text, "0");
  EXPECT_EQ(table.rows[2].cells[1].text, "no answer");
  EXPECT_EQ(table.rows[3].cells[1].tone, Tone::quiet);
}

TEST(SpecialTable, OfTwoArgumentsHasARowForEachBase) {
  TargetResult target;
  target.function = "pow";
  const Float one = from_integer(binary64, 1), two = from_integer(binary64, 2);
  using enum SpecialGrid::State;
  target.special = SpecialGrid{{one, two},
                               {one, zero(binary64), two},
                               {one, one, one, two, two, one},
                               {kept, kept, kept, kept, broken, kept}};
  const Table table = special_table(target);
  ASSERT_EQ(table.rows.size(), 2u);
  ASSERT_EQ(table.rows[1].cells.size(), 4u);
  EXPECT_EQ(table.rows[1].cells[2].tone, Tone::refuted);
  EXPECT_EQ(table.columns[2].title, "y = 0");
}

TEST(Page, ShowsPlanesAndSpecialValuesOfWhoIsRefuted) {
  const std::string page = render_html(sample_report());
  EXPECT_THAT(page, HasSubstr("<svg class=heat"));
  EXPECT_THAT(page, HasSubstr("Law 1.1 product: how much of the claim it uses"));
  EXPECT_THAT(page, HasSubstr("<h3>Special values</h3>"));
  EXPECT_THAT(page, HasSubstr("74 (12.5 %) of 592 calls"));
}

}  // namespace
}  // namespace napier
