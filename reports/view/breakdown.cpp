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

/// Neighbouring binades of one sign as one, with the largest error among them.
BinadeError together(std::span<const BinadeError> binades) {
  BinadeError all = binades.front();
  for (const BinadeError& binade : binades)
    if (binade.max_ulp.hi > all.max_ulp.hi) all = binade;
  const bool falling = is_negative(binades.front().from);  // in magnitude
  all.from = falling ? binades.back().from : binades.front().from;
  all.to = falling ? binades.front().to : binades.back().to;
  return all;
}

/// As few as to be seen at a glance. Never thinned out: a part is as bad as its worst.
std::vector<BinadeError> condensed(std::span<const BinadeError> binades) {
  constexpr std::size_t most = 6;  // of either sign
  std::vector<BinadeError> rows;
  const std::size_t each = (binades.size() + most - 1) / most;
  for (; !binades.empty(); binades = binades.subspan(std::min(each, binades.size())))
    rows.push_back(together(binades.first(std::min(each, binades.size()))));
  return rows;
}

/// The first measurement with binades, in nearest if that was tried.
const Measurement* with_binades(const TargetResult& target) {
  const Measurement* first = nullptr;
  for (const Measurement& m : target.measurements) {
    if (m.breakdown.binades.empty()) continue;
    if (m.rounding == Rounding::nearest) return &m;
    if (first == nullptr) first = &m;
  }
  return first;
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
  const Measurement* m = with_binades(target);
  if (m == nullptr) return table;
  const bool results = m->breakdown.of_results;
  table.columns = {
      {results ? "results from" : "arguments from"}, {"to"}, {"largest error", {}, true}, {"at"}};
  const std::span<const BinadeError> all = m->breakdown.binades;
  const auto positive = std::ranges::find_if(
      all, [](const BinadeError& binade) { return !is_negative(binade.from); });
  const auto negatives = static_cast<std::size_t>(positive - all.begin());
  for (const auto& part : {all.first(negatives), all.subspan(negatives)})
    for (const BinadeError& binade : condensed(part)) {
      Measurement one = *m;
      one.max_ulp = binade.max_ulp;
      one.at = binade.at;
      table.rows.push_back(
          {{arguments_cell(std::array{binade.from}), arguments_cell(std::array{binade.to}),
            largest_error_cell(one, target.claim), arguments_cell(binade.at)},
           {}});
    }
  if (!table.rows.empty())
    table.rows.back().remark =
        fmt::format("Ranges whose largest error is at most {} ulp are left out.", worth_keeping);
  return table;
}

}  // namespace napier
