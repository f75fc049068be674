// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/kill_matrix.hpp"

#include <fmt/format.h>

#include "reports/render/figures.hpp"
#include "reports/render/layout.hpp"
#include "reports/render/markdown.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

constexpr std::string_view marks =
    "Per cent of a property's cases that refute the mutant. – the property can't be asked of it. "
    "0 must: the property can't see this fault, so it must refute nothing. ! it did all the same: "
    "a bug.";

Cell cell_of(const KillMatrix::Cell& cell) {
  if (!cell.share) return {"–", Tone::quiet};
  const std::string share =
      *cell.share == 0 ? "0" : decimal(*cell.share, 3, Rounding::nearest, std::array{0.0, 1.0}, 2);
  if (!cell.must_be_zero) return {share, *cell.share > 0 ? Tone::stands : Tone::plain};
  return *cell.share > 0 ? Cell{share + " !", Tone::refuted} : Cell{"0 must", Tone::quiet};
}

Table table_of(const KillMatrix& matrix) {
  Table table;
  table.columns.push_back({"mutant", {}});
  for (const std::string& property : matrix.properties)
    table.columns.push_back({one_line(property), {}, true});
  for (std::size_t i = 0; i < matrix.mutants.size(); ++i) {
    const KillMatrix::Mutant& mutant = matrix.mutants[i];
    Row row{{{one_line(mutant.name), Tone::plain, true, one_line(mutant.sin)}}, {}};
    for (const KillMatrix::Cell& cell : matrix.cells[i]) row.cells.push_back(cell_of(cell));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string title(const KillMatrix& matrix) {
  return "What each property is worth: mutants of " + one_line(matrix.subject);
}

}  // namespace

std::string render_terminal(const KillMatrix& matrix, int width) {
  const auto plain = [](std::string_view text, Tone) { return std::string(text); };
  return title(matrix) + "\n\n" + laid_out(table_of(matrix), width, plain) + "\n" +
         wrapped(marks, width, 0) + "\n";
}

std::string render_markdown(const KillMatrix& matrix) {
  return "# " + markdown_escaped(title(matrix)) + "\n\n" + markdown_table(table_of(matrix)) + "\n" +
         markdown_escaped(marks) + "\n";
}

}  // namespace napier
