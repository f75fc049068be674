// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/diagnose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "lib/fp/ordinal.hpp"
#include "props/property/property.hpp"
#include "props/tally/largest.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// What the claim allows in that mode; where it promises no ulps, correct rounding and a bit.
double limit_of(const Subject& subject) {
  const Claim& claim = *subject.claim;
  const bool nearest = subject.rounding == Rounding::nearest;
  const double rounding = nearest ? 0.5 : 1;
  double limit = 2 * rounding;
  if (const auto& stated = nearest ? claim.max_ulp : claim.max_ulp_directed)
    limit = to_double(stated->limit) + (stated->metric == Metric::rounded ? rounding : 0);
  if (claim.faithful) limit = std::min(limit, 1.0);
  if (claim.correctly_rounded) limit = std::min(limit, rounding);
  return limit;
}

/// The witness and its neighbours on both sides, near and far.
void add_around(const Witness& witness, std::size_t arity, std::vector<Point>& points) {
  if (witness.inputs.size() != arity) return;
  Point point;
  for (const Float x : witness.inputs) point.push(x);
  points.push_back(point);
  Float& last = point.args[arity - 1];
  const Float middle = last;
  if (!is_finite(middle)) return;
  constexpr int near = 8, far = 40;
  for (int i = 0; i < near + far; ++i)
    for (const int side : {-1, 1}) {
      const Ordinal steps = i < near ? Ordinal(i + 1) : Ordinal(1) << (i - near + 3);
      last = step(middle, side * steps);
      points.push_back(point);
    }
}

/// Without those that were asked before: else a call would count twice.
void leave_new(std::vector<Point>& points, std::span<const Observation> seen) {
  std::vector<Point> before;
  for (const Observation& one : seen) before.push_back(one.point);
  std::ranges::sort(before, bits_less);
  std::erase_if(points, [&](const Point& point) {
    return std::ranges::binary_search(before, point, bits_less);
  });
}

std::optional<Diagnosis> cause_of(const Evidence& evidence) {
  for (const auto models : {identity_models(), edge_models(), formula_models(), location_models(),
                            phase_models(), stranger_models()})
    for (const Model& model : models)
      if (std::string words = model.evidence(evidence); !words.empty())
        return Diagnosis{std::string(model.cause), std::move(words)};
  return std::nullopt;
}

bool has_value(const Finding& finding) {
  const Property* property = known_property(finding.property);
  return finding.smallest.got.has_value() && property != nullptr &&
         property->about == About::a_value;
}

}  // namespace

std::vector<const Observation*> Evidence::bad() const {
  std::vector<const Observation*> found;
  for (const Observation& one : seen)
    if (is_bad(one)) found.push_back(&one);
  return found;
}

bool Evidence::any_far_beyond(double ulps) const {
  constexpr double clearly = 4;
  return std::ranges::any_of(
      seen, [&](const Observation& one) { return is_bad(one) && !(one.size() <= clearly * ulps); });
}

std::vector<Diagnosis> diagnose(const Subject& subject, Seed seed,
                                std::span<const Finding> findings,
                                std::span<const Observation> seen, Caller& caller) {
  Evidence evidence{subject,
                    seed,
                    limit_of(subject),
                    subject.claim->correctly_rounded,
                    {seen.begin(), seen.end()},
                    {},
                    {}};
  for (const Finding& finding : findings)
    if (finding.rounding == subject.rounding && has_value(finding))
      evidence.findings.push_back(finding);
  if (evidence.findings.empty()) return {};
  evidence.ask = [&](std::span<const Point> points) { return observe(subject, points, caller); };
  const auto arity = static_cast<std::size_t>(subject.target->function->arity);
  std::vector<Point> points;
  for (const Finding& finding : evidence.findings)
    for (const Witness* witness : {&finding.smallest, &finding.worst})
      add_around(*witness, arity, points);
  leave_once(points);
  leave_new(points, seen);
  for (Observation& one : evidence.ask(points)) evidence.seen.push_back(std::move(one));
  if (auto cause = cause_of(evidence)) return {std::move(*cause)};
  return {{std::string(no_pattern),
           fmt::format("of {} looked at, {} are off by more than {:.4g} ulp, and no model fits",
                       counted(evidence.seen.size(), "call", "calls"),
                       count_text(evidence.bad().size()), evidence.limit)}};
}

}  // namespace napier
