// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/fp/exact_decimal.hpp"
#include "lib/fp/float.hpp"
#include "lib/fp/rounding.hpp"

namespace napier {

struct ClaimSet;

/// A number ≥ 0 of a claim: as stated, and a dyadic at least that for what may only err towards the
/// target.
struct Amount {
  Decimal exact = Decimal::of({});
  Dyadic limit = {};
  double low = 0;  ///< at most that number, and by its last bits
  double high = 0;

  Amount() = default;
  explicit Amount(const Decimal& stated);
  bool is_zero() const { return limit.is_zero(); }
};

/// B(t) = (ulps + ulps_per_x·|x|)·ulp(t) + relative·|t| + absolute, for a call at x.
struct ErrorSum {
  Amount ulps = {};
  Amount ulps_per_x = {};
  Amount relative = {};
  Amount absolute = {};
  const Format* ulps_of = nullptr;  ///< whose ulps; null: the result's own format

  /// The format whose ulps are counted, for results in one.
  const Format& ulp_format(const Format& own) const { return ulps_of != nullptr ? *ulps_of : own; }

  bool counts_ulps() const { return !ulps.is_zero() || !ulps_per_x.is_zero(); }
  /// The ulps at that argument, rounded up.
  Dyadic ulps_at(Float x) const;
  /// Whether B is infinite there: the ulps grow with |x|, and x is ±inf.
  bool says_nothing_at(Float x) const;
};

/// |y − t| ≤ the largest of some sums B(t). What an infinity stands for, and the largest finite
/// number where results stop there, is as in the error in ulps: ±2^(emax+1) and all beyond, and all
/// beyond at min(|y − t|, ulp(t)).
struct ErrorBound {
  std::vector<ErrorSum> any;
  std::string words;  ///< as a promise is written: "rel <= 1e-3"
};

/// The hull of {t : |y − t| ≤ B(t)} for a result y of a call at x, each end rounded outwards by
/// 2^-50 of its distance from y, or to the bits that a Dyadic holds.
///
/// For one sum with r = relative < 1, a = absolute, and A(e) = a + k·q(e) where t has the ulp q(e),
/// a t ≥ 0 above a number v is close enough iff t(1 − r) ≤ v + A(e). So such t end at
///   above(v) = (v + A(e))/(1 − r) = v + (A(e) + r·v)/(1 − r)
/// for the largest e ≤ emax with (v + A(e))/(1 − r) ≥ 2^e, or for e = emin. That is the upper end
/// of y ≥ 0. Below y, t(1 + r) ≥ y − A(e): the lower end is
///   max((y − A(e))/(1 + r), 2^e) = max(y − (A(e) + r·y)/(1 + r), 2^e)
/// for the least e ≥ emin with (y − A(e))/(1 + r) < 2^(e+1), without the max at emin. Where y <
/// A(emin), numbers of the other sign are close enough, t = −s with s(1 − r) ≤ A(e) − y: the lower
/// end is −above(−y). Without ulps A does not depend on e. With them, where k·2^(1−p) + r < ½, e is
/// the binade of v + a, or of (y − a)/(1 + r), or next to it:
///   (v + a + k·q(e))/(1 − r) ≥ 2^e asks v + a ≥ (½)2^e, and v + a ≥ 2^e is enough;
///   (y − a)/(1 + r) ≥ 2^e + k·q is out of reach of 2^e, so that two binades down is never asked.
/// p, emin and emax are those of the format whose ulps are counted. A larger sum with ulps, and
/// r ≥ 1, are taken to say nothing at all.
///
/// Several sums allow the union of their sets. Each holds what y stands for, so the hull goes from
/// the least lower end to the largest upper one.
ClaimSet error_bound_set(Float y, const ErrorBound& bound, Float x, Rounding rounding);

}  // namespace napier
