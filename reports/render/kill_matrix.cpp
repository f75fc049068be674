// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/kill_matrix.hpp"

#include <fmt/format.h>

#include "reports/render/layout.hpp"
#include "reports/render/markdown.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

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

/// Some of the properties, and all mutants.
struct Part {
  std::size_t first = 0;
  std::size_t count = 0;
};

Table table_of(const KillMatrix& matrix, const Part& part) {
  Table table;
  table.columns.push_back({"mutant", {}});
  for (std::size_t j = part.first; j < part.first + part.count; ++j)
    table.columns.push_back({one_line(matrix.properties[j]), {}, true});
  for (std::size_t i = 0; i < matrix.mutants.size(); ++i) {
    const KillMatrix::Mutant& mutant = matrix.mutants[i];
    Row row{{{one_line(mutant.name), Tone::plain, true, one_line(mutant.sin)}}, {}};
    for (std::size_t j = part.first; j < part.first + part.count; ++j)
      row.cells.push_back(cell_of(matrix.cells[i][j]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string terminal_table(const KillMatrix& matrix, const Part& part, int width) {
  const auto plain = [](std::string_view text, Tone) { return std::string(text); };
  return laid_out(table_of(matrix, part), width, plain);
}

bool fits(std::string_view table, int width) {
  // All lines of a table are as long as its titles, but for blanks at their ends.
  return width <= 0 || text_width(table.substr(0, table.find('\n'))) <= std::size_t(width);
}

std::string title(const KillMatrix& matrix) {
  return "What each property is worth: mutants of " + one_line(matrix.subject);
}

}  // namespace

std::string render_terminal(const KillMatrix& matrix, int width) {
  std::string text = title(matrix) + "\n";
  for (Part part; part.first < matrix.properties.size(); part.first += part.count) {
    part.count = matrix.properties.size() - part.first;
    std::string table = terminal_table(matrix, part, width);
    while (part.count > 1 && !fits(table, width)) {
      --part.count;
      table = terminal_table(matrix, part, width);
    }
    text += "\n" + table;
  }
  return text + "\n" + wrapped(marks, width, 0) + "\n";
}

std::string render_markdown(const KillMatrix& matrix) {
  const Table table = table_of(matrix, {0, matrix.properties.size()});
  return "# " + markdown_escaped(title(matrix)) + "\n\n" + markdown_table(table) + "\n" +
         markdown_escaped(marks) + "\n";
}

}  // namespace napier
