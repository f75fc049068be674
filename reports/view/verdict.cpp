// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <tuple>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/outputs.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/not_asked.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

constexpr std::array gravest_first{TargetVerdict::refuted,      TargetVerdict::failed,
                                   TargetVerdict::inconclusive, TargetVerdict::known,
                                   TargetVerdict::stands,       TargetVerdict::measured,
                                   TargetVerdict::absent};

std::string upper(std::string_view word) {
  std::string result(word);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

/// The name, and the function and format where the name does not end with them.
std::string label(const TargetResult& target) {
  const std::string subject = target.function + ":" + target.format;
  const std::string name = target.name;
  std::string text = name;
  for (const std::string& variable : target.environment) text += " " + variable;
  return name.ends_with("/" + subject) || name == subject ? text : text + " " + subject;
}

/// " for x in [0, 700]", behind a claim; empty where it holds everywhere.
std::string domain_text(const Claim& claim) {
  if (claim.is_piecewise()) return {};  // each promise says where
  const std::string words = describe_domain(claim.domain);
  return words.empty() ? "" : " for " + words;
}

/// The finding whose worst witness errs most; of equals that of the errors, whose witness is what
/// largest_errors() names, too, else the first. What is known is less grave.
const Finding* gravest(const TargetResult& target) {
  const auto worst = std::ranges::max_element(target.findings, {}, [](const Finding& finding) {
    return std::tuple(!finding.known, finding.worst.ulp.hi, measures_errors(finding.property));
  });
  return worst == target.findings.end() ? nullptr : &*worst;
}

/// "3.2 ulp at 0.1 (0x1.999999999999ap-4)", "7.8 ulp in exp(0.0625)"; or what is wrong where it is
/// no distance.
std::string fault(const Finding& finding, const Claim& claim) {
  const Witness& worst = finding.worst;
  const std::string told = wrong(finding, worst, claim);
  if (worst.inputs.empty() && worst.call.empty()) return told;
  const Format* format = worst.got              ? worst.got->format
                         : worst.inputs.empty() ? nullptr
                                                : worst.inputs.front().format;
  const auto decimal = [&](const std::string& text) {
    return format == nullptr ? text : in_decimal(text, *format);
  };
  const std::string what = decimal(told), call = decimal(worst.call);
  const std::string where = worst.call.empty() ? "at " + place_text(worst.inputs, finding.rounding)
                            : finding.rounding == Rounding::nearest
                                ? "in " + call
                                : "in " + call + ", " + mode_text(finding.rounding);
  if (what.empty()) return where;
  if (!worst.inputs.empty() && told.starts_with(to_hex(worst.inputs))) return what;
  return what + (worst.got ? " " : ", ") + where;
}

std::string refuted_reason(const TargetResult& target) {
  const Finding* finding = gravest(target);
  if (finding == nullptr) return "claimed " + describe(target.claim);
  const std::string law = finding->law.empty() ? "" : " by law " + finding->law;
  const std::string what = fault(*finding, target.claim);
  // A value is set against the claim; words about what is wrong stand for themselves.
  const char* separator = what.empty() ? "" : finding->worst.got ? ", but " : "; ";
  std::string reason = promise(*finding) + separator + what + law;
  if (target.findings.size() > 1)
    reason += fmt::format(" (the gravest of {} findings)", target.findings.size());
  return reason;
}

/// What a report says of the laws that its audit left out.
constexpr std::string_view not_asked_for = "not asked for";

std::string undecided_reason(const TargetResult& target) {
  for (const Measurement& m : target.measurements)
    if (m.judged && state_of(m) == Tone::inconclusive)
      return m.cases == 0 ? m.property + " tried no case"
                          : fmt::format("{} left {} of {} cases undecided: {}", m.property,
                                        count_text(m.undecided_cap + m.undecided_no_answer),
                                        count_text(m.cases), undecided_text(m));
  for (const LawRow& row : target.laws)
    if (state_of(row) == Tone::inconclusive)
      return row.cases == 0 ? "law " + row.number + " tried no case"
                            : fmt::format("law {} left {} of {} cases undecided", row.number,
                                          count_text(row.undecided), count_text(row.cases));
  const auto tried = [](const auto& row) { return row.cases != 0; };
  if (std::ranges::any_of(target.measurements, tried) || std::ranges::any_of(target.laws, tried))
    return "nothing was judged: what was tried is not claimed";
  for (const LawRow& row : target.laws)
    if (!row.not_applicable.empty() && row.not_applicable != not_asked_for)
      return fmt::format("nothing was tried: law {} is not applicable, {}", row.number,
                         row.not_applicable);
  for (const std::string& note : target.notes)
    if (note.starts_with(not_asked_note)) return "nothing was tried. " + note;
  return "nothing was tried: no point lies inside the claim's domain";
}

/// " (p99 ulp <= 0.4: not judged, this is a sample)", behind a claim that stands otherwise.
std::string not_judged_text(const TargetResult& target) {
  std::vector<std::string> open;
  for (const Measurement& m : target.measurements)
    for (const StatisticFigure& figure : m.statistics)
      if (figure.state == StatisticFigure::State::measured &&
          std::ranges::find(open, figure.claimed) == open.end())
        open.push_back(figure.claimed);
  return open.empty() ? ""
                      : fmt::format(" ({}: not judged, this is a sample)", fmt::join(open, ", "));
}

/// What the command line would judge it by: a derivative beside a value has a claim of its own.
std::string claim_to_add(const TargetResult& target) {
  const std::string letter = target.shape.substr(0, target.shape.find(':'));
  const bool derived = letter.size() < target.shape.size() &&
                       std::ranges::any_of(outputs, [&](const Output& output) {
                         return output.order != 0 && output.letter == letter;
                       });
  return derived ? fmt::format("--claim '{}: ulp <= 1'", target.function) : "--max-ulp 1";
}

}  // namespace

