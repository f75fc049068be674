// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/implementations.hpp"

#include <algorithm>
#include <array>

#include "props/property/property.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/speed.hpp"

namespace napier {
namespace {

constexpr const char* none = "–";

int gravity(Tone state) {
  constexpr std::array rising{Tone::quiet, Tone::measured, Tone::stands, Tone::inconclusive,
                              Tone::refuted};
  return static_cast<int>(std::ranges::find(rising, state) - rising.begin());
}

/// The gravest of a family's rows in all modes, and where nothing is claimed how many cases are
/// against it.
Cell family_cell(const TargetResult& target, Family family) {
  Tone state = Tone::quiet;
  std::uint64_t against = 0;
  for (const Measurement& m : target.measurements) {
    const Property* property = known_property(m.property);
    if (property == nullptr || property->family != family || m.cases == 0) continue;
    if (gravity(state_of(m)) > gravity(state)) state = state_of(m);
    if (!m.judged) against += m.refuted;
  }
  Cell cell{std::string(mark_of(state)), state};
  if (state == Tone::measured && against != 0) cell.text += " " + count_text(against);
  return cell;
}

/// The gravest of all laws, and which these are where it is not that they stand.
Cell laws_cell(const TargetResult& target) {
  Tone state = Tone::quiet;
  for (const LawRow& law : target.laws)
    if (gravity(state_of(law)) > gravity(state)) state = state_of(law);
  Cell cell{std::string(mark_of(state)), state};
  if (state != Tone::refuted && state != Tone::inconclusive) return cell;
  std::vector<std::string> numbers;
  for (const LawRow& law : target.laws)
    if (state_of(law) == state && std::ranges::find(numbers, law.number) == numbers.end())
      numbers.push_back(law.number);
  for (const std::string& number : numbers)
    cell.text += (&number == &numbers.front() ? " " : ", ") + number;
  return cell;
}

Cell rounded_cell(const TargetResult& target) {
  if (!target.unsaturated || target.unsaturated->cases == 0) return {none, Tone::quiet};
  const auto& [cases, misrounded] = *target.unsaturated;
  return {percent_text(static_cast<double>(cases - std::min(cases, misrounded)) /
                       static_cast<double>(cases))};
}

/// The letters of the families, in the order of the report: A, B, … Z, AA, …
std::vector<std::string> lineages(const Report& report) {
  constexpr std::size_t letters = 26;
  std::vector<std::string> names(report.targets.size());
  std::size_t number = 0;
  for (const Kinship& kin : kinships(report)) {
    std::string name;
    for (std::size_t rest = ++number; rest != 0; rest = (rest - 1) / letters)
      name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % letters));
    for (const std::size_t place : kin.targets) names[place] = name;
  }
  return names;
}

}  // namespace

bool are_rivals(const Report& report) {
  for (std::size_t i = 0; i < report.targets.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const TargetResult &a = report.targets[i], &b = report.targets[j];
      if (a.function == b.function && a.format == b.format && was_tried(a.verdict) &&
          was_tried(b.verdict))
        return true;
    }
  return false;
}

Table implementation_table(const Report& report) {
  Table table{{{"function"},
               {"implementation"},
               {"largest error, ulp", {}, true},
               {"correctly rounded", {}, true},
               {"weakly monotone"},
               {"special values"},
               {"laws"}},
              {}};
  const std::vector<SpeedPoint> speeds = speed_points(report);
  if (!speeds.empty()) table.columns.push_back({"a call takes, ns", {}, true});
  const std::vector<std::string> families = lineages(report);
  const bool any_kin = std::ranges::any_of(families, [](auto& name) { return !name.empty(); });
  if (any_kin) table.columns.push_back({"lineage"});
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < report.targets.size(); ++place)
    if (was_tried(report.targets[place].verdict)) places.push_back(place);
  if (places.size() < 2) return table;
  // A function stands where its first implementation does.
  std::vector<std::string> functions;
  const auto key = [&](std::size_t place) {
    const TargetResult& target = report.targets[place];
    const std::string function = target.function + ":" + target.format;
    const auto known = std::ranges::find(functions, function);
    const auto number = known - functions.begin();
    if (known == functions.end()) functions.push_back(function);
    return number;
  };
  for (const std::size_t place : places) key(place);
  std::ranges::stable_sort(places, {}, key);
  for (const std::size_t place : places) {
    const TargetResult& target = report.targets[place];
    const Tone verdict = tone_of(target.verdict);
    const bool marked = target.verdict != TargetVerdict::stands;
    const std::string figure = largest_error_figure(target);
    Cell name{target.name, Tone::plain, true};
    name.target = place;
    Row row{{{target.function + ":" + target.format}, name}, {}};
    row.cells.push_back({figure.empty() ? none : figure, marked ? verdict : Tone::plain});
    row.cells.push_back(rounded_cell(target));
    row.cells.push_back(family_cell(target, Family::order));
    row.cells.push_back(family_cell(target, Family::special_values));
    row.cells.push_back(laws_cell(target));
    if (!speeds.empty()) {
      const auto timed = std::ranges::find(speeds, place, &SpeedPoint::target);
      row.cells.push_back(timed == speeds.end()
                              ? Cell{none, Tone::quiet}
                              : Cell{decimal(timed->nanoseconds, 3, Rounding::nearest)});
    }
    if (any_kin)
      row.cells.push_back(families[place].empty() ? Cell{none, Tone::quiet}
                                                  : Cell{families[place]});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace napier
