// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "props/checks/error_statistics.hpp"
#include "props/tally/binades.hpp"
#include "props/tally/short_figure.hpp"
#include "reports/text.hpp"
#include "reports/view/over_all.hpp"

namespace napier {
namespace {

constexpr double largest_undecided_share = 1e-6;  // of a sampled property that is not inconclusive

bool inconclusive(const Measurement& m) {
  if (std::ranges::any_of(m.statistics, [](const StatisticFigure& figure) {
        return figure.state == StatisticFigure::State::undecided;
      }))
    return true;
  if (!m.judged) return false;
  const std::uint64_t undecided = m.undecided_cap + m.undecided_no_answer;
  if (m.strength == Strength::exhaustive && undecided != 0) return true;
  const auto cases = static_cast<double>(m.cases);
  return undecided == m.cases || static_cast<double>(undecided) > largest_undecided_share * cases;
}

/// Was something judged of all errors together?
bool judges_all_errors(const Measurement& m) {
  return std::ranges::any_of(m.statistics, [](const StatisticFigure& figure) {
    return figure.state != StatisticFigure::State::measured;
  });
}

/// Was anything asked that could have been refuted? In a domain without data nothing is.
bool anything_tried(const TargetResult& result) {
  const auto tried = [](const auto& row) { return row.judged && row.cases != 0; };
  return std::ranges::any_of(result.measurements, tried) ||
         std::ranges::any_of(result.laws, tried) ||
         std::ranges::any_of(result.measurements, judges_all_errors);
}

/// Is anything claimed, beyond what is said of all errors together and was measured on a sample?
bool anything_judged(const TargetResult& result) {
  Claim rest = result.claim;
  rest.statistics.clear();
  return rest.anything() || std::ranges::any_of(result.measurements, judges_all_errors);
}

}  // namespace

namespace {

std::vector<Float> arguments_of(const Point& point) {
  return {point.arguments().begin(), point.arguments().end()};
}

Breakdown breakdown_of(const Subject& subject, const Tally& tally) {
  Breakdown breakdown;
  const auto& counts = tally.errors.counts();
  if (std::ranges::all_of(counts, [](std::uint64_t count) { return count == 0; })) return breakdown;
  for (std::size_t i = ErrorHistogram::first(subject.rounding); i < counts.size(); ++i)
    breakdown.errors.push_back(
        {i < ErrorHistogram::edges.size() ? Ulp{ErrorHistogram::edges[i]} : infinite_ulp,
         counts[i]});
  const Binades& binades = Binades::of(subject);
  breakdown.of_results = binades.of_results();
  for (const auto& [number, largest] : tally.largest_errors.binades())
    breakdown.binades.push_back({binades.from(number), binades.to(number),
                                 shortened(largest.entry->value.range),
                                 arguments_of(largest.entry->point)});
  return breakdown;
}

}  // namespace

TargetResult result_for(const Candidate& candidate) {
  const Target& target = candidate.target;
  TargetResult result;
  result.name = target.name;
  result.function = target.function->name;
  result.format = target.format->name;
  result.method = target.method;
  result.shape = target.shape.text;
  result.object = candidate.object;
  result.environment = candidate.environment;
  result.claim = target.claim;
  result.expect = candidate.expect;
  result.notes = candidate.notes;
  if (candidate.cases)
    result.notes.push_back(
        fmt::format("{} cases of each property, as its manifest says", *candidate.cases));
  return result;
}

bool asked_nowhere(const Property& property, const Subject& subject, const Tally& tally) {
  return tally.cases == 0 && property.family == Family::accuracy && property.judges(subject);
}

Measurement measurement_of(const Property& property, const Subject& subject, std::string domain,
                           Strength strength, const Tally& tally) {
  Measurement m;
  m.property = property.name;
  m.domain = std::move(domain);
  m.strength = strength;
  m.rounding = subject.rounding;
  m.cases = tally.cases;
  m.refuted = tally.refuted;
  m.undecided_cap = tally.undecided_cap;
  m.undecided_no_answer = tally.undecided_no_answer;
  m.misrounded = tally.misrounded;
  m.judged = property.judges(subject);
  if (const auto& largest = tally.largest_errors.of_all()) {
    m.max_ulp = largest->value.range;
    m.at = arguments_of(largest->point);
  }
  m.breakdown = breakdown_of(subject, tally);
  m.statistics = statistics_of(subject, tally, strength);
  return m;
}

namespace {
std::string figure_text(const StatisticFigure& figure) {
  const bool is_quantile =
      figure.claimed.starts_with("p99") || figure.claimed.starts_with("within");
  const char* unit = figure.claimed.ends_with("%") || is_quantile ? " %" : " ulp";
  const std::string_view what = is_quantile ? "the errors within it are " : "it is ";
  return fmt::format("{}{:.5g}{}", what, figure.lo, unit);
}
}  // namespace

void tell_statistics(TargetResult& result, Basis basis, const Target& target,
                     const std::string& claim_options) {
  const Measurement& measurement = result.measurements.back();
  for (const StatisticFigure& figure : measurement.statistics) {
    if (figure.state == StatisticFigure::State::measured)
      result.notes.push_back(
          fmt::format("'{}' is judged where every argument is asked (--exhaustive); in this sample "
                      "{}",
                      figure.claimed, figure_text(figure)));
    if (figure.state != StatisticFigure::State::broken) continue;
    Finding found;
    found.property = measurement.property;
    found.basis = basis;
    found.rounding = measurement.rounding;
    found.count = measurement.cases;
    found.claimed = figure.claimed;
    found.smallest.fault = found.worst.fault = std::string(over_all_text) + figure_text(figure);
    found.explanation = fmt::format("Over all {} arguments {}: no single call is to blame",
                                    measurement.cases, figure_text(figure));
    found.replay =
        fmt::format("napier audit {}{}{} --property {} --exhaustive", shell_word(target.name),
                    claim_options.empty() ? "" : " ", claim_options, measurement.property);
    result.findings.push_back(std::move(found));
  }
}

void add_row(TargetResult& result, LawRow row) {
  const auto same = std::ranges::find(result.laws, row.name, &LawRow::name);
  if (same != result.laws.end()) {
    if (!row.not_applicable.empty()) return;
    result.laws.erase(same);
  }
  result.laws.push_back(std::move(row));
}

LawRow law_row_of(const Property& property, const Subject& subject, const Tally& tally,
                  const std::string& why_not) {
  LawRow row;
  row.number = property.law;
  row.name = property.name;
  row.statement = property.statement;
  row.rounding = subject.rounding;
  row.not_applicable = why_not;
  row.judged = why_not.empty() && property.judges(subject);
  row.cases = tally.cases;
  row.refuted = tally.refuted;
  row.undecided = tally.undecided_cap + tally.undecided_no_answer;
  row.vacuous = tally.vacuous;
  row.median_resolution = tally.resolution.median();
  row.largest_share = tally.largest_share;
  if (tally.user.entry) {
    row.user_ulps = {tally.user.entry->value};
    row.user_at = arguments_of(tally.user.entry->point);
  }
  return row;
}

std::string strata_text(const Domain& domain) {
  std::string text;
  for (const Stratum& stratum : domain.strata) text += (text.empty() ? "" : ", ") + stratum.name;
  return text;
}

Strength as_cut(Domain& domain, Strength strength) {
  if (strength == Strength::exhaustive)
    for (Stratum& stratum : domain.strata) stratum.name = "a part of " + stratum.name;
  return Strength::sampled;
}

std::string replay_line(const Target& target, const std::string& claim_options,
                        const Finding& finding) {
  std::string at;
  for (const Float x : finding.smallest.inputs) at += (at.empty() ? "" : ",") + to_hex(x);
  return fmt::format("napier replay {}{}{} --property {} --rounding {}{}{}",
                     shell_word(target.name), claim_options.empty() ? "" : " ", claim_options,
                     finding.property, name(finding.rounding), at.empty() ? "" : " --at=", at);
}

TargetVerdict verdict_of(const TargetResult& result) {
  if (!std::ranges::all_of(result.findings, &Finding::known)) return TargetVerdict::refuted;
  if (result.partial || !result.contradictions.empty()) return TargetVerdict::inconclusive;
  for (const Measurement& m : result.measurements)
    if (inconclusive(m)) return TargetVerdict::inconclusive;
  if (!result.findings.empty()) return TargetVerdict::known;
  if (!anything_judged(result)) return TargetVerdict::measured;
  return anything_tried(result) ? TargetVerdict::stands : TargetVerdict::inconclusive;
}

}  // namespace napier
