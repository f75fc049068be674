// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/render/layout.hpp"
#include "reports/store/json.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

/// The parameters of an SGR sequence (ECMA-48 § 8.3.117).
std::string_view sgr(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::stands:
      return "1;32";
    case Tone::refuted:
      return "1;31";
    case Tone::inconclusive:
      return "1;33";
    case Tone::measured:
      return "1;36";
    case Tone::failed:
      return "1;35";
    case Tone::quiet:
      return "2";
  }
  return "";
}

class Page {
 public:
  explicit Page(const TerminalOptions& options) : options_(options) {}

  void verdicts(const Report& report) {
    for (const TargetResult& target : report.targets) {
      const VerdictLine line = verdict_line(target);
      text_ += fmt::format("{} {} — {}\n", paint(line.word, tone_of(line.verdict)), line.target,
                           line.reason);
    }
  }

  void summary(const Report& report) {
    line(outcome(report));
    text_ += "\n" + table(summary_table(report));
    text_ += paint(wrapped(marks_meaning, options_.width, 2), Tone::quiet) + "\n";
  }

  void details(const Report& report, const TargetResult& target, bool with_title) {
    if (with_title) title(verdict_line(target));
    terms(target_terms(target));
    if (target.verdict == TargetVerdict::failed) return;
    if (!target.laws.empty()) text_ += "\n" + table(law_table(target, options_.verbose));
    std::vector<Table> tables{measurement_table(target)};
    if (options_.verbose) tables.push_back(errors_table(target));
    if (options_.verbose) tables.push_back(binades_table(target));
    for (const Table& rows : tables)
      if (!rows.rows.empty()) text_ += "\n" + table(rows);
    for (const NumberedFinding& numbered : findings(report))
      if (numbered.target == &target) finding(numbered);
  }

  void legend() {
    text_ += "\n";
    for (const Term& term : column_meanings())
      if (term.word != "cases" && term.word != "refuted")
        text_ +=
            paint(wrapped(term.meaning, options_.width, 17, "  " + term.word), Tone::quiet) + "\n";
  }

  void provenance(const Report& report, const std::string& digest) {
    text_ += "\n";
    terms(oracle_terms(report.oracles), report.oracles.disagreed > 0 ? Tone::refuted : Tone::plain);
    if (report.performance) text_ += "\n" + table(performance_table(*report.performance)) + "\n";
    terms(provenance_terms(report.provenance, digest));
  }

  void line(std::string_view words) { text_ += "\n" + wrapped(words, options_.width, 0) + "\n"; }

  void alarm(std::string_view words) {
    text_ += "\n" + paint(wrapped(words, options_.width, 0), Tone::inconclusive) + "\n";
  }

  std::string text() && { return std::move(text_); }

 private:
  std::string paint(std::string_view words, Tone tone) const {
    if (!options_.color || tone == Tone::plain || words.empty()) return std::string(words);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr(tone), words);
  }

  std::string table(const Table& rows) const {
    return laid_out(rows, options_.width,
                    [this](std::string_view words, Tone tone) { return paint(words, tone); });
  }

  void title(const VerdictLine& line) {
    const std::size_t used = 4 + text_width(line.target);
    const std::size_t width = options_.width > 0 ? static_cast<std::size_t>(options_.width) : 100;
    std::string rule;
    for (std::size_t i = used; i < width; ++i) rule += "─";
    text_ += fmt::format("\n{} {} {}\n", paint("──", Tone::quiet),
                         paint(line.target, tone_of(line.verdict)), paint(rule, Tone::quiet));
  }

  void terms(const std::vector<Term>& list, Tone tone = Tone::plain) {
    for (const Term& term : list)
      text_ += paint(wrapped(term.meaning, options_.width, 13, "  " + term.word), tone) + "\n";
  }

  void finding(const NumberedFinding& numbered) {
    const Finding& finding = *numbered.finding;
    const Claim& claim = numbered.target->claim;
    text_ += "\n";
    paragraph(charged(finding) + " " + charge(finding), 5, fmt::format("  #{} ", numbered.number));
    if (same_case(finding)) {
      paragraph(sentence(finding, finding.worst, claim), 15, "     witness");
    } else {
      paragraph(sentence(finding, finding.smallest, claim), 15, "     smallest");
      paragraph(sentence(finding, finding.worst, claim), 15, "     worst");
    }
    if (!finding.explanation.empty()) paragraph(finding.explanation, 5);
    if (!finding.repeatable) paragraph(seen_once, 5);
    if (!finding.replay.empty()) text_ += "     replay    " + finding.replay + "\n";
  }

  void paragraph(std::string_view words, std::size_t indent, std::string_view first = {}) {
    text_ += wrapped(words, options_.width, indent, first) + "\n";
  }

  TerminalOptions options_;
  std::string text_;
};

/// Whether a reader of a long report must look at it.
bool needs_a_look(const TargetResult& target) {
  return target.verdict == TargetVerdict::refuted || target.verdict == TargetVerdict::inconclusive;
}

}  // namespace

std::string render_terminal(const Report& given, const TerminalOptions& options) {
  const Report report = shown(given);
  Page page(options);
  page.verdicts(report);
  const bool several = report.targets.size() > 1;
  const auto shown = [&](const TargetResult& target) {
    return !several || options.verbose || needs_a_look(target);
  };
  if (report.partial) page.alarm(partial_text(report));
  if (several) page.summary(report);
  if (report.targets.empty()) page.line("Nothing was tested.");
  if (!std::ranges::all_of(report.targets, shown))
    page.line("The tables of targets that stand or were only measured are shown with -v.");
  bool any = false;
  for (const TargetResult& target : report.targets) {
    if (!shown(target)) continue;
    page.details(report, target, several);
    any = any || target.verdict != TargetVerdict::failed;
  }
  if (any) page.legend();
  page.provenance(report, digest(given));
  return std::move(page).text();
}

}  // namespace napier
