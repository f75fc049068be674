// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/look_closer.hpp"

#include <algorithm>

#include "audit/profile/diagnose.hpp"
#include "audit/profile/profile.hpp"
#include "audit/profile/seen_errors.hpp"
#include "audit/stop.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

bool is_of_accuracy(const Measurement& m) {
  const Property* property = known_property(m.property);
  return property != nullptr && property->family == Family::accuracy;
}

/// Spread ones, and where the largest errors were seen.
std::vector<Point> points_of(const Subject& subject, const TargetResult& result, Seed seed) {
  constexpr std::uint64_t most = 4096;
  std::uint64_t cases = 0, others = 0;
  std::vector<Point> points;
  for (const Measurement& m : result.measurements) {
    if (m.rounding != subject.rounding) continue;
    if (!is_of_accuracy(m)) others = std::max(others, m.cases);
    if (!is_of_accuracy(m)) continue;
    cases += m.cases;
    for (const BinadeError& binade : m.breakdown.binades) {
      Point& point = points.emplace_back();
      for (const Float x : binade.at) point.push(x);
    }
  }
  if (cases == 0) cases = others;  // laws alone were asked
  std::ranges::move(spread_points(subject, seed, std::min(most, cases / 8)),
                    std::back_inserter(points));
  leave_once(points);
  return points;
}

bool is_refuted_in(const TargetResult& result, Rounding rounding) {
  return std::ranges::any_of(result.findings, [&](const Finding& finding) {
    return finding.rounding == rounding && finding.repeatable && !finding.known;
  });
}

}  // namespace

void look_closer(const Target& target, Seed seed, Caller& caller, TargetResult& result) {
  const auto measured = std::ranges::find_if(result.measurements, is_of_accuracy);
  try {
    if (measured != result.measurements.end()) {
      const Subject subject(target, measured->rounding);
      const auto observed = observe(subject, points_of(subject, result, seed), caller);
      result.profile = profile_of(subject, observed);
      note_seen_errors(subject, observed, result);
    }
    for (const Rounding mode : all_roundings) {
      if (!result.diagnoses.empty() || !is_refuted_in(result, mode)) continue;
      const Subject in_mode(target, mode);
      const auto seen = observe(in_mode, points_of(in_mode, result, seed), caller);
      result.diagnoses = diagnose(in_mode, seed, result.findings, seen, caller);
    }
  } catch (const Interrupted&) {
    // What was found until then is told all the same.
  }
}

}  // namespace napier
