// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/heat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "props/property/property.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// About where the cells end; a long double holds the range of every format.
std::vector<std::string> texts(const std::vector<Float>& ends) {
  std::vector<std::string> all;
  for (const Float end : ends)
    all.push_back(fmt::format(
        "{:.3g}", std::strtold(arguments_in_decimal(std::array{end}).c_str(), nullptr)));
  return all;
}

double largest_of(const HeatMap& map) {
  double largest = 0;
  for (const auto& cell : map.largest) largest = std::max(largest, cell.value_or(0));
  return largest;
}

/// The claim in ulps; else what all but some cells are below, so that one error doesn't hide all
/// others. Of a law the claim is the whole.
double top_of(const HeatMap& map, const Claim& claim, bool& is_limit) {
  std::vector<double> cells;
  for (const auto& cell : map.largest)
    if (cell && std::isfinite(*cell)) cells.push_back(*cell);
  const std::vector<double> claimed = landmarks(claim, map.rounding);
  is_limit = !claimed.empty();
  if (is_limit) return claimed.front();
  if (cells.empty()) return 0;
  std::ranges::sort(cells);
  return cells[cells.size() * 19 / 20];
}

HeatChart chart_of(const HeatMap& map, const Claim& claim) {
  const Property* property = known_property(map.property);
  const bool of_law = property != nullptr && !property->law.empty();
  HeatChart chart;
  chart.title =
      of_law ? fmt::format("Law {} {}: how much of the claim it uses", property->law, map.property)
             : "Errors over both arguments";
  if (map.rounding != Rounding::nearest) chart.title += ", " + mode_text(map.rounding);
  chart.x_name = "x";
  chart.y_name = "y";
  chart.x_ends = texts(map.x_ends);
  chart.y_ends = texts(map.y_ends);
  const auto ulps = [](double figure) { return decimal(figure, 3, Rounding::nearest) + " ulp"; };
  const double largest = largest_of(map);
  bool is_limit = true;
  const double top = of_law ? 1 : top_of(map, claim, is_limit);
  chart.top = of_law ? "100 %" : ulps(top);
  for (const auto& cell : map.largest) {
    auto& share = chart.shares.emplace_back();
    if (cell) share = top > 0 ? *cell / top : 0;
    if (share && !is_limit) share = std::min(*share, 1.0);
  }
  chart.caption = fmt::format(
      "The largest {} of each cell, over {} that were drawn for this picture; the largest of all "
      "is "
      "{}. The darkest is {}{}. Columns, and rows, have about as many cases each.",
      of_law ? "share" : "error", counted(map.cases, "case", "cases"),
      of_law ? percent_text(largest) : ulps(largest), chart.top,
      is_limit ? ", and red is more" : " and more");
  return chart;
}

}  // namespace

std::vector<HeatChart> heat_charts(const TargetResult& target) {
  std::vector<HeatChart> charts;
  for (const HeatMap& map : target.maps) charts.push_back(chart_of(map, target.claim));
  return charts;
}

}  // namespace napier
