// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/seen_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

/// The largest of those that come next to the top by their approximate figures.
std::optional<SeenError> largest(const Subject& subject, std::vector<const Observation*> calls,
                                 bool relative) {
  constexpr std::size_t few = 8;
  SeenError found{0, {}, calls.size()};
  const auto key = [&](const Observation* one) {
    return log2_of_error(*one, subject.format()) - (relative ? one->log2 : 0);
  };
  const auto some = calls.begin() + static_cast<std::ptrdiff_t>(std::min(few, calls.size()));
  std::ranges::partial_sort(calls, some, std::greater(), key);
  for (auto one = calls.begin(); one != some; ++one) {
    const double error = at_least(subject, **one, relative);
    if (!(error > found.at_least) || !std::isfinite(error)) continue;
    found.at_least = error;
    const auto arguments = (*one)->point.arguments();
    found.at.assign(arguments.begin(), arguments.end());
  }
  found.at_least = short_below(found.at_least);
  return found.at.empty() ? std::nullopt : std::optional(found);
}

}  // namespace

void note_seen_errors(const Subject& subject, std::span<const Observation> seen,
                      TargetResult& result) {
  std::vector<const Observation*> all, normal;
  for (const Observation& one : seen) {
    if (!is_finite_error(one)) continue;
    all.push_back(&one);
    if (one.binade >= subject.format().min_exponent()) normal.push_back(&one);
  }
  result.relative = largest(subject, std::move(normal), true);
  result.absolute = largest(subject, std::move(all), false);
}

}  // namespace napier
