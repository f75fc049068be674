// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/latex.hpp"

#include <fmt/format.h>

#include <map>

#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

/// Text of any origin: nothing in it is a command. The marks of the matrix become mathematics.
std::string latex_escaped(std::string_view text) {
  static const std::map<std::string_view, std::string_view> spelled{{"\\", "\\textbackslash{}"},
                                                                    {"{", "\\{"},
                                                                    {"}", "\\}"},
                                                                    {"$", "\\$"},
                                                                    {"&", "\\&"},
                                                                    {"#", "\\#"},
                                                                    {"%", "\\%"},
                                                                    {"_", "\\_"},
                                                                    {"~", "\\textasciitilde{}"},
                                                                    {"^", "\\textasciicircum{}"},
                                                                    {"<", "$<$"},
                                                                    {">", "$>$"},
                                                                    {"≥", "$\\ge$"},
                                                                    {"✗", "$\\times$"},
                                                                    {"·", "$\\cdot$"},
                                                                    {"–", "--"},
                                                                    {"=", "$=$"}};
  std::string escaped;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    const std::string_view character = text.substr(begin, end - begin);
    const auto found = spelled.find(character);
    escaped += found == spelled.end() ? character : found->second;
    begin = end;
  }
  return escaped;
}

}  // namespace

std::string render_latex(const Report& given) {
  const Report report = shown(given);
  const Table matrix = error_matrix(report);
  std::string columns = "l";
  columns.append(matrix.columns.size() - 1, 'r');
  std::string text = fmt::format("% napier {}, seed {}, effort {}\n\\begin{{tabular}}{{{}}}\n",
                                 report.provenance.version, report.provenance.seed,
                                 report.provenance.effort, columns);
  const auto row = [&](const auto& cells, auto text_of) {
    std::string_view separator;
    for (const auto& cell : cells) {
      text += fmt::format("{}{}", separator, latex_escaped(text_of(cell)));
      separator = " & ";
    }
    text += " \\\\\n";
  };
  text += "\\hline\n";
  row(matrix.columns, [](const Column& column) { return column.title; });
  text += "\\hline\n";
  for (const Row& one : matrix.rows) row(one.cells, [](const Cell& cell) { return cell.text; });
  return text + "\\hline\n\\end{tabular}\n\n" + latex_escaped(matrix_meaning) + ".\n";
}

}  // namespace napier
