// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/html_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"

namespace napier {
namespace {

/// Long data may be broken between arguments alone.
std::string code_of(std::string_view text) {
  std::string parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    parts += (parts.empty() ? "" : " ") + html_name(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return "<code>" + parts + "</code>";
}

/// Nothing to be said; the style sheet makes a dash of it.
bool is_dash(const Cell& cell) { return cell.text == "–" && cell.tone == Tone::quiet; }

std::string cell_of(const Cell& cell, bool number, std::size_t span) {
  if (is_dash(cell) && span == 1) return number ? "<td class=n>" : "<td>";
  std::string classes(class_of(cell.tone));
  if (number) classes += classes.empty() ? "n" : " n";
  std::string attributes;
  if (classes.find(' ') != classes.npos)
    attributes = fmt::format(" class=\"{}\"", classes);
  else if (!classes.empty())
    attributes = " class=" + classes;
  if (span > 1) attributes += fmt::format(" colspan={}", span);
  std::string content = cell.code ? code_of(cell.text) : html_escaped(cell.text);
  if (cell.target) content = fmt::format("<a href=#{}>{}</a>", anchor(*cell.target), content);
  if (!cell.beside.empty()) content += fmt::format("<small>{}</small>", html_escaped(cell.beside));
  if (cell.share)
    attributes += fmt::format(" style=--s:{:.3g}%", 100 * std::clamp(*cell.share, 0.0, 1.0));
  return "<td" + attributes + ">" + content;
}

}  // namespace

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::stands:
      return "stands";
    case Tone::refuted:
      return "refuted";
    case Tone::inconclusive:
      return "inconclusive";
    case Tone::measured:
      return "measured";
    case Tone::failed:
      return "failed";
    case Tone::quiet:
      return "quiet";
  }
  return "";
}

std::string html_name(std::string_view name) {
  constexpr std::string_view signs = "/:#";
  std::string text;
  while (!name.empty()) {
    const std::size_t sign = name.find_first_of(signs);
    const std::size_t end = std::min(sign == name.npos ? sign : sign + 1, name.size());
    text += html_escaped(name.substr(0, end));
    name.remove_prefix(end);
    if (!name.empty()) text += "<wbr>";
  }
  return text;
}

std::string html_command(std::string_view command) {
  constexpr std::size_t longest = 40;  // a longer word has to be broken on a phone
  std::string text;
  while (!command.empty()) {
    const std::size_t end = std::min(command.find(' '), command.size());
    const std::string_view word = command.substr(0, end);
    const bool keeps = word.find('-') != word.npos && word.size() <= longest;
    text += keeps ? "<span>" + html_escaped(word) + "</span>" : html_escaped(word);
    if (end < command.size()) text += ' ';
    command.remove_prefix(std::min(end + 1, command.size()));
  }
  return text;
}

std::string anchor(std::size_t target) { return "target-" + std::to_string(target + 1); }

std::string html_table(const Table& table, std::string_view kind, bool with_meanings) {
  std::string text = fmt::format("<div class=scroll><table class={}><thead><tr>", kind);
  for (const Column& column : table.columns) {
    text += fmt::format("<th scope=col{}", column.number ? " class=n" : "");
    if (with_meanings && !column.meaning.empty())
      text += fmt::format(" title=\"{}\"", html_escaped(column.meaning));
    text += ">" + html_escaped(column.title);
  }
  text += "<tbody>";
  for (const Row& row : table.rows) {
    text += row.remark.empty() ? "\n<tr>" : "\n<tr class=remarked>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool last = i + 1 == row.cells.size();
      const std::size_t span = last ? table.columns.size() - i : 1;
      text += cell_of(row.cells[i], table.columns[i].number && span == 1, span);
    }
    if (!row.remark.empty())
      text += fmt::format("\n<tr class=remark><td><td colspan={}>{}", table.columns.size() - 1,
                          html_escaped(row.remark));
  }
  return text + "\n</table></div>";
}

}  // namespace napier
