// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/look_closer.hpp"

#include <algorithm>

#include "audit/profile/diagnose.hpp"
#include "audit/profile/heat_maps.hpp"
#include "audit/profile/profile.hpp"
#include "audit/profile/seen_errors.hpp"
#include "audit/profile/special_grid.hpp"
#include "audit/stop.hpp"
#include "lib/fp/ordinal.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

bool is_of_accuracy(const Measurement& m) {
  const Property* property = known_property(m.property);
  return property != nullptr && property->family == Family::accuracy;
}

/// How many are asked, of one that was asked so often.
std::uint64_t share_of(std::uint64_t cases) {
  constexpr std::uint64_t most = 4096;
  return std::min(most, cases / 8);
}

/// Where the largest errors were seen, and the cases of accuracy in that mode.
struct Known {
  std::vector<Point> points;
  std::uint64_t cases = 0;
};
Known known_of(const Subject& subject, const TargetResult& result) {
  Known known;
  std::uint64_t others = 0;
  for (const Measurement& m : result.measurements) {
    if (m.rounding != subject.rounding) continue;
    if (!is_of_accuracy(m)) {
      others = std::max(others, m.cases);
      continue;
    }
    known.cases += m.cases;
    for (const BinadeError& binade : m.breakdown.binades) {
      Point& point = known.points.emplace_back();
      for (const Float x : binade.at) point.push(x);
    }
  }
  if (known.cases == 0) known.cases = others;  // laws alone were asked
  return known;
}

/// Points that are spread, and those.
std::vector<Point> together(std::vector<Point> spread, const std::vector<Point>& known) {
  spread.insert(spread.end(), known.begin(), known.end());
  leave_once(spread);
  return spread;
}

/// Whether the right result is that of many arguments, or the argument itself.
bool is_saturated(const Observation& seen) {
  const Float want = absolute(seen.want);
  const Format& f = *want.format;
  return is_zero(want) || !is_finite(want) || want == max_finite(f) || want == from_integer(f, 1) ||
         want == min_subnormal(f) || seen.want == seen.point.args[0];
}

/// `spread` is sorted.
Misrounded misrounded_of(std::span<const Observation> seen, const std::vector<Point>& spread) {
  Misrounded counted;
  for (const Observation& one : seen) {
    if (is_saturated(one) || !std::ranges::binary_search(spread, one.point, bits_less)) continue;
    ++counted.cases;
    counted.misrounded += one.got == one.want ? 0 : 1;
  }
  return counted;
}

void look_at_accuracy(const Subject& subject, Seed seed, Caller& caller, TargetResult& result,
                      SeenCases& seen) {
  const Known known = known_of(subject, result);
  std::vector<Point> spread = spread_points(subject, seed, share_of(known.cases));
  auto observed = observe(subject, together(spread, known.points), caller, &seen);
  result.profile = profile_of(subject, observed);
  if (const Misrounded counted = misrounded_of(observed, spread); counted.cases != 0)
    result.unsaturated = counted;
  constexpr std::uint64_t part = 8;  // … of these looks are around the largest
  note_seen_errors(subject, std::move(observed), share_of(known.cases) / part, caller, result,
                   seen);
}

bool was_asked(const TargetResult& result, Family family) {
  return std::ranges::any_of(result.measurements, [&](const Measurement& m) {
    const Property* property = known_property(m.property);
    return property != nullptr && property->family == family;
  });
}

bool is_refuted_in(const TargetResult& result, Rounding rounding) {
  return std::ranges::any_of(result.findings, [&](const Finding& finding) {
    return finding.rounding == rounding && finding.repeatable && !finding.known;
  });
}

}  // namespace

bool look_closer(const Target& target, Seed seed, Callers callers, TargetResult& result,
                 SeenCases& seen) {
  const auto measured = std::ranges::find_if(result.measurements, is_of_accuracy);
  try {
    if (measured != result.measurements.end()) {
      const Subject subject(target, measured->rounding);
      look_at_accuracy(subject, seed, *callers.target, result, seen);
      constexpr std::uint64_t of_a_map = 1024;  // some for each cell
      // Of a law that was not asked nothing is shown that its verdict doesn't tell.
      const auto was_asked = [&](const Property& law) {
        return std::ranges::any_of(result.laws, [&](const LawRow& row) {
          return row.name == law.name && row.rounding == subject.rounding && row.cases > 0;
        });
      };
      result.maps = heat_maps(subject, seed, std::min(of_a_map, share_of(measured->cases)), callers,
                              seen, was_asked);
    }
    if (was_asked(result, Family::special_values))
      result.special = special_grid(target, callers, seen);
  } catch (const Interrupted&) {
    return false;  // what was found until then is told all the same
  }
  return true;
}

void look_for_causes(const Target& target, Seed seed, Callers callers, TargetResult& result) {
  try {
    for (const Rounding mode : all_roundings) {
      if (!result.diagnoses.empty() || !is_refuted_in(result, mode)) continue;
      const Subject in_mode(target, mode);
      const Known known = known_of(in_mode, result);
      const auto points =
          together(spread_points(in_mode, seed, share_of(known.cases)), known.points);
      const auto seen = observe(in_mode, points, *callers.target);
      result.diagnoses = diagnose(in_mode, seed, result.findings, seen, *callers.target);
    }
  } catch (const Interrupted&) {
    // What was found until then is told all the same.
  }
}

}  // namespace napier
