// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/observed_read.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace napier {

Rounding rounding(const JsonNode& node) {
  const auto found = find_rounding(node.text());
  if (!found) node.refuse("is '" + node.text() + "', which is not a rounding mode");
  return *found;
}

std::vector<ErrorFigures> ObservedReader::figures(const JsonNode& node) {
  const auto cases = node["cases"].list([](const JsonNode& element) { return element.count(); });
  std::vector<ErrorFigures> parts(cases.size());
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].cases = cases[i];
  const auto read = [&](const char* key, double ErrorFigures::*member) {
    const auto column =
        node[key].list([](const JsonNode& element) { return element.signed_figure(); });
    if (column.size() != parts.size()) node.refuse("has columns of different lengths");
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].*member = column[i];
  };
  read("least", &ErrorFigures::least);
  read("most", &ErrorFigures::most);
  read("mean", &ErrorFigures::mean);
  read("rms", &ErrorFigures::rms);
  return parts;
}

SeenError ObservedReader::seen_error(const JsonNode& node) const {
  SeenError error{node["at_least"].figure(), data(node["at"]), node["cases"].count()};
  if (!node.has("at_most")) return error;  // of an older Napier
  error.at_most = node["at_most"].figure();
  error.judged = node["judged"].count();
  error.is_of_every_call = node["every_call"].flag();
  return error;
}

Profile ObservedReader::profile(const JsonNode& node) const {
  Profile profile;
  profile.rounding = rounding(node["rounding"]);
  profile.of_results = node["of"].choice<bool>({{"argument", false}, {"result", true}});
  const std::vector<ErrorFigures> all = figures(node["all"]);
  if (all.size() != 1) node["all"].refuse("is not one column of each");
  profile.all = all.front();
  profile.ends = data(node["ends"]);
  profile.parts = figures(node["parts"]);
  profile.phases = figures(node["phases"]);
  if (profile.ends.size() != profile.parts.size() + 1)
    node["ends"].refuse("are not one more than parts");
  return profile;
}

Misrounded ObservedReader::unsaturated(const JsonNode& node) const {
  const Misrounded counted{node["cases"].count(), node["misrounded"].count()};
  if (counted.misrounded > counted.cases) node["misrounded"].refuse("is more than all cases");
  return counted;
}

SpecialGrid ObservedReader::special(const JsonNode& node) const {
  SpecialGrid grid;
  grid.x = data(node["x"]);
  if (node.has("y")) grid.y = data(node["y"]);
  grid.got = node["got"].list(
      [this](const JsonNode& y) { return y.is_null() ? std::optional<Float>() : datum(y); });
  for (const char letter : node["states"].text()) {
    const auto state = state_of(letter);
    if (!state) node["states"].refuse("has a letter that is no state");
    grid.states.push_back(*state);
  }
  const std::size_t calls = grid.x.size() * (grid.y.empty() ? 1 : grid.y.size());
  if (grid.got.size() != calls) node["got"].refuse("is not as many as there are arguments");
  if (grid.states.size() != calls) node["states"].refuse("are not as many as there are results");
  return grid;
}

HeatMap ObservedReader::heat_map(const JsonNode& node) const {
  HeatMap map;
  map.property = node["property"].text();
  map.rounding = rounding(node["rounding"]);
  map.x_ends = data(node["x_ends"]);
  map.y_ends = data(node["y_ends"]);
  map.cases = node["cases"].count();
  map.largest = node["largest"].list([](const JsonNode& cell) {
    return cell.is_null() ? std::optional<double>() : cell.figure();
  });
  if (map.x_ends.size() < 2) node["x_ends"].refuse("are fewer than two");
  if (map.y_ends.size() < 2) node["y_ends"].refuse("are fewer than two");
  if (map.largest.size() != map.columns() * map.rows())
    node["largest"].refuse("is not as many as there are cells");
  return map;
}

StepSizes ObservedReader::step_sizes(const JsonNode& node) {
  const auto power = [](const JsonNode& element) {
    constexpr int most = 16'384;  // no format has a step beyond
    const double figure = element.signed_figure();
    if (!(std::abs(figure) <= most) || figure != std::trunc(figure))
      element.refuse("is no power of a step");
    return static_cast<int>(figure);
  };
  const auto end = [](const JsonNode& element) {
    if (!std::isfinite(element.signed_figure())) element.refuse("is infinite");
    return element.signed_figure();
  };
  StepSizes steps{
      end(node["from"]), end(node["to"]), power(node["chosen"]), power(node["best"]), {}};
  for (const int one : node["powers"].list(power)) steps.errors.push_back({.power = one});
  const auto longer =
      std::ranges::adjacent_find(steps.errors, std::less_equal{}, &StepError::power);
  if (longer != steps.errors.end()) node["powers"].refuse("are not from the longest on");
  for (const int one : {steps.chosen, steps.best})
    if (std::ranges::find(steps.errors, one, &StepError::power) == steps.errors.end())
      node.refuse("has a step that is none of its powers");
  const auto read = [&](const char* key, double StepError::*member) {
    const auto column = node[key].list([](const JsonNode& element) { return element.figure(); });
    if (column.size() != steps.errors.size()) node.refuse("has columns of different lengths");
    for (std::size_t i = 0; i < column.size(); ++i) steps.errors[i].*member = column[i];
  };
  read("left_out", &StepError::left_out);
  read("rounding", &StepError::rounding);
  read("predicted", &StepError::predicted);
  read("observed", &StepError::observed);
  return steps;
}

}  // namespace napier
