// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "props/property/property.hpp"
#include "props/subject/no_pattern.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

int gravity(Tone state) {
  constexpr std::array rising{Tone::quiet, Tone::measured, Tone::stands, Tone::inconclusive,
                              Tone::refuted};
  return static_cast<int>(std::ranges::find(rising, state) - rising.begin());
}

class Checks {
 public:
  Check& of(const std::string& property, const std::string& law, Rounding rounding) {
    const auto key = std::pair(property, rounding);
    const auto known = std::ranges::find(keys_, key);
    if (known != keys_.end()) return all_[static_cast<std::size_t>(known - keys_.begin())];
    keys_.push_back(key);
    const std::string mode = rounding == Rounding::nearest ? "" : ", " + mode_text(rounding);
    all_.push_back({(law.empty() ? "" : "law " + law + " ") + property + mode, property, rounding});
    return all_.back();
  }
  std::vector<Check> all() && { return std::move(all_); }

 private:
  std::vector<std::pair<std::string, Rounding>> keys_;
  std::vector<Check> all_;
};

void note(Check& check, Tone state, std::uint64_t cases, const std::string& why) {
  check.cases += cases;
  if (gravity(state) < gravity(check.state)) return;
  check.state = state;
  check.why = why;
}

std::string why_open(std::uint64_t cases, const std::string& undecided) {
  return cases == 0 ? "no case was tried" : "undecided: " + undecided;
}

}  // namespace

std::vector<Check> checks_of(const Report& report, const TargetResult& target) {
  constexpr std::string_view measured = "measured only: nothing is claimed";
  Checks checks;
  for (const LawRow& law : target.laws) {
    const Tone state = state_of(law);
    note(checks.of(law.name, law.number, law.rounding), state, law.cases,
         state == Tone::quiet          ? law.not_applicable
         : state == Tone::inconclusive ? why_open(law.cases, count_text(law.undecided))
         : state == Tone::measured     ? std::string(measured)
                                       : "");
  }
  for (const Measurement& m : target.measurements) {
    const auto is_law = [&](const LawRow& law) {
      return law.name == m.property && law.rounding == m.rounding;
    };
    if (std::ranges::any_of(target.laws, is_law)) continue;
    const Tone state = state_of(m);
    note(checks.of(m.property, "", m.rounding), state, m.cases,
         state == Tone::inconclusive ? why_open(m.cases, undecided_text(m))
         : state == Tone::measured   ? (m.statistics.empty() ? std::string(measured)
                                                             : "not judged, this is a sample: " +
                                                                 m.statistics.front().claimed)
                                     : "");
  }
  for (const NumberedFinding& numbered : findings(report)) {
    if (numbered.target != &target) continue;
    const Finding& finding = *numbered.finding;
    Check& check = checks.of(finding.property, finding.law, finding.rounding);
    note(check, Tone::refuted, 0, "");
    check.known = finding.known && (check.findings.empty() || check.known);
    check.findings.push_back(numbered);
  }
  return std::move(checks).all();
}

std::string likely_cause(const TargetResult& target, const Finding& finding) {
  const Property* property = known_property(finding.property);
  if (property == nullptr || property->about != About::a_value || !finding.smallest.got) return {};
  for (const Diagnosis& diagnosis : target.diagnoses)
    if (diagnosis.cause != no_pattern) return diagnosis.cause + ": " + diagnosis.evidence;
  return {};
}

std::string findings_text(const Check& check) {
  std::string text;
  for (const NumberedFinding& numbered : check.findings) {
    const Finding& finding = *numbered.finding;
    text += charged(finding) + " " + charge(finding) + "\n";
    for (const auto& [which, witness] :
         {std::pair("worst", &finding.worst), std::pair("smallest", &finding.smallest)}) {
      const SpelledCase told = spelled(*numbered.target, finding, *witness);
      text += fmt::format("{}: {}\n", which, told.decimal);
      if (!told.hex.empty()) text += fmt::format("  {}\n", told.hex);
    }
    if (const std::string why = explained(finding); !why.empty()) text += why + "\n";
    if (const std::string cause = likely_cause(*numbered.target, finding); !cause.empty())
      text += "likely cause: " + cause + "\n";
    if (!finding.replay.empty()) text += "replay: " + finding.replay + "\n";
  }
  return text;
}

}  // namespace napier
