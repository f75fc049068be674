// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "lib/target/claim.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"

namespace napier {

/// What a bound of the error allows, in ulps of t: between `least`, rounded down, and `most`.
struct AllowedUlps {
  double least;
  double most;
};

/// B(t)/ulp(t) of a sum, for a call at x, where t is enclosed. Where it may lie on both sides of a
/// power of two the larger ulp tells the least and the smaller one the most.
AllowedUlps allowed_ulps(const ErrorSum& sum, const FastEnclosure& t, Float x,
                         const Format& format);

/// Limits that keep error bounds, one for each result of a block: an error |y − t|/ulp(t) up to the
/// limit of y keeps every bound, wherever t is.
///
/// Let v be |y|, or 2^(emax+1) for an infinity. From |t| ≥ v − |y − t| follows that
/// (1 + r)·|y − t| ≤ r·v + a + k·ulp(t) keeps |y − t| ≤ r·|t| + a + k·ulp(t). In ulps of t that is
///   |y − t|/ulp(t) ≤ l = ((r·v + a)/q(E) + k)/(1 + r)
/// if ulp(t) ≤ q(E). E is the least binade from emin on, or emax, with v + 2c + 2k'·q(E) <
/// 2^(E+1), c = (r·v + a)/(1 + r), k' = k/(1 + r): were |t| in the binade E + i > E, an error of l
/// ulps would put it at v + 2^i·(c + k'·q(E)) at most, and 2^-i of that is less than 2^E, as v <
/// 2^(E+1) and i ≥ 1: a contradiction. With k = 0 it is the binade of v + 2c, and otherwise that of
/// (v + 2c)/(1 − k'·2^(1−p)), where that divisor is above ½: beyond it nothing is told.
/// A result that stands for all beyond it has the error min(|y − t|, ulp(t)): is l ≥ 1, a bound at
/// t beyond v is at least r·v + a + k·q ≥ q; else its error is |y − t|.
/// Ulps of another format are 2^(p−p') times those of t, for a t in the binades that both count by:
/// below its least binade they are more, above its largest one nothing is told. Where that format
/// goes on below 2^emin nothing is told of results below 2^(emin+4): the others, at most half of t
/// off, have a t above 2^emin.
/// An interval of true values holds all that are nearer to v than its nearest end: for this result
/// it is as good as a bound a of that size, and an end that it leaves out is no nearer than that.
/// All beyond a result that stands for them must be in it, or it has a limit below one ulp.
/// Who is to be exact on integers has a limit there below the distance of any two data; for pow x
/// is the exponent. All is computed in doubles, with 2^-48 more or less than enough.
class BoundLimits {
 public:
  BoundLimits() = default;  ///< none
  BoundLimits(const Format& format, std::span<const AccuracyClaim> promises, Rounding rounding);
  /// No subnormal result is within any limit.
  void ask_for_flushing() { must_flush_ = true; }
  bool any() const {
    return !bounds_.empty() || !intervals_.empty() || exact_on_integers_ || must_flush_;
  }
  /// Lowers the limits of results y at arguments x, as doubles, where the bounds ask for it.
  void lower(std::span<const double> x, std::span<const double> y, std::span<double> limits) const;
  /// The limit of one result, for arguments of at least that size.
  double limit(double least_x, double y) const;

 private:
  struct Sum {
    double ulps = 0, ulps_per_x = 0, most_relative = 0, relative = 0, most_absolute = 0,
           absolute = 0;
    double shrink = 1;  ///< at most 1/(1 + r)
    /// Results for which the ulps of another format are so many of these.
    double from = 0, up_to = std::numeric_limits<double>::infinity();
  };
  double limit(const Sum& sum, double x, double y) const;
  double limit(const IntervalClaim& interval, double y) const;
  double bound(double least_x, double y) const;
  double limit_at(double x, double y) const;
  bool of_flushed(double y) const;

  const Format* format_ = nullptr;
  Rounding rounding_ = Rounding::nearest;
  std::vector<std::vector<Sum>> bounds_;
  std::vector<IntervalClaim> intervals_;
  bool exact_on_integers_ = false;
  bool must_flush_ = false;
};

}  // namespace napier
