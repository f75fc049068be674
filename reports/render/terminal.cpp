// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "props/subject/no_pattern.hpp"
#include "reports/render/layout.hpp"
#include "reports/store/json.hpp"
#include "reports/text.hpp"
#include "reports/view/charts.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/implementations.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/speed.hpp"
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

/// Our signs as ASCII spells them; a letter that ASCII lacks is a question mark.
std::string in_ascii(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> signs{
      {{"—", "--"},
       {"–", "-"},
       {"−", "-"},
       {"─", "-"},
       {"…", "..."},
       {"≥", ">="},
       {"≤", "<="},
       {"✓", "+"},
       {"✗", "x"},
       {"·", "."}}};
  std::string ascii;
  while (!text.empty()) {
    const auto is_next = [text](const auto& sign) { return text.starts_with(sign.first); };
    const auto sign = std::ranges::find_if(signs, is_next);
    if (sign != signs.end()) {
      ascii += sign->second;
      text.remove_prefix(sign->first.size());
      continue;
    }
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < 0x80)
      ascii += text.front();
    else if (byte >= 0xC0)  // where a character begins
      ascii += '?';
    text.remove_prefix(1);
  }
  return ascii;
}

class Page {
 public:
  explicit Page(const TerminalOptions& options) : options_(options) {}

  void verdict(const TargetResult& target) {
    const VerdictLine line = verdict_line(target);
    text_ += fmt::format("{} {} — {}\n", paint(line.word, tone_of(line.verdict)), line.target,
                         line.reason);
  }

  /// What a reader must know of a target beside its verdict line, and what is wrong with it.
  void faults_of(const Report& report, const TargetResult& target) {
    terms(remarks_on(target));
    for (const Fault& fault : faults(report, target)) this->fault(target, fault);
  }

  /// The same in a few lines, with the first of its faults: for many targets.
  void first_fault_of(const Report& report, const TargetResult& target) {
    text_ += "\n";
    const std::vector<Fault> all = faults(report, target);
    if (all.empty()) return verdict(target);
    const VerdictLine line = verdict_line(target);
    const Finding& finding = *all.front().shown.finding;
    text_ += fmt::format(
        "{} {}{}\n", paint(line.word, tone_of(line.verdict)), line.target,
        all.size() == 1 ? std::string() : ", " + counted(all.size(), "fault", "faults"));
    heading(all.front().shown);
    for (const Diagnosis& diagnosis : target.diagnoses)
      if (diagnosis.cause != no_pattern) paragraph(diagnosis.cause, 15, "     cause");
    spell(same_case(finding) ? "witness" : "worst", spelled(target, finding, finding.worst));
    replay_line(finding);
  }

  /// What was judged and what only measured, in a line each.
  void states(const TargetResult& target) {
    if (!target.findings.empty()) text_ += "\n";
    terms(state_terms(target));
  }

  void matrix(const Report& report) {
    text_ += "\n" + table(error_matrix(report));
    text_ += paint(wrapped(matrix_meaning, options_.width, 2), Tone::quiet) + "\n";
  }

  void implementations(const Report& report) {
    for (const Table& rows : {implementation_table(report), kinship_table(report)})
      if (!rows.rows.empty()) text_ += "\n" + table(rows);
    text_ += paint(wrapped(implementations_meaning, options_.width, 2), Tone::quiet) + "\n";
  }

  void tables(const TargetResult& target) {
    terms(target_terms(target));
    if (!was_tried(target.verdict)) return;
    if (!target.laws.empty()) text_ += "\n" + table(law_table(target, true));
    for (const Table& rows : {measurement_table(target), errors_table(target),
                              profile_table(target), binades_table(target)})
      if (!rows.rows.empty()) text_ += "\n" + table(rows);
  }

