// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/special.hpp"

#include <array>

#include "reports/view/figures.hpp"

namespace napier {
namespace {

std::string short_text(Float x) { return arguments_in_decimal(std::array{x}); }

Cell result_cell(const SpecialGrid& grid, std::size_t i) {
  using State = SpecialGrid::State;
  if (!grid.got[i]) return {"no answer", Tone::inconclusive};
  const State state = grid.states[i];
  return {short_text(*grid.got[i]), state == State::broken     ? Tone::refuted
                                    : state == State::unjudged ? Tone::quiet
                                                               : Tone::plain};
}

}  // namespace

Table special_table(const TargetResult& target) {
  if (!target.special || target.special->x.empty()) return {};
  const SpecialGrid& grid = *target.special;
  const std::string& f = target.function;
  Table table;
  if (grid.y.empty()) {
    table.columns = {{"x", {}, true}, {f + "(x)", {}, true}};
    for (std::size_t i = 0; i < grid.x.size(); ++i)
      table.rows.push_back({{arguments_cell(std::array{grid.x[i]}), result_cell(grid, i)}, {}});
  } else {
    table.columns.push_back({f + "(x, y), x", {}, true});
    for (const Float y : grid.y) table.columns.push_back({"y = " + short_text(y), {}, true});
    for (std::size_t i = 0; i < grid.x.size(); ++i) {
      Row row{{{short_text(grid.x[i])}}, {}};
      for (std::size_t k = 0; k < grid.y.size(); ++k)
        row.cells.push_back(result_cell(grid, i * grid.y.size() + k));
      table.rows.push_back(std::move(row));
    }
  }
  table.rows.back().remark =
      "To nearest. In red what is proven wrong, in grey what nothing is asked of.";
  return table;
}

}  // namespace napier
