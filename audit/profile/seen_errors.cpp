// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/seen_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "audit/profile/judged_errors.hpp"
#include "lib/fp/ordinal.hpp"
#include "oracles/oracle.hpp"
#include "props/tally/short_figure.hpp"

namespace napier {
namespace {

/// log2 of |y - t|, about.
double log2_of_error(const Observation& one, const Format& format) {
  const auto binade = static_cast<std::int64_t>(one.binade);
  return std::log2(one.size()) + static_cast<double>(ulp_exponent(format, binade));
}

bool is_finite_error(const Observation& one) {
  return is_finite(one.got) && is_finite(one.want) && std::isfinite(one.log2) &&
         std::isfinite(one.size());
}

/// The least that |y - t|, or |y - t|/|t|, can be.
double at_least(const Subject& subject, const Observation& one, bool relative) {
  TrueValue truth(*subject.target->function, one.point.call());
  if (truth.is_nan() || truth.is_infinite() || truth.sign() == 0) return 0;
  const Precision precision = default_refinement(subject.format()).start;
  const Enclosure t = truth.enclosure(precision);
  const Enclosure apart = Enclosure(precision, exact_value(one.got)) - t;
  const Enclosure error = relative ? apart / t : apart;
  return std::max({lower(error), -upper(error), 0.0});
}

bool is_normal(const Subject& subject, const Observation& one) {
  return one.binade >= subject.format().min_exponent();
}

/// log2 of the error, about; that of none where it is no finite one.
double log2_of(const Subject& subject, const Observation& one, bool relative) {
  if (!is_finite_error(one) || (relative && !is_normal(subject, one)))
    return -std::numeric_limits<double>::infinity();
  return log2_of_error(one, subject.format()) - (relative ? one.log2 : 0);
}

/// The largest of those that come next to the top by their approximate figures.
std::optional<SeenError> largest(const Subject& subject, std::span<const Observation> seen,
                                 const JudgedErrors& judged, bool relative) {
  constexpr std::size_t few = 8;
  std::vector<const Observation*> calls;
  SeenError found;
  found.at_most = relative ? judged.relative : judged.absolute;
  for (const Observation& one : seen) {
    if (!is_finite_error(one) || (relative && !is_normal(subject, one))) continue;
    calls.push_back(&one);
    const double k = one.error.magnitude().hi.value;
    const std::int64_t ulp = ulp_exponent(subject.format(), static_cast<std::int64_t>(one.binade));
    found.at_most =
        std::max(found.at_most, ulps_above(k, relative ? 1 - subject.format().precision : ulp));
  }
  found.cases = calls.size();
  found.judged = judged.calls;
  found.is_of_every_call = judged.every_call;
  const auto some = calls.begin() + static_cast<std::ptrdiff_t>(std::min(few, calls.size()));
  std::ranges::partial_sort(calls, some, std::greater(), [&](const Observation* one) {
    return log2_of(subject, *one, relative);
  });
  for (auto one = calls.begin(); one != some; ++one) {
    const double error = at_least(subject, **one, relative);
    if (!(error > found.at_least) || !std::isfinite(error)) continue;
    found.at_least = error;
    const auto arguments = (*one)->point.arguments();
    found.at.assign(arguments.begin(), arguments.end());
  }
  found.at_least = short_below(found.at_least);
  found.at_most = short_above(found.at_most);
  return found.at.empty() ? std::nullopt : std::optional(found);
}

/// Points between those that err most and the next ones of either side, evenly; of one argument.
/// The calls are in the order of their arguments.
std::vector<Point> around_largest(const Subject& subject, std::span<const Observation> seen,
                                  bool relative, std::size_t count) {
  constexpr std::size_t few = 4;
  std::vector<std::size_t> order(seen.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t most = std::min(few, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(most),
                            std::greater(),
                            [&](std::size_t i) { return log2_of(subject, seen[i], relative); });
  std::vector<Point> points;
  for (std::size_t k = 0; k < most; ++k) {
    const std::size_t i = order[k];
    const Float from = seen[i == 0 ? i : i - 1].point.args[0];
    const Float to = seen[std::min(i + 1, seen.size() - 1)].point.args[0];
    const Ordinal stride = (ordinal(to) - ordinal(from)) / static_cast<Ordinal>(count / most + 1);
    if (stride <= 0) continue;
    for (std::size_t j = 1; j <= count / most; ++j) {
      Point& point = points.emplace_back();
      point.push(step(from, stride * static_cast<Ordinal>(j)));
    }
  }
  std::erase_if(points, [&](const Point& point) {
    return !covers(subject.claim->domain, point.args[0], point.args[1]);
  });
  leave_once(points);
  return points;
}

/// With more calls around the largest errors, sought twice.
void look_around(const Subject& subject, std::size_t calls, Caller& caller,
                 std::vector<Observation>& seen, SeenCases& cases) {
  constexpr std::size_t rounds = 2, kinds = 2;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::ranges::sort(seen, {}, [](const Observation& one) { return ordinal(one.point.args[0]); });
    std::vector<Point> points = around_largest(subject, seen, false, calls / rounds / kinds);
    for (const Point& point : around_largest(subject, seen, true, calls / rounds / kinds))
      points.push_back(point);
    leave_once(points);
    std::ranges::move(observe(subject, points, caller, &cases), std::back_inserter(seen));
  }
}

}  // namespace

void note_seen_errors(const Subject& subject, std::vector<Observation> seen, std::size_t calls,
                      Caller& caller, TargetResult& result, SeenCases& cases) {
  if (subject.target->function->arity == 1 && !seen.empty())
    look_around(subject, calls, caller, seen, cases);
  // A claim in pieces may have gaps.
  std::erase_if(
      seen, [&](const Observation& one) { return !accuracy_row().where.asks(subject, one.point); });
  const JudgedErrors judged = judged_errors(subject, result);
  result.relative = largest(subject, seen, judged, true);
  result.absolute = largest(subject, seen, judged, false);
}

}  // namespace napier