  void findings_of(const Report& report, const TargetResult& target) {
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
    times(report);
    if (report.performance) text_ += "\n";
    text_ += table(budget_table(report.provenance.budgets)) + "\n";
    terms(provenance_terms(report.provenance, digest));
  }

  /// What took how long, where that was asked for.
  void times(const Report& report) {
    if (const auto speeds = speed_points(report); !speeds.empty())
      text_ += "\n" + table(speed_table(speeds));
    if (report.performance) text_ += "\n" + table(performance_table(*report.performance));
  }

  void title(const TargetResult& target) {
    const VerdictLine line = verdict_line(target);
    const std::size_t used = 4 + text_width(line.target);
    const std::size_t width = options_.width > 0 ? static_cast<std::size_t>(options_.width) : 100;
    std::string rule;
    for (std::size_t i = used; i < width; ++i) rule += "─";
    text_ += fmt::format("\n{} {} {}\n", paint("──", Tone::quiet),
                         paint(line.target, tone_of(line.verdict)), paint(rule, Tone::quiet));
  }

  void line(std::string_view words, Tone tone = Tone::plain) {
    text_ += "\n" + paint(wrapped(words, options_.width, 0), tone) + "\n";
  }

  std::string table(const Table& rows) const {
    return laid_out(rows, options_.width,
                    [this](std::string_view words, Tone tone) { return paint(words, tone); });
  }

  std::string text() && { return options_.unicode ? std::move(text_) : in_ascii(text_); }

 private:
  std::string paint(std::string_view words, Tone tone) const {
    if (!options_.color || tone == Tone::plain || words.empty()) return std::string(words);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr(tone), words);
  }

  void terms(const std::vector<Term>& list, Tone tone = Tone::plain) {
    constexpr std::size_t column = 13;
    for (const Term& term : list) {
      const std::string lead = "  " + term.word + (term.word.size() + 2 < column ? "" : " ");
      const std::size_t indent = std::max(column, lead.size());
      text_ += paint(wrapped(term.meaning, options_.width, indent, lead), tone) + "\n";
    }
  }

  void fault(const TargetResult& target, const Fault& fault) {
    const Finding& finding = *fault.shown.finding;
    text_ += "\n";
    heading(fault.shown);
    witnesses(target, finding);
    if (const std::string also = elsewhere(fault); !also.empty())
      paragraph(also, 15, "     also in");
    if (const auto again = when_tried_again(finding); !again.empty()) paragraph(again, 5);
    replay_line(finding);
  }

  void witnesses(const TargetResult& target, const Finding& finding) {
    const bool one = same_case(finding);
    spell(one ? "witness" : "worst", spelled(target, finding, finding.worst));
    if (!one) spell("smallest", spelled(target, finding, finding.smallest));
  }

  void spell(std::string_view which, const SpelledCase& spelled) {
    paragraph(spelled.decimal, 15, fmt::format("     {}", which));
    if (!spelled.hex.empty())
      text_ += paint(wrapped(spelled.hex, options_.width, 15), Tone::quiet) + "\n";
  }

  void finding(const NumberedFinding& numbered) {
    const Finding& finding = *numbered.finding;
    text_ += "\n";
    heading(numbered);
    witnesses(*numbered.target, finding);
    if (const std::string why = explained(finding); !why.empty()) paragraph(why, 5);
    if (const auto again = when_tried_again(finding); !again.empty()) paragraph(again, 5);
    replay_line(finding);
  }

  void heading(const NumberedFinding& numbered) {
    const Finding& finding = *numbered.finding;
    paragraph(charged(finding) + " " + charge(finding), 5, fmt::format("  #{} ", numbered.number));
  }

  void replay_line(const Finding& finding) {
    if (finding.replay.empty()) return;
    constexpr std::string_view stored = "napier ";
    const bool ours = finding.replay.starts_with(stored);
    text_ += "     replay    " + (ours ? options_.command + " " : "") +
             finding.replay.substr(ours ? stored.size() : 0) + "\n";
  }

  void paragraph(std::string_view words, std::size_t indent, std::string_view first = {}) {
    text_ += wrapped(words, options_.width, indent, first) + "\n";
  }

  TerminalOptions options_;
  std::string text_;
};

