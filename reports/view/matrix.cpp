// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>

#include "lib/fp/format.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

/// What the targets of one row share: "libm/exp", "so:./libm.so#exp exp".
std::string row_name(const TargetResult& target) {
  const std::string label = verdict_line(target).target;
  const std::string format = ":" + target.format;
  return label.ends_with(format) ? label.substr(0, label.size() - format.size()) : label;
}

/// The largest error in the first mode that was tried, behind a mark for any verdict but "stands".
Cell error_cell(const TargetResult& target) {
  const Tone tone = tone_of(target.verdict);
  if (!was_tried(target.verdict)) return {std::string(name(target.verdict)), tone};
  const std::string figure = largest_error_figure(target);
  const bool marked = target.verdict != TargetVerdict::stands;
  const bool known = target.verdict == TargetVerdict::known;
  const std::string mark =
      marked ? std::string(mark_of(known ? Tone::refuted : tone)) + (known ? " known " : " ") : "";
  return {mark + (figure.empty() ? "–" : figure), marked ? tone : Tone::plain};
}

}  // namespace

Table error_matrix(const Report& report) {
  std::vector<std::string_view> formats;
  for (const Format* format : all_formats)
    if (std::ranges::find(report.targets, format->name, &TargetResult::format) !=
        report.targets.end())
      formats.push_back(format->name);
  Table table{{{"largest error, ulp", {}}}, {}};
  for (const std::string_view format : formats)
    table.columns.push_back({std::string(format), {}, true});
  std::vector<std::string> names;
  for (std::size_t place = 0; place < report.targets.size(); ++place) {
    const TargetResult& target = report.targets[place];
    const auto column = std::ranges::find(formats, target.format);
    if (column == formats.end()) continue;  // of a report.json that was edited
    const std::string name = row_name(target);
    const auto cell = static_cast<std::size_t>(column - formats.begin()) + 1;
    // A target that was named twice has a row for each time.
    std::size_t row = 0;
    while (row < names.size() && (names[row] != name || !table.rows[row].cells[cell].text.empty()))
      ++row;
    if (row == names.size()) {
      names.push_back(name);
      table.rows.push_back({{{name, Tone::plain, true}}, {}});
      table.rows.back().cells.resize(formats.size() + 1);
    }
    table.rows[row].cells[cell] = error_cell(target);
    table.rows[row].cells[cell].target = place;
  }
  return table;
}

}  // namespace napier
