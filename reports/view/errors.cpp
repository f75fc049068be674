// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/fp/ordinal.hpp"
#include "props/property/property.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// CONTRACT's line between a verdict and none.
constexpr std::uint64_t cases_per_undecided = 1'000'000;

Tone judged_state(std::uint64_t cases, std::uint64_t refuted, std::uint64_t undecided,
                  bool exhaustive) {
  if (refuted > 0) return Tone::refuted;
  const bool none_decided = undecided >= cases;
  const bool too_many = exhaustive ? undecided > 0 : undecided > cases / cases_per_undecided;
  return none_decided || too_many ? Tone::inconclusive : Tone::stands;
}

/// A bound is rounded up and what was observed down, so that either stays true.
std::string figure(const Measurement& m, bool bound, const Claim& claim, std::string_view observed,
                   std::string_view proven = "bound ") {
  const auto marks = landmarks(claim, m.rounding);
  if (bound) return std::string(proven) + ulp_text(m.max_ulp.hi, Rounding::up, marks);
  // Of an infinity where 0 is right: finite, but no binary64 holds it.
  constexpr double round_and_huge = 1e308;
  if (m.max_ulp.hi == infinite_ulp && m.max_ulp.lo != infinite_ulp &&
      m.max_ulp.lo.value > round_and_huge)
    return "> " + decimal(round_and_huge, 1, Rounding::nearest);
  // Nothing is larger than infinite.
  if (m.max_ulp.lo == infinite_ulp) observed.remove_suffix(std::string_view("≥ ").size());
  return std::string(observed) + ulp_text(m.max_ulp.lo, Rounding::down, marks);
}

}  // namespace

bool measures_errors(std::string_view property) {
  const Property* known = known_property(property);
  return known != nullptr && known->family == Family::accuracy;
}

Tone state_of(const LawRow& row) {
  if (!row.not_applicable.empty()) return Tone::quiet;
  if (!row.judged) return Tone::measured;
  return judged_state(row.cases, row.refuted, row.undecided, false);
}

Tone state_of(const Measurement& m) {
  if (!m.judged) return Tone::measured;
  return judged_state(m.cases, m.refuted, m.undecided_cap + m.undecided_no_answer,
                      m.strength == Strength::exhaustive);
}

std::string_view mark_of(Tone state) {
  switch (state) {
    case Tone::refuted:
    case Tone::failed:
      return "✗";
    case Tone::inconclusive:
      return "?";
    case Tone::stands:
      return "✓";
    case Tone::measured:
      return "·";
    case Tone::plain:
    case Tone::quiet:
      return "–";
  }
  return "–";
}

std::string undecided_text(const Measurement& m) {
  std::string cap = count_text(m.undecided_cap) + " at the precision cap";
  std::string no_answer = count_text(m.undecided_no_answer) + " without an answer";
  if (m.undecided_no_answer == 0) return cap;
  return m.undecided_cap == 0 ? no_answer : cap + " and " + no_answer;
}

bool is_bound(const Measurement& m) {
  return m.strength == Strength::exhaustive && m.undecided_cap == 0 && m.undecided_no_answer == 0;
}

Cell largest_error_cell(const Measurement& m, const Claim& claim) {
  if (m.at.empty()) return {"–", Tone::quiet};
  return {figure(m, is_bound(m), claim, "≥ ")};
}

namespace {

/// " (0.98 bfloat16 ulp)", where the claim counts these.
std::string claimed_figure(const Measurement& m, const Claim& claim) {
  if (m.at.empty()) return {};
  const std::string text =
      claimed_ulp_text(m.max_ulp, claim, m.rounding, *m.at.front().format, std::nullopt);
  return text.empty() ? "" : " (" + text + ")";
}

/// Does an error break the promises in ulps, and stands all the same? Then it is what flushing did.
bool is_of_a_flushed_number(const Measurement& m, const Claim& claim) {
  if (!claim.flushing.any() || !m.judged || m.refuted != 0) return false;
  const bool nearest = m.rounding == Rounding::nearest;
  const auto& limit = nearest ? claim.max_ulp : claim.max_ulp_directed;
  // From the rounded value K ulp are at most 2K + 1 from the true one.
  if (limit) return m.max_ulp.lo.value > 2 * to_double(limit->limit) + 1;
  return (claim.correctly_rounded || claim.faithful) && m.max_ulp.lo.value > 1;
}

}  // namespace