bool is_collection(const Report& report) { return report.targets.size() > most_lines; }

/// All that is known of each target.
void tell_all(Page& page, const Report& report) {
  for (const TargetResult& target : report.targets) {
    if (report.targets.size() > 1) page.title(target);
    page.tables(target);
    page.findings_of(report, target);
  }
  if (!report.targets.empty()) page.legend();
}

/// What is wrong, and for one target alone what is right.
void tell_faults(Page& page, const Report& report) {
  const bool several = report.targets.size() > 1;
  for (const TargetResult& target : report.targets) {
    if (several && !needs_a_look(target)) continue;
    if (several) page.title(target);
    page.faults_of(report, target);
    page.states(target);
  }
}

/// Of a collection: the first fault of each, the gravest targets first, as many as a screen holds.
void tell_first_faults(Page& page, const Report& report) {
  constexpr std::size_t most = 8;
  std::size_t told = 0, left = 0;
  for (const std::size_t place : by_gravity(report)) {
    const TargetResult& target = report.targets[place];
    if (!needs_a_look(target)) continue;
    if (told == most)
      ++left;
    else if (++told <= most)
      page.first_fault_of(report, target);
  }
  if (left > 0)
    page.line(fmt::format("And {} with faults or open questions: -v tells of all.",
                          counted(left, "target", "targets")),
              Tone::quiet);
}

std::string closing(const Report& report, const TerminalOptions& options) {
  std::string words = report.targets.empty() ? "Nothing was tested." : outcome(report) + ".";
  if (!options.verbose && !report.targets.empty())
    words += " With -v: every table, what the columns mean, and what made the report.";
  return words + (options.written.empty() ? "" : "\nReport: " + one_line(options.written));
}

/// What follows the verdict lines, of a report that is shown().
std::string rest_of(const Report& report, const TerminalOptions& options,
                    const std::string& digest) {
  Page page(options);
  if (report.partial) page.line(partial_text(report), Tone::inconclusive);
  if (options.verbose)
    tell_all(page, report);
  else if (is_collection(report))
    tell_first_faults(page, report);
  else
    tell_faults(page, report);
  if (report.targets.size() > 1) page.matrix(report);
  if (options.verbose ? report.targets.size() > 1 : are_rivals(report))
    page.implementations(report);
  if (options.verbose)
    page.provenance(report, digest);
  else
    page.times(report);
  if (report.oracles.disagreed > 0)
    page.line(oracle_terms(report.oracles).back().meaning, Tone::refuted);
  page.line(closing(report, options));
  return std::move(page).text();
}

}  // namespace

bool needs_a_look(const TargetResult& target) {
  return target.verdict == TargetVerdict::refuted || target.verdict == TargetVerdict::known ||
         target.verdict == TargetVerdict::inconclusive || shows_no_more(target);
}

std::string render_table(const Table& table, const TerminalOptions& options) {
  const std::string text = Page(options).table(table);
  return options.unicode ? text : in_ascii(text);
}

std::string render_verdict(const TargetResult& target, const TerminalOptions& options) {
  Report one;
  one.targets.push_back(target);
  Page page(options);
  page.verdict(shown(std::move(one)).targets.front());
  return std::move(page).text();
}

std::string render_rest(const Report& given, const TerminalOptions& options) {
  return rest_of(shown(given), options, digest(given));
}

std::string render_terminal(const Report& given, const TerminalOptions& options) {
  const Report report = shown(given);
  Page page(options);
  if (options.verbose || !is_collection(report))
    for (const TargetResult& target : report.targets) page.verdict(target);
  return std::move(page).text() + rest_of(report, options, digest(given));
}

}  // namespace napier
