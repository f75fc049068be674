// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/given_cases.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

template <class Value>
bool has(const std::vector<Value>& values, const auto& value) {
  return std::ranges::find(values, value) != values.end();
}

/// Of how many numbers its points are; 0 where it has none. A record may have been edited.
std::size_t arguments_of(const Property& property, const Subject& subject, Seed seed) {
  const Domain domain = property.where.domain(subject);
  constexpr std::uint64_t tries = 64;
  for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum) {
    const std::uint64_t size = domain.strata[stratum].size;  // 0: endless
    for (std::uint64_t i = 0; i < (size == 0 ? tries : std::min(tries, size)); ++i)
      if (const auto point = domain.at(seed, {property_key(property.name), stratum, i}))
        return point->count;
  }
  return 0;
}

}  // namespace

std::optional<Tally> ask_at(const std::vector<Point>& points, const Property& property,
                            const Subject& subject, Seed seed, Callers callers) {
  if (points.empty()) return std::nullopt;
  Stratum stratum;
  stratum.size = points.size();
  stratum.make = [&points](Draw&, std::uint64_t index) { return points[index]; };
  Domain domain;
  domain.strata.push_back(std::move(stratum));
  domain.admits = property.where.domain(subject).admits;
  Tally tally = judge_portion(property, subject, domain, seed, {0, 0, points.size()}, callers);
  return tally.cases == 0 ? std::nullopt : std::optional(std::move(tally));
}

bool GivenCases::Issue::names(const Finding& finding) const {
  return has(expected->properties, finding.property) && has(expected->roundings, finding.rounding);
}

/// Inside the intervals and no farther off than is known. The points of laws are no arguments of a
/// call: there the result and the error tell alone.
bool GivenCases::Issue::explains(const Witness& witness) const {
  if (witness.ulp.hi.value > expected->at_most) return false;
  if (got && witness.got != got) return false;
  if (!witness.call.empty() || witness.inputs.size() != at.size()) return true;
  return contains(expected->x, witness.inputs.front()) &&
         (witness.inputs.size() == 1 || contains(expected->y, witness.inputs.back()));
}

GivenCases::GivenCases(const Candidate& candidate)
    : recorded_(candidate.recorded), corpus_(candidate.corpus) {
  for (const ExpectedIssue& issue : candidate.known) {
    std::vector<Float> at;
    for (const std::string& text : issue.at)
      at.push_back(parse_float(*candidate.target.format, text));
    std::optional<Float> got;
    if (!issue.got.empty()) got = parse_float(*candidate.target.format, issue.got);
    issues_.push_back({&issue, std::move(at), got, {}});
  }
}

std::vector<Point> GivenCases::witnesses(const Property& property, const Subject& subject) {
  std::vector<Point> points;
  for (Issue& issue : issues_) {
    if (issue.expected->properties.front() != property.name ||
        !has(issue.expected->roundings, subject.rounding))
      continue;
    Point point;
    for (const Float x : issue.at) point.push(x);
    points.push_back(point);
    if (property.judges(subject)) issue.judged.push_back(subject.rounding);
  }
  return points;
}

namespace {

/// x/2, 2x and the like: other arguments that a law may take beside x.
std::vector<Point> with_another(const Point& start, Float x) {
  std::vector<Point> points;
  const Dyadic value = exact_value(x);
  for (const Dyadic& first : {value, value.scaled(-1)})
    for (const Dyadic& second : {value.scaled(-1), -value.scaled(-1), Dyadic::power_of_two(-1),
                                 Dyadic::power_of_two(0), Dyadic::power_of_two(1)}) {
      Point& point = points.emplace_back(start);
      for (const Dyadic& argument : {first, second})
        point.push(round_to(*x.format, argument, Rounding::nearest));
    }
  return points;
}

/// Cases of a law that have calls at those of a corpus, or at powers of two beside them: a base, if
/// the law's points have one, and one exponent or two.
std::vector<Point> law_points(const std::vector<Point>& corpus, std::size_t arguments) {
  std::vector<Point> points;
  for (const Point& call : corpus) {
    if (!std::ranges::all_of(call.arguments(), is_finite)) continue;
    Point start;
    for (std::size_t i = 0; i + 1 < call.count; ++i) start.push(call.args[i]);
    if (arguments == call.count) points.push_back(call);
    if (arguments == call.count + 1)
      std::ranges::move(with_another(start, call.args[call.count - 1]), std::back_inserter(points));
  }
  return points;
}

}  // namespace

std::vector<GivenCases::Asked> GivenCases::ask(const Property& property, const Subject& subject,
                                               Seed seed, Callers callers) {
  std::vector<Asked> all;
  const auto add = [&](const char* where, const std::vector<Point>& points) {
    if (auto tally = ask_at(points, property, subject, seed, callers))
      all.push_back({where, std::move(*tally)});
  };
  std::vector<Point> before;
  for (const RecordedCase& one : recorded_)
    if (one.property == property.name && one.rounding == subject.rounding &&
        one.point.count == arguments_of(property, subject, seed))
      before.push_back(one.point);
  add("what was refuted before", before);
  add("witnesses of known issues", witnesses(property, subject));
  if (property.is_searched) add("the corpus", corpus_);
  if (relates_calls(property.family) && !corpus_.empty())
    add("calls of the corpus", law_points(corpus_, arguments_of(property, subject, seed)));
  return all;
}

void GivenCases::settle(TargetResult& result) const {
  for (Finding& finding : result.findings) {
    const auto is_known = [&](const Witness& witness) {
      return std::ranges::any_of(issues_, [&](const Issue& issue) {
        return issue.names(finding) && issue.explains(witness);
      });
    };
    finding.known = is_known(finding.smallest) && is_known(finding.worst);
  }
  for (const Issue& issue : issues_)
    for (const Rounding rounding : issue.expected->roundings) {
      const bool shows = std::ranges::any_of(result.findings, [&](const Finding& finding) {
        return finding.known && finding.rounding == rounding && issue.names(finding) &&
               (issue.explains(finding.smallest) || issue.explains(finding.worst));
      });
      if (!shows && (!has(issue.judged, rounding) || result.partial)) continue;
      // A finding beyond the limits is news, and the issue may be part of it.
      const bool news = std::ranges::any_of(result.findings, [&](const Finding& finding) {
        return finding.rounding == rounding && has(issue.expected->properties, finding.property);
      });
      result.known_issues.push_back({issue.expected->properties, rounding, issue.at,
                                     issue.expected->why, issue.expected->source, shows || news});
    }
}

}  // namespace napier