namespace {

/// Whether two errors are the same figure to a reader: bounds, or what was observed.
bool read_alike(const UlpRange& a, const UlpRange& b, bool bounds,
                std::span<const double> landmarks) {
  const auto text = [&](const UlpRange& ulp) {
    return bounds ? ulp_text(ulp.hi, Rounding::up, landmarks)
                  : ulp_text(ulp.lo, Rounding::down, landmarks);
  };
  return text(a) == text(b);
}

LargestError largest_error(const TargetResult& target, Rounding rounding) {
  LargestError found{.rounding = rounding};
  const std::vector<double> marks = landmarks(target.claim, rounding);
  const auto consider = [&](const Measurement& whose, const UlpRange& ulp,
                            const std::vector<Float>& at) {
    if (at.empty()) return;
    auto& largest = is_judged_at(target, at) ? found.inside : found.beyond;
    if (largest && (ulp.hi <= largest->max_ulp.hi ||
                    read_alike(ulp, largest->max_ulp, is_bound(whose), marks)))
      return;
    if (!largest) largest.emplace();
    largest->property = whose.property;
    largest->rounding = rounding;
    largest->strength = whose.strength;
    largest->judged = whose.judged;
    largest->refuted = whose.refuted;
    largest->max_ulp = ulp;
    largest->at = at;
  };
  // Many arguments may err alike, or so to a reader. What the headline of a refuted target names
  // comes first, and what shrinking came by is no case of a measurement.
  for (const Finding& finding : target.findings)
    for (const Measurement& m : target.measurements)
      if (measures_errors(m.property) && m.property == finding.property && m.rounding == rounding &&
          finding.rounding == rounding && finding.worst.call.empty())
        consider(m, finding.worst.ulp, finding.worst.inputs);
  for (const Measurement& m : target.measurements) {
    if (!measures_errors(m.property) || m.rounding != rounding || m.cases == 0) continue;
    found.bound = found.bound && is_bound(m);
    consider(m, m.max_ulp, m.at);
    for (const BinadeError& binade : m.breakdown.binades) consider(m, binade.max_ulp, binade.at);
  }
  if (found.inside && found.beyond && found.inside->max_ulp.hi >= found.beyond->max_ulp.hi)
    found.beyond.reset();
  return found;
}

}  // namespace

const ClaimDomain& judged_domain(const TargetResult& target) {
  const bool by_author = target.claim.anything() || !target.expect;
  return by_author ? target.claim.domain : target.expect->domain;
}

bool is_judged_at(const TargetResult& target, const std::vector<Float>& at) {
  return !at.empty() &&
         covers(judged_domain(target), at.front(), at.size() > 1 ? at.back() : Float{});
}

std::vector<LargestError> largest_errors(const TargetResult& target) {
  std::vector<LargestError> found;
  for (const Rounding rounding : all_roundings)
    if (LargestError one = largest_error(target, rounding); one.inside || one.beyond)
      found.push_back(std::move(one));
  return found;
}

std::vector<RangeError> errors_by_range(const TargetResult& target, Rounding rounding) {
  std::vector<RangeError> found;
  for (const Measurement& m : target.measurements)
    if (measures_errors(m.property) && m.rounding == rounding)
      for (const BinadeError& range : m.breakdown.binades) found.push_back({range, &m});
  const auto start = [](const RangeError& error) { return ordinal(error.range.from); };
  const auto size = [](const RangeError& error) { return error.range.max_ulp.hi; };
  std::ranges::sort(found, [&](const RangeError& a, const RangeError& b) {
    return start(a) != start(b) ? start(a) < start(b) : size(a) > size(b);
  });
  const auto rest = std::ranges::unique(found, {}, start);
  found.erase(rest.begin(), rest.end());
  return found;
}

Cell largest_error_cell(const RangeError& error, const Claim& claim) {
  Measurement one = *error.measurement;
  one.max_ulp = error.range.max_ulp;
  one.at = error.range.at;
  return largest_error_cell(one, claim);
}

std::string largest_error_text(const TargetResult& target) {
  std::string text, beyond;
  for (const LargestError& largest : largest_errors(target)) {
    if (largest.inside)
      text += fmt::format("{}{} ulp{} at {}{}", text.empty() ? "" : "; ",
                          figure(*largest.inside, largest.inside_is_bound(), target.claim,
                                 text.empty() ? "observed ≥ " : "≥ "),
                          claimed_figure(*largest.inside, target.claim),
                          place_text(largest.inside->at, largest.rounding),
                          is_of_a_flushed_number(*largest.inside, target.claim)
                              ? ", where a number is flushed to 0 as the claim lets it"
                              : "");
    if (largest.beyond)
      beyond += fmt::format("; measured beyond it: {} ulp at {}",
                            figure(*largest.beyond, largest.bound, target.claim, "≥ "),
                            place_text(largest.beyond->at, largest.rounding));
  }
  return text.empty() && !beyond.empty() ? beyond.substr(2) : text + beyond;
}

std::string largest_error_figure(const TargetResult& target) {
  const std::vector<LargestError> all = largest_errors(target);
  if (all.empty() || !all.front().inside) return {};
  return figure(*all.front().inside, all.front().inside_is_bound(), target.claim, "≥ ", "= ");
}

Cell largest_error_cell(const TargetResult& target) {
  Cell cell;
  for (const LargestError& largest : largest_errors(target)) {
    if (!largest.inside) continue;
    const bool first = cell.text.empty();
    if (!first) cell.text += fmt::format("; {} ", name(largest.rounding));
    cell.text += figure(*largest.inside, largest.inside_is_bound(), target.claim, "≥ ");
    cell.beside += (first ? "at " : "; ") + place_text(largest.inside->at, largest.rounding);
  }
  return cell.text.empty() ? Cell{"–", Tone::quiet} : cell;
}

}  // namespace napier
