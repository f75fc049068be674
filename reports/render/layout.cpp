// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/layout.hpp"

#include <algorithm>

namespace napier {
namespace {

constexpr std::string_view margin = "  ";
constexpr std::string_view gap = "  ";

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::size_t cell_width(const Cell& cell, bool with_beside) {
  const bool both = with_beside && !cell.beside.empty();
  return text_width(cell.text) + (both ? 1 + text_width(cell.beside) : 0);
}

/// A table without the columns that are left out.
Table without_optional(const Table& table) {
  Table narrow;
  for (const Column& column : table.columns)
    if (!column.optional) narrow.columns.push_back(column);
  for (const Row& row : table.rows) {
    Row kept{{}, row.remark};
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      // The last cell of a short row spans what is left: it stays.
      if (!table.columns[i].optional || (i + 1 == row.cells.size() && i + 1 < table.columns.size()))
        kept.cells.push_back(row.cells[i]);
    narrow.rows.push_back(std::move(kept));
  }
  return narrow;
}

std::vector<std::size_t> widths_of(const Table& table, bool with_beside) {
  std::vector<std::size_t> widths;
  widths.reserve(table.columns.size());
  for (const Column& column : table.columns) widths.push_back(text_width(column.title));
  for (const Row& row : table.rows) {
    const bool spans = row.cells.size() < table.columns.size();
    for (std::size_t i = 0; i + (spans ? 1 : 0) < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], cell_width(row.cells[i], with_beside));
  }
  return widths;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = margin.size();
  for (const std::size_t width : widths) sum += width + gap.size();
  return sum - gap.size();
}

struct Layout {
  const Table& table;
  const std::vector<std::size_t> widths;
  const bool with_beside;
  const int width;
  const Paint& paint;

  std::string painted(const Cell& cell) const {
    std::string text = paint(cell.text, cell.tone);
    if (with_beside && !cell.beside.empty()) text += " " + paint(cell.beside, Tone::quiet);
    return text;
  }

  std::string line(const std::vector<Cell>& cells) const {
    std::string text(margin);
    std::size_t owed = 0;  // blanks are owed until something follows: no line ends with any
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool spans = i + 1 == cells.size() && cells.size() < widths.size();
      const std::size_t used = cell_width(cells[i], with_beside);
      const std::size_t padding = widths[i] > used ? widths[i] - used : 0;
      const bool right = table.columns[i].number && !spans;
      if (used > 0) {
        text += blanks(owed + (right ? padding : 0)) + painted(cells[i]);
        owed = 0;
      }
      owed += (used == 0 ? widths[i] : right ? 0 : padding) + gap.size();
    }
    return text + "\n";
  }

  std::string text() const {
    std::vector<Cell> titles;
    titles.reserve(table.columns.size());
    for (const Column& column : table.columns) titles.push_back({column.title, Tone::quiet});
    std::string lines = line(titles);
    for (const Row& row : table.rows) {
      lines += line(row.cells);
      if (row.remark.empty()) continue;
      // Below the second column: the first holds a mark.
      const std::size_t indent = margin.size() + widths.front() + gap.size();
      lines += paint(wrapped(row.remark, width, indent), Tone::quiet) + "\n";
    }
    return lines;
  }
};

}  // namespace

std::size_t text_width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string wrapped(std::string_view text, int width, std::size_t indent, std::string_view first) {
  std::string lines(first);
  lines += blanks(indent - std::min(indent, text_width(first)));
  std::size_t column = indent;
  bool begun = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t needed = text_width(word);
    if (begun && width > 0 && column + 1 + needed > static_cast<std::size_t>(width)) {
      lines += "\n" + blanks(indent);
      column = indent;
      begun = false;
    }
    if (!word.empty()) {
      if (begun) lines += ' ';
      lines += word;
      column += needed + (begun ? 1 : 0);
      begun = true;
    }
    if (end < text.size() && text[end] == '\n' && begun) {
      lines += "\n" + blanks(indent);
      column = indent;
      begun = false;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  while (!lines.empty() && lines.back() == ' ') lines.pop_back();
  return lines;
}

std::string laid_out(const Table& table, int width, const Paint& paint) {
  const auto fits = [&](const Table& candidate, bool with_beside) {
    return width <= 0 ||
           total(widths_of(candidate, with_beside)) <= static_cast<std::size_t>(width);
  };
  for (const bool with_beside : {true, false})
    if (fits(table, with_beside))
      return Layout{table, widths_of(table, with_beside), with_beside, width, paint}.text();
  const Table narrow = without_optional(table);
  const bool with_beside = fits(narrow, true);
  return Layout{narrow, widths_of(narrow, with_beside), with_beside, width, paint}.text();
}

}  // namespace napier
