// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cctype>

#include "reports/render/markdown.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/implementations.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

bool in_word(std::string_view text, std::size_t i) {
  const auto word = [&](std::size_t at) {
    return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
  };
  return i > 0 && word(i - 1) && word(i + 1);
}

std::string cell_text(const Cell& cell) {
  std::string text = cell.code ? markdown_code(cell.text) : markdown_escaped(cell.text);
  if (cell.tone == Tone::refuted && !cell.text.empty()) text = "**" + text + "**";
  if (!cell.beside.empty()) text += " " + markdown_escaped(cell.beside);
  return text;
}

}  // namespace

std::string markdown_escaped(std::string_view text) {
  const std::string line = one_line(text);
  std::string escaped;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool markup = std::string_view("\\`*<>|[]&~$#").find(c) != std::string_view::npos;
    // An underscore inside a word is only that.
    if (markup || (c == '_' && !in_word(line, i))) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string markdown_code(std::string_view text) {
  std::string line = one_line(text);
  if (line.empty()) return line;
  // The fence is longer than any run of backticks inside.
  std::size_t longest = 0;
  std::size_t run = 0;
  std::string escaped;
  for (const char c : line) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    // Tables are split at bars before code spans are found.
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  const std::string fence(longest + 1, '`');
  const char* pad = longest > 0 ? " " : "";
  return fence + pad + escaped + pad + fence;
}

std::string markdown_implementations(const Report& report) {
  std::string text = markdown_table(implementation_table(report)) + "\n" +
                     markdown_escaped(implementations_meaning) + ".\n";
  if (const Table kin = kinship_table(report); !kin.rows.empty())
    text += "\n" + markdown_table(kin);
  return text;
}

std::string markdown_table(const Table& table) {
  std::string text = "|";
  for (const Column& column : table.columns)
    text += column.title.empty() ? " |" : " " + markdown_escaped(column.title) + " |";
  text += "\n|";
  for (const Column& column : table.columns) text += column.number ? " ---: |" : " --- |";
  text += "\n";
  for (const Row& row : table.rows) {
    text += "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      std::string cell = i < row.cells.size() ? cell_text(row.cells[i]) : "";
      // Below the row there is no place: the remark goes into its second cell.
      if (i == 1 && !row.remark.empty())
        cell += "<br><sub>" + markdown_escaped(row.remark) + "</sub>";
      text += cell.empty() ? " |" : " " + cell + " |";
    }
    text += "\n";
  }
  return text;
}

}  // namespace napier
