// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/errors.hpp"

#include <fmt/format.h>

#include "reports/render/figures.hpp"

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

LargestError largest_error(const TargetResult& target, Rounding rounding) {
  LargestError found;
  for (const Measurement& m : target.measurements) {
    if (m.property != "accuracy" || m.rounding != rounding || m.cases == 0) continue;
    found.bound = found.bound && is_bound(m);
    if (m.at.empty()) continue;
    if (found.measurement == nullptr || m.max_ulp.hi > found.measurement->max_ulp.hi)
      found.measurement = &m;
  }
  return found;
}

/// A bound is rounded up and what was observed down, so that either stays true.
std::string figure(const Measurement& m, bool bound, const Claim& claim,
                   std::string_view observed) {
  const auto marks = landmarks(claim, m.rounding);
  if (bound) return "bound " + ulp_text(m.max_ulp.hi, Rounding::up, marks);
  // Nothing is larger than infinite.
  if (m.max_ulp.lo == infinite_ulp) observed.remove_suffix(std::string_view("≥ ").size());
  return std::string(observed) + ulp_text(m.max_ulp.lo, Rounding::down, marks);
}

}  // namespace

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

LargestError largest_error(const TargetResult& target) {
  for (const Rounding rounding : all_roundings)
    if (const LargestError found = largest_error(target, rounding); found.measurement != nullptr)
      return found;
  return {};
}

std::string largest_error_text(const TargetResult& target) {
  const auto [measurement, bound] = largest_error(target);
  if (measurement == nullptr) return {};
  return fmt::format("{} ulp at {}", figure(*measurement, bound, target.claim, "observed ≥ "),
                     place_text(measurement->at, measurement->rounding));
}

Cell largest_error_cell(const TargetResult& target) {
  const auto [measurement, bound] = largest_error(target);
  if (measurement == nullptr) return {"–", Tone::quiet};
  Cell cell{figure(*measurement, bound, target.claim, "≥ ")};
  cell.beside = "at " + place_text(measurement->at, measurement->rounding);
  return cell;
}

}  // namespace napier
