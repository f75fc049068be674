// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/fp/float.hpp"
#include "lib/fp/rounding.hpp"
#include "lib/target/error_bound.hpp"

namespace napier {

/// The true values that a returned value leaves possible if its claim holds: the hull of
/// {t : the claim allows y for t}. An absent end is infinite. The hull is closed, but where a claim
/// says that an end itself is left out.
struct ClaimSet {
  bool empty = false;  ///< no real is allowed: a NaN, or an infinity that rounding cannot give
  std::optional<Dyadic> lo;
  std::optional<Dyadic> hi;
  bool without_lo = false;
  bool without_hi = false;
};

/// A promise that is solved for t: the true values that a result may stand for are an interval, and
/// that interval is all that the promise says. Reference, filters, blocks and laws read it alone.
struct IntervalClaim {
  /// {t : y may stand for t}, exactly: its ends are dyadic numbers, and an open end is marked by
  /// without_lo or without_hi. y is no NaN; an infinity stands for what the kind says it does. In
  /// nearest or a directed mode.
  ClaimSet (*solved)(const IntervalClaim& promise, Float y, Rounding rounding);
  std::string words;                 ///< as the promise is written: "lower bound"
  std::vector<Amount> numbers = {};  ///< those of its pattern, in order
  const Format* format = nullptr;    ///< the format that its pattern names

  ClaimSet allowed(Float y, Rounding rounding) const { return solved(*this, y, rounding); }
};

}  // namespace napier
