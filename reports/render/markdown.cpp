// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/store/json.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/implementations.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/speed.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

std::string term_list(const std::vector<Term>& terms) {
  std::string text;
  for (const Term& term : terms)
    text += fmt::format("- **{}** {}\n", term.word, markdown_escaped(term.meaning));
  return text;
}

/// A block that stays as it is; the fence is longer than any inside.
std::string block(std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fmt::format("{}\n{}\n{}\n", fence, text, fence);
}

std::string finding_text(const NumberedFinding& numbered) {
  const Finding& finding = *numbered.finding;
  std::string text =
      fmt::format("\n#### {}. {} {}\n\n", numbered.number, markdown_escaped(charged(finding)),
                  markdown_escaped(charge(finding)));
  text += markdown_table(witness_table(finding, numbered.target->claim));
  if (const std::string why = explained(finding); !why.empty())
    text += "\n" + markdown_escaped(why) + "\n";
  if (const auto again = when_tried_again(finding); !again.empty())
    text += fmt::format("\n{}\n", again);
  if (!finding.replay.empty()) text += "\n" + block(finding.replay);
  return text;
}

std::string target_text(const Report& report, const TargetResult& target) {
  const VerdictLine line = verdict_line(target);
  const bool folded =
      target.verdict == TargetVerdict::stands || target.verdict == TargetVerdict::measured;
  std::string text = folded ? fmt::format("\n<details>\n<summary>{} <code>{}</code></summary>\n\n",
                                          line.word, html_escaped(line.target))
                            : fmt::format("\n### {} {}\n\n", line.word, markdown_code(line.target));
  text += markdown_escaped(line.reason) + "\n\n" + term_list(target_terms(target));
  if (was_tried(target.verdict)) {
    if (!target.laws.empty()) text += "\n" + markdown_table(law_table(target, true));
    for (const Table& table :
         {measurement_table(target), errors_table(target), binades_table(target)})
      if (!table.rows.empty()) text += "\n" + markdown_table(table);
  }
  for (const NumberedFinding& numbered : findings(report))
    if (numbered.target == &target) text += finding_text(numbered);
  return folded ? text + "\n</details>\n" : text;
}

std::string legend() {
  std::string text = "\n## How to read this\n\n";
  const auto say = [&text](std::string_view title, std::span<const Term> terms) {
    text += fmt::format("{}\n\n{}\n", title, term_list({terms.begin(), terms.end()}));
  };
  say("A case has one of three truth values:", truth_values());
  say("A target has one of seven verdicts:", verdict_meanings());
  say("The columns:", column_meanings());
  return text;
}

std::string left_out_text(std::size_t targets) {
  return fmt::format("\nThe tables of {} are left out: there is no space for them here.\n",
                     counted(targets, "target", "targets"));
}

/// The texts of all targets, as many as fit: those that need a look are given their place first.
std::string fitting(const Report& report, std::size_t limit) {
  std::vector<std::string> texts(report.targets.size());
  const std::size_t sentence = left_out_text(texts.size()).size();
  limit -= std::min(limit, sentence);
  std::size_t used = 0;
  std::size_t left_out = 0;
  for (const bool standing : {false, true})
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const TargetResult& target = report.targets[i];
      const bool stands =
          target.verdict == TargetVerdict::stands || target.verdict == TargetVerdict::measured;
      if (stands != standing) continue;
      std::string text = target_text(report, target);
      if (used + text.size() > limit) {
        ++left_out;
        continue;
      }
      used += text.size();
      texts[i] = std::move(text);
    }
  std::string all;
  for (const std::string& text : texts) all += text;
  return left_out == 0 ? all : all + left_out_text(left_out);
}

}  // namespace

std::string render_markdown(const Report& given, std::size_t limit) {
  const Report report = shown(given);
  std::string head = "# " + outcome(report) + "\n\n";
  if (report.partial) head += "> **" + markdown_escaped(partial_text(report)) + "**\n\n";
  if (report.targets.empty()) head += "Nothing was tested.\n";
  for (const Term& term : oracle_terms(report.oracles))
    if (report.oracles.disagreed > 0 && term.word == "agreement")
      head += "> **" + markdown_escaped(term.meaning) + "**\n\n";
  if (!report.targets.empty())
    head += markdown_table(summary_table(report)) + "\n" + markdown_escaped(marks_meaning) +
            markdown_escaped(marks_share) + "\n";
  if (are_rivals(report)) head += "\n" + markdown_implementations(report);
  std::string tail = legend();
  tail += "\n## Where this comes from\n\n" + term_list(oracle_terms(report.oracles)) +
          term_list(provenance_terms(report.provenance, digest(given)));
  if (!report.provenance.budgets.empty())
    tail += "\n" + markdown_table(budget_table(report.provenance.budgets));
  if (const auto speeds = speed_points(report); !speeds.empty())
    tail += "\n" + markdown_table(speed_table(speeds));
  if (report.performance) tail += "\n" + markdown_table(performance_table(*report.performance));
  const std::size_t used = head.size() + tail.size();
  return head + fitting(report, limit > used ? limit - used : 0) + tail;
}

}  // namespace napier
