// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "oracles/oracle.hpp"
#include "props/law/consistency.hpp"
#include "props/property/askable.hpp"
#include "props/property/internal_error.hpp"

// What laws share that compare two sets of their own making: by the filter, then by the reference.
namespace napier {

/// The larger or the smaller of two ends: both of them where that is not known.
template <class E>
E extreme(const E& a, const E& b, bool largest) {
  if (certainly_at_most(a, b)) return largest ? b : a;
  if (certainly_at_most(b, a)) return largest ? a : b;
  return hull(a, b);
}

/// The verdict on two sets that must meet.
template <class E>
Verdict verdict_on(const RealSet<E, Form::plain>& left, const RealSet<E, Form::plain>& right,
                   const Format& format) {
  switch (meeting(left, right)) {
    case Meeting::disjoint:
      return Refuted{excess_share(left, right, format)};
    case Meeting::meet:
      return how_consistent(left, right, format);
    case Meeting::unknown:
      break;
  }
  return Undecided{Cause::precision_cap};
}

/// Judges by `filter()`, and where that leaves it open or refutes by `reference(precision)`, which
/// grows until it is decided: a refutation is the reference's own.
template <class Filter, class Reference>
Verdict filtered_verdict(std::string_view name, const Subject& subject, const Point& point,
                         Filter filter, Reference reference) {
  const auto is_open = [](const Verdict& verdict) {
    const auto* undecided = std::get_if<Undecided>(&verdict);
    return undecided != nullptr && undecided->cause == Cause::precision_cap;
  };
  const Verdict fast = filter();
  if (!is_open(fast) && !std::holds_alternative<Refuted>(fast)) return fast;
  const Refinement refinement = default_refinement(subject.format());
  Precision precision = refinement.start;
  Verdict verdict = reference(precision);
  while (is_open(verdict) && precision < refinement.cap) {
    precision = std::min(Precision{2 * precision.bits}, refinement.cap);
    verdict = reference(precision);
  }
  if (std::holds_alternative<Refuted>(fast) && std::holds_alternative<Consistent>(verdict))
    throw InternalError(disagreement(name, subject, point));
  return verdict;
}

/// "1.5 to inf", rounded outwards.
inline std::string set_in_words(const RealSet<Enclosure, Form::plain>& set) {
  if (set.empty) return "no real number";
  return fmt::format("{} to {}", set.has_lo ? fmt::format("{:.17g}", lower(set.lo)) : "-inf",
                     set.has_hi ? fmt::format("{:.17g}", upper(set.hi)) : "inf");
}

}  // namespace napier
