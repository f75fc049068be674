// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "lib/fp/float.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

struct BoundedResult;

/// How far refinement may go: precision doubles from `start` until a question is decided or would
/// pass `cap`.
struct Refinement {
  Precision start;
  Precision cap;
};
/// p + 64 bits to start with, 8p + 64 at most.
Refinement default_refinement(const Format& format);

/// Three-valued answers. Undecided is a value, never an exception.
enum class Truth { no, yes, undecided };

/// How the true value lies to a comparand.
enum class Position { below, equal, above, undecided };

/// The true value t = f(x) or f(x, y) at exact arguments, known as closely as asked.
///
/// Exact values are found first, in rational arithmetic: when t is dyadic with an odd part of at
/// most 320 bits (more than any comparand has) it is held exactly. Every other t differs from every
/// dyadic comparand, so its enclosures are open, an end that equals a comparand decides strictly,
/// and refinement ends.
class TrueValue {
 public:
  TrueValue(const Function& function, const Call& call);
  TrueValue(const Function& function, const Call& call, Refinement refinement);
  ~TrueValue();
  TrueValue(const TrueValue&) = delete;
  TrueValue& operator=(const TrueValue&) = delete;

  /// No real value: a domain error, a NaN argument, or a place where conventions
  /// differ. (pow(0, 0) is 1 by convention, and has a value.)
  bool is_nan() const;
  /// ±inf: a pole or an infinite argument. Its sign is infinite_sign().
  bool is_infinite() const;
  int infinite_sign() const;
  /// Known exactly as a dyadic.
  bool is_exact() const;

  Position compare(const Dyadic& comparand);
  int sign();  ///< −1, 0, 1: always decided, since 0 is only ever exact

  /// The rounding of t; nullopt if undecided at the cap. NaN for is_nan(). The sign of an exact 0
  /// is that of the special-value tables; a result that underflows keeps the sign of t.
  std::optional<Float> rounded(const Format& format, Rounding rounding);

  /// |y − t| / ulp(t) in the mode under test, as wide as binary64 rounding only: the reference's
  /// canonical figure. lo == hi == inf for a NaN where t is a number, and for a wrong infinity.
  UlpRange error(Float y, Rounding rounding);
  /// (y − t)/ulp(t) with its sign; magnitude() of it equals error() for results that stand for
  /// themselves.
  SignedUlpRange signed_error(Float y, Rounding rounding);

  /// Does y keep the promise?
  Truth keeps(Float y, const AccuracyClaim& claim, Rounding rounding);

  /// An enclosure at (at least) that precision. t must be a finite real.
  Enclosure enclosure(Precision precision) const;

 private:
  Truth keeps_within(Float y, const Decimal& k, Rounding rounding);
  Truth keeps_within_rounded(Float y, const Decimal& k, Rounding rounding);
  Truth keeps_bound(Float y, const ErrorBound& bound, Rounding rounding);
  Truth keeps_sum(const BoundedResult& y);
  Truth keeps_interval(const ClaimSet& allowed);
  Truth keeps_exactness(Float y);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The nearest datum to the middle of an enclosure: a reading, not a proof.
Float middle(const Enclosure& a, const Format& format);

/// ln a for the function's base, at a pow's base argument too.
Enclosure log_of_base(const Function& function, const Call& call, Precision precision);

}  // namespace napier
