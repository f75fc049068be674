// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lib/fp/hexfloat.hpp"
#include "props/tally/largest.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

/// "≤ 0.5 ulp", "≤ 1", "> 100": each without what is in the column before.
std::string range_text(const std::vector<ErrorCount>& errors, std::size_t i) {
  const auto edge = [&](std::size_t k) {
    return decimal(errors[k].to.value, 3, Rounding::nearest);
  };
  if (i > 0 && std::isinf(errors[i].to.value)) return "> " + edge(i - 1);
  return fmt::format("≤ {}{}", edge(i), i == 0 ? " ulp" : "");
}

/// Neighbouring ranges of one sign as one, with the largest error among them.
RangeError together(std::span<const RangeError> ranges) {
  RangeError all = *std::ranges::max_element(
      ranges, {}, [](const RangeError& error) { return error.range.max_ulp.hi; });
  const bool falling = is_negative(ranges.front().range.from);  // in magnitude
  all.range.from = falling ? ranges.back().range.from : ranges.front().range.from;
  all.range.to = falling ? ranges.front().range.to : ranges.back().range.to;
  return all;
}

/// As few as to be seen at a glance. Never thinned out: a part is as bad as its worst.
std::vector<RangeError> condensed(std::span<const RangeError> ranges) {
  constexpr std::size_t most = 6;  // of either sign
  std::vector<RangeError> rows;
  const std::size_t each = (ranges.size() + most - 1) / most;
  for (; !ranges.empty(); ranges = ranges.subspan(std::min(each, ranges.size())))
    rows.push_back(together(ranges.first(std::min(each, ranges.size()))));
  return rows;
}

/// Cases without an error that could be counted: no true value, or no answer.
std::uint64_t uncounted(const Measurement& m) {
  std::uint64_t left = m.cases;
  for (const ErrorCount& count : m.breakdown.errors) left -= std::min(left, count.cases);
  return left;
}

}  // namespace

Table errors_table(const TargetResult& target) {
  const std::vector<ErrorCount>* longest = nullptr;  // the directed modes lack the first edge
  for (const Measurement& m : target.measurements)
    if (longest == nullptr || m.breakdown.errors.size() > longest->size())
      longest = &m.breakdown.errors;
  Table table{{{"errors"}, {"rounding"}}, {}};
  if (longest == nullptr || longest->empty()) return table;
  for (std::size_t i = 0; i < longest->size(); ++i)
    table.columns.push_back({range_text(*longest, i), {}, true});
  const bool all_counted = std::ranges::all_of(target.measurements, [](const Measurement& m) {
    return m.breakdown.errors.empty() || uncounted(m) == 0;
  });
  if (!all_counted) table.columns.push_back({"not counted", {}, true});
  for (const Measurement& m : target.measurements) {
    const auto& errors = m.breakdown.errors;
    if (errors.empty()) continue;
    Row row{{{std::string(name(m.strength))}, {std::string(name(m.rounding))}}, {}};
    row.cells.resize(2 + longest->size() - errors.size(), {"–", Tone::quiet});
    std::uint64_t so_far = 0;
    for (const ErrorCount& count : errors) {
      so_far += count.cases;
      Cell cell{part_text(count.cases, m.cases)};
      if (count.cases > 0)
        cell.share = static_cast<double>(so_far) / static_cast<double>(std::max(m.cases, so_far));
      row.cells.push_back(std::move(cell));
    }
    if (!all_counted) row.cells.push_back({part_text(uncounted(m), m.cases)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table binades_table(const TargetResult& target) {
  Table table;
  std::vector<RangeError> all;
  for (const Rounding rounding : all_roundings)
    if (all.empty()) all = errors_by_range(target, rounding);
  if (all.empty()) return table;
  const bool results = all.front().measurement->breakdown.of_results;
  table.columns = {
      {results ? "results from" : "arguments from"}, {"to"}, {"largest error", {}, true}, {"at"}};
  // What was measured where nobody claims anything has rows of its own.
  const auto is_judged = [&](const RangeError& error) {
    return is_judged_at(target, error.range.at);
  };
  const auto beyond = std::ranges::stable_partition(all, is_judged);
  const auto add_signs = [&](std::span<const RangeError> ranges, std::string_view beside) {
    const auto positive = std::ranges::find_if(
        ranges, [](const RangeError& error) { return !is_negative(error.range.from); });
    const auto negatives = static_cast<std::size_t>(positive - ranges.begin());
    for (const auto& part : {ranges.first(negatives), ranges.subspan(negatives)})
      for (const RangeError& error : condensed(part)) {
        Cell largest = largest_error_cell(error, target.claim);
        largest.beside = beside;
        table.rows.push_back({{arguments_cell(std::array{error.range.from}),
                               arguments_cell(std::array{error.range.to}), std::move(largest),
                               arguments_cell(error.range.at)},
                              {}});
      }
  };
  add_signs({all.begin(), beyond.begin()}, "");
  add_signs(beyond, "not claimed");
  if (!table.rows.empty())
    table.rows.back().remark =
        fmt::format("Ranges whose largest error is at most {} ulp are left out.", worth_keeping);
  return table;
}

}  // namespace napier
