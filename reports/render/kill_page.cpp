// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The kill matrix as a page of its own: mutants down, properties across, each cell shaded by how
// much of the property's cases refute the mutant.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/kill_matrix.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// Shares go from one case in millions to all of them: as a depth of colour, 0 to 10.
int depth_of(double share) {
  constexpr double decades = 5;
  if (share <= 0) return 0;
  return std::clamp(static_cast<int>(std::lround(10 + 10 * std::log10(share) / decades)), 1, 10);
}

std::string cell_of(const KillMatrix::Cell& cell, const std::string& mutant,
                    const std::string& property) {
  if (!cell.share) return "<td class=none>–";
  const double share = *cell.share;
  const std::string figure =
      share == 0 ? "0" : decimal(share, 2, Rounding::nearest, std::array{0.0, 1.0}, 2);
  const std::string told =
      html_escaped(fmt::format("{} refutes {} in {} % of its cases{}", property, mutant, figure,
                               !cell.must_be_zero ? ""
                               : share > 0 ? ": it can't see this fault, so this is a bug of Napier"
                                           : ": it can't see this fault"));
  const std::string kind =
      cell.must_be_zero ? (share > 0 ? "bug" : "blind") : fmt::format("d{}", depth_of(share));
  return fmt::format("<td class={} title=\"{}\">{}", kind, told, figure);
}

std::string row_of(const KillMatrix& matrix, std::size_t row) {
  const KillMatrix::Mutant& mutant = matrix.mutants[row];
  std::string text =
      fmt::format("\n<tr><th scope=row><code>{}</code><small>{}</small>",
                  html_escaped(one_line(mutant.name)), html_escaped(one_line(mutant.sin)));
  for (std::size_t i = 0; i < matrix.properties.size(); ++i)
    text += cell_of(matrix.cells[row][i], one_line(mutant.name), one_line(matrix.properties[i]));
  return text;
}

/// How many mutants a property refutes in any case.
std::string foot_of(const KillMatrix& matrix) {
  std::string text = "\n<tr><th scope=row>mutants refuted";
  for (std::size_t i = 0; i < matrix.properties.size(); ++i) {
    const auto killed = std::ranges::count_if(
        matrix.cells, [i](const auto& cells) { return cells[i].share.value_or(0) > 0; });
    text += fmt::format("<td>{}", killed);
  }
  return text;
}

constexpr std::string_view head = R"(<!doctype html>
<html lang=en><head><meta charset=utf-8>
<meta name=viewport content="width=device-width, initial-scale=1">
<meta name=color-scheme content="light dark"><link rel=icon href="data:,">
<title>Napier: what each property is worth</title>
<style>
:root { --page: #fff; --text: #1a1f26; --quiet: #5c6672; --line: #e2e5ea;
  --kill: 20 115 63; --bug: #b81f2a }
@media (prefers-color-scheme: dark) { :root { --page: #0e1116; --text: #e4e8ee; --quiet: #98a3b0;
  --line: #2a313b; --kill: 86 207 142; --bug: #ff8389 } }
body { margin: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 1.4rem } p { max-width: 50rem }
.scroll { overflow: auto; max-height: 85vh }
table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums }
th, td { padding: .2rem .5rem; border: 1px solid var(--line); text-align: right }
th { font-weight: 600; text-align: left; background: var(--page); position: sticky; left: 0 }
thead th { top: 0; z-index: 1; writing-mode: vertical-rl; left: auto }
thead th:first-child { writing-mode: horizontal-tb; left: 0; z-index: 2 }
small { display: block; font-weight: 400; color: var(--quiet); max-width: 22rem }
.none, .blind { color: var(--quiet) } .bug { color: var(--bug); font-weight: 700 }
.blind { background: repeating-linear-gradient(45deg, transparent 0 6px, var(--line) 6px 7px) }
@media (max-width: 44rem) { body { margin: .7rem } th small { display: none } }
@media print { .scroll { overflow: visible; max-height: none } th { position: static }
  table { font-size: .5rem } }
)";

std::string shades() {
  std::string text;
  for (int depth = 1; depth <= 10; ++depth)
    text += fmt::format(".d{} {{ background: rgb(var(--kill) / {:.3g}) }}\n", depth, depth * 0.065);
  return text;
}

}  // namespace

std::string render_html(const KillMatrix& matrix) {
  std::string text(head);
  text += shades() + "</style></head><body>\n<h1>What each property is worth</h1>\n";
  text += fmt::format(
      "<p>{}, each wrong on purpose. A cell is the share of a property's cases, in per cent, that "
      "refute the mutant: the deeper, the more. Hatched: the property can't see this fault, and "
      "must refute nothing. – it can't be asked.</p>\n",
      html_escaped(fmt::format("{} of {}", counted(matrix.mutants.size(), "mutant", "mutants"),
                               one_line(matrix.subject))));
  text += "<div class=scroll><table><thead><tr><th scope=col>mutant";
  for (const std::string& property : matrix.properties)
    text += "<th scope=col>" + html_escaped(one_line(property));
  text += "<tbody>";
  for (std::size_t row = 0; row < matrix.mutants.size(); ++row) text += row_of(matrix, row);
  return text + "<tfoot>" + foot_of(matrix) + "\n</table></div>\n</body></html>\n";
}

}  // namespace napier
