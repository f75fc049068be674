// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "lib/fp/hexfloat.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/speed.hpp"

namespace napier {
namespace {

/// Quoted where it has to be.
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string line(const std::vector<std::string>& fields) {
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) text += (i > 0 ? "," : "") + field(fields[i]);
  return text + "\n";
}

/// As in report.json: the shortest number that reads back; infinity is "inf".
std::string figure(double value) { return fmt::format("{}", value); }

std::vector<std::string> target_fields(const TargetResult& target) {
  return {target.name, target.function, target.format, describe(target.claim),
          std::string(name(target.verdict))};
}

std::string state_text(Tone state) {
  switch (state) {
    case Tone::refuted:
      return "refuted";
    case Tone::inconclusive:
      return "inconclusive";
    case Tone::stands:
      return "stands";
    default:
      return "measured";
  }
}

/// What is told of a target as a whole, in each of its lines: how long a call takes, in ns, and the
/// first target that peaks at the same arguments.
struct Whole {
  std::string nanoseconds, peaks_like;
};

std::vector<Whole> wholes(const Report& report) {
  std::vector<Whole> all(report.targets.size());
  for (const SpeedPoint& point : speed_points(report))
    all[point.target].nanoseconds = figure(point.nanoseconds);
  for (const Kinship& kin : kinships(report))
    for (const std::size_t place : kin.targets)
      all[place].peaks_like = report.targets[kin.targets.front()].name;
  return all;
}

std::string measurement_line(const TargetResult& target, const Measurement& m, const Whole& whole) {
  std::vector<std::string> fields = target_fields(target);
  const auto law = std::ranges::find_if(target.laws, [&](const LawRow& row) {
    return row.name == m.property && row.rounding == m.rounding && row.not_applicable.empty();
  });
  const bool measured = !m.at.empty();
  for (std::string& one : std::vector<std::string>{
           m.property, law == target.laws.end() ? "" : law->number, std::string(name(m.rounding)),
           std::string(name(m.strength)), state_text(state_of(m)), std::to_string(m.cases),
           std::to_string(m.refuted), std::to_string(m.undecided_cap + m.undecided_no_answer),
           measured ? std::to_string(m.misrounded) : "", measured ? figure(m.max_ulp.lo.value) : "",
           measured ? figure(m.max_ulp.hi.value) : "", to_hex(m.at), whole.nanoseconds,
           whole.peaks_like})
    fields.push_back(std::move(one));
  return line(fields);
}

}  // namespace

std::string render_csv(const Report& given) {
  const Report report = shown(given);
  std::string text =
      line({"target", "function", "format", "claim", "verdict", "property", "law", "rounding",
            "strength", "state", "cases", "refuted", "undecided", "misrounded", "max_ulp_lo",
            "max_ulp_hi", "at", "call_ns", "peaks_like"});
  const std::vector<Whole> whole = wholes(report);
  for (std::size_t place = 0; place < report.targets.size(); ++place) {
    const TargetResult& target = report.targets[place];
    for (const Measurement& m : target.measurements)
      text += measurement_line(target, m, whole[place]);
    if (!target.measurements.empty()) continue;
    std::vector<std::string> fields = target_fields(target);  // it could not be audited
    fields.resize(19);
    text += line(fields);
  }
  return text;
}

}  // namespace napier
