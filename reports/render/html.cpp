// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "reports/render/svg.hpp"
#include "reports/render/templates.hpp"
#include "reports/store/json.hpp"
#include "reports/view/charts.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using Data = kainjow::mustache::data;
using Kind = Data::type;

// A name that is not set is looked for further out, so every name is set, to false where it is
// empty.
Data flag(bool on) { return Data(on ? Kind::bool_true : Kind::bool_false); }
Data text_or_false(const std::string& text) { return text.empty() ? flag(false) : Data(text); }

std::string class_of(Tone tone) {
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

/// A text in the parts between which its line may be broken: at blanks, or at those behind a comma
/// alone.
Data parts_of(std::string_view text, std::string_view separator) {
  Data parts(Kind::list);
  while (!text.empty()) {
    // What stands before the blank stays with its part.
    const std::size_t found = text.find(separator);
    const std::size_t end = found == text.npos ? text.size() : found + separator.size() - 1;
    parts << Data("part", std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Data cell_data(const Cell& cell, bool number, std::size_t span, const std::string& href) {
  Data data;
  const std::string tone = class_of(cell.tone);
  data.set("class", tone + (number ? (tone.empty() ? "number" : " number") : ""));
  data.set("span", span > 1 ? Data(std::to_string(span)) : flag(false));
  data.set("href", text_or_false(href));
  data.set("code", flag(cell.code));
  data.set("parts", parts_of(cell.code ? cell.text : "", " "));
  data.set("text", cell.text);
  data.set("has_beside", flag(!cell.beside.empty()));
  data.set("beside", parts_of(cell.beside, ", "));
  data.set("bar", cell.share ? Data(fmt::format("{:.0f}", 100 * std::clamp(*cell.share, 0.0, 1.0)))
                             : flag(false));
  return data;
}

/// A table; `anchors`, where given, are what its rows' second cells lead to.
Data table_data(const Table& table, const std::string& kind,
                const std::vector<std::string>& anchors = {}) {
  Data columns(Kind::list);
  for (const Column& column : table.columns) {
    Data data;
    data.set("title", column.title);
    data.set("meaning", text_or_false(column.meaning));
    data.set("number", flag(column.number));
    columns << data;
  }
  Data rows(Kind::list);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const Row& row = table.rows[r];
    Data cells(Kind::list);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool last = i + 1 == row.cells.size();
      const std::size_t span = last ? table.columns.size() - i : 1;
      cells << cell_data(row.cells[i], table.columns[i].number && span == 1, span,
                         i == 1 && !anchors.empty() ? anchors[r] : "");
    }
    Data data;
    data.set("cells", cells);
    data.set("remark", text_or_false(row.remark));
    rows << data;
  }
  Data data;
  data.set("kind", kind);
  data.set("columns", columns);
  data.set("rows", rows);
  data.set("remark_span", std::to_string(table.columns.size() - 1));
  return data;
}

Data table_or_false(const Table& table, const std::string& kind) {
  return table.rows.empty() ? flag(false) : table_data(table, kind);
}

Data terms_data(std::span<const Term> terms) {
  Data list(Kind::list);
  for (const Term& term : terms) {
    Data data;
    data.set("word", term.word);
    data.set("meaning", term.meaning);
    list << data;
  }
  return list;
}

/// `is_main`: it stands for its fault, and is open; the others that show the same are closed.
Data finding_data(const NumberedFinding& numbered, bool is_main) {
  const Finding& finding = *numbered.finding;
  Data data;
  data.set("main", flag(is_main));
  data.set("told", spelled(*numbered.target, finding, finding.worst).decimal);
  data.set("number", std::to_string(numbered.number));
  data.set("charged", charged(finding));
  data.set("charge", charge(finding));
  data.set("witnesses", table_data(witness_table(finding, numbered.target->claim), "witnesses"));
  data.set("explanation", text_or_false(finding.explanation));
  data.set("once", text_or_false(finding.repeatable ? "" : std::string(seen_once)));
  data.set("replay", text_or_false(finding.replay));
  return data;
}

std::string anchor(std::size_t index) { return "target-" + std::to_string(index + 1); }

Data target_data(const Report& report, std::size_t index) {
  const TargetResult& target = report.targets[index];
  const VerdictLine line = verdict_line(target);
  Data data;
  data.set("id", anchor(index));
  // What is in order is read by whoever opens it; a single target is what the reader came for.
  const bool closed =
      target.verdict == TargetVerdict::stands || target.verdict == TargetVerdict::measured;
  data.set("open", flag(!closed || report.targets.size() == 1));
  data.set("tone", class_of(tone_of(target.verdict)));
  data.set("word", line.word);
  data.set("target", line.target);
  data.set("reason", line.reason);
  data.set("terms", terms_data(target_terms(target)));
  const bool tried = was_tried(target.verdict);
  data.set("laws", tried ? table_or_false(law_table(target, true), "laws") : flag(false));
  data.set("measurements",
           tried ? table_or_false(measurement_table(target), "measurements") : flag(false));
  data.set("errors", tried ? table_or_false(errors_table(target), "errors") : flag(false));
  data.set("binades", tried ? table_or_false(binades_table(target), "binades") : flag(false));
  Data charts(Kind::list);
  for (const BarChart& chart : error_charts(target)) {
    Data picture;
    picture.set("title", chart.title);
    picture.set("svg", svg(chart));
    picture.set("caption", chart.caption);
    charts << picture;
  }
  data.set("charts", charts);
  data.set("findings?", flag(!target.findings.empty()));
  Data list(Kind::list);
  for (const Fault& fault : faults(report, target)) {
    list << finding_data(fault.shown, true);
    for (const NumberedFinding& other : fault.others) list << finding_data(other, false);
  }
  data.set("findings", list);
  return data;
}

Data counts_data(const Report& report) {
  Data list(Kind::list);
  for (const VerdictCount& count : verdict_counts(report)) {
    Data data;
    data.set("tone", class_of(tone_of(count.verdict)));
    data.set("count", std::to_string(count.count));
    data.set("word", count.word);
    list << data;
  }
  return list;
}

Data page_data(const Report& report, const std::string& digest) {
  Data page;
  page.set("version", report.provenance.version);
  page.set("style", std::string(templates::report_css));
  page.set("table",
           Data(kainjow::mustache::partial([] { return std::string(templates::table_html); })));
  page.set("outcome", outcome(report));
  page.set("counts", counts_data(report));
  const std::vector<Term> oracles = oracle_terms(report.oracles);
  page.set("alarm", report.oracles.disagreed > 0 ? Data(oracles.back().meaning) : flag(false));
  page.set("partial", text_or_false(partial_text(report)));
  Data notes(Kind::list);
  for (const std::string& note : report.provenance.notes) notes << Data("note", note);
  page.set("notes", notes);
  Data targets(Kind::list);
  std::vector<std::string> anchors;
  for (const std::size_t place : by_gravity(report)) {
    targets << target_data(report, place);
    anchors.push_back("#" + anchor(place));
  }
  page.set("summary", table_data(summary_table(report), "summary", anchors));
  page.set("marks_meaning", std::string(marks_meaning) + std::string(marks_share));
  page.set("targets", targets);
  page.set("truth_values", terms_data(truth_values()));
  page.set("verdict_meanings", terms_data(verdict_meanings()));
  page.set("column_meanings", terms_data(column_meanings()));
  page.set("oracles", terms_data(oracles));
  page.set("provenance", terms_data(provenance_terms(report.provenance, digest)));
  page.set("budgets", table_or_false(budget_table(report.provenance.budgets), "budgets"));
  page.set("performance", report.performance
                              ? table_or_false(performance_table(*report.performance), "speed")
                              : flag(false));
  return page;
}

}  // namespace

std::string render_html(const Report& report) {
  kainjow::mustache::mustache page{std::string(templates::report_html)};
  return page.render(page_data(shown(report), digest(report)));
}

}  // namespace napier