Tone tone_of(TargetVerdict verdict) {
  switch (verdict) {
    case TargetVerdict::stands:
      return Tone::stands;
    case TargetVerdict::measured:
      return Tone::measured;
    case TargetVerdict::inconclusive:
      return Tone::inconclusive;
    case TargetVerdict::refuted:
      return Tone::refuted;
    case TargetVerdict::failed:
      return Tone::failed;
    case TargetVerdict::known:
      return Tone::inconclusive;
    case TargetVerdict::absent:
      return Tone::quiet;
  }
  return Tone::plain;
}

VerdictLine verdict_line(const TargetResult& target) {
  VerdictLine line{target.verdict, upper(name(target.verdict)), label(target), {}};
  const bool by_author = target.claim.anything() || !target.expect;
  const Claim& judged_by = by_author ? target.claim : *target.expect;
  const std::string error = largest_error_text(target);
  const std::string claimed =
      (by_author ? "claimed " : "asked for ") + describe(judged_by) + domain_text(judged_by);
  switch (target.verdict) {
    case TargetVerdict::refuted:
    case TargetVerdict::known:
      line.reason = refuted_reason(target);
      break;
    case TargetVerdict::failed:
    case TargetVerdict::absent:
      line.reason = target.failure;
      break;
    case TargetVerdict::inconclusive:
      line.reason =
          (judged_by.anything() ? claimed + "; " : "") +
          (target.partial                   ? "interrupted before all of it was tried"
           : !target.contradictions.empty() ? "Napier contradicts itself: please report it"
                                            : undecided_reason(target));
      break;
    case TargetVerdict::stands:
      line.reason = claimed + not_judged_text(target) + (error.empty() ? "" : "; " + error);
      break;
    case TargetVerdict::measured:
      line.reason = target.claim.anything()
                        ? claimed + (error.empty() ? "" : "; " + error) + ". No sample judges that"
                        : (error.empty() ? "" : error + ". ") +
                              fmt::format("No claim made: measured only. Add {} to judge.",
                                          claim_to_add(target));
      break;
  }
  if (shows_no_more(target) && was_tried(target.verdict))
    line.reason = "a known issue shows no more: take it off the list. " + line.reason;
  return line;
}

std::vector<std::size_t> by_gravity(const Report& report) {
  std::vector<std::size_t> places(report.targets.size());
  std::iota(places.begin(), places.end(), std::size_t(0));
  std::ranges::stable_sort(places, {}, [&](std::size_t place) {
    return std::ranges::find(gravest_first, report.targets[place].verdict) - gravest_first.begin();
  });
  return places;
}

std::vector<VerdictCount> verdict_counts(const Report& report) {
  std::vector<VerdictCount> counts;
  for (const TargetVerdict verdict : gravest_first) {
    const auto count = std::ranges::count(report.targets, verdict, &TargetResult::verdict);
    if (count == 0) continue;
    const bool one = count == 1;
    const std::string word = verdict == TargetVerdict::stands  ? (one ? "stands" : "stand")
                             : verdict == TargetVerdict::known ? "with known issues"
                                                               : std::string(name(verdict));
    counts.push_back({verdict, word, static_cast<std::size_t>(count)});
  }
  return counts;
}

std::string partial_text(const Report& report) {
  if (!report.partial) return {};
  const auto whole = std::ranges::count(report.targets, false, &TargetResult::partial);
  return fmt::format(
      "PARTIAL: {}, and this covers what was done until then. {} of {} were "
      "tried in full; of the others a refutation holds, and nothing else is said.",
      report.out_of_time ? "the time was up (--max-seconds)" : "the audit was interrupted", whole,
      counted(report.targets.size(), "target", "targets"));
}

std::string outcome(const Report& report) {
  std::string text = counted(report.targets.size(), "target", "targets");
  std::string_view separator = ": ";
  for (const VerdictCount& count : verdict_counts(report)) {
    text += fmt::format("{}{} {}", separator, count.count, count.word);
    separator = ", ";
  }
  return text;
}

}  // namespace napier
