// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include <boost/multiprecision/gmp.hpp>

#include "lib/target/claim.hpp"
#include "oracles/backend/mpfi_position.hpp"

namespace napier {

using Rational = boost::multiprecision::mpq_rational;

/// A result, and the sum that its error is compared with.
struct BoundedResult {
  const ErrorSum& sum;
  const Format& format;
  Float x;               ///< the argument of the call
  Dyadic stands_for;     ///< y, or ±2^(emax+1)
  bool stands_for_more;  ///< for all beyond it, and t is: at min(|y − t|, ulp(t))
};

/// |y − t| ≤ B(t)? As far as an open enclosure tells. Where ulp(t) is known both sides are linear
/// in t, and what holds at both ends of the enclosure, exactly, holds between them; what holds at
/// neither, or at one by equality alone, does not.
std::optional<bool> is_within(const BoundedResult& y, const Enclosure& t);
/// The same for a t that is a rational number: always told.
bool is_within(const BoundedResult& y, const Rational& t);

/// The number that an exact enclosure holds.
Rational rational(const Enclosure& exact);

}  // namespace napier
