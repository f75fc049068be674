// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/subject/subject.hpp"

// Is a promise about one returned value y kept? The reference has the last word
// (TrueValue::keeps), and these say what can be said without it: from the error as the filter
// encloses it, and, of a block, from a limit that no error exceeds (BulkPromise). None of them ever
// contradicts it, nor the claim sets of the laws (lib/target/claim_set.hpp).
namespace napier {

/// Is y the rounding of t, as far as the signed error (y − t)/ulp(t) tells?
Truth rounds_right(const SignedUlpRange& error, Float y, Rounding rounding);

/// Does y keep the promise, as far as the filter's error tells? Undecided for error bounds,
/// intervals and exactness on integers: these ask for the value.
Truth filter_keeps(const AccuracyClaim& claim, const SignedUlpRange& error, Float y,
                   Rounding rounding);

/// What the filter knows of a call and its result.
struct Filtered {
  FastEnclosure value;
  SignedUlpRange error;
  Call call = {};
};
/// The same by the enclosed value as well: it decides more, as the rounding of t may be certain.
Truth filter_keeps(const AccuracyClaim& claim, const Filtered& t, Float y, Rounding rounding);

/// … and every promise that is made of the target?
Truth filter_keeps(const Subject& subject, const Filtered& t, Float y);

/// Does y keep every promise made for that call? As the reference sees it, with what the claim
/// allows, or asks, of subnormal numbers and of infinities.
Truth reference_keeps(const Subject& subject, const Request& request, Float y, TrueValue& truth);
inline Truth reference_keeps(const Subject& subject, const Call& call, Float y, TrueValue& truth) {
  return reference_keeps(subject, {Role::target, call}, y, truth);
}

/// An infinity that a claim lets stand for a t near 2^(emax+1).
bool is_early_overflow(const Claim& claim, Float y, TrueValue& truth);
/// A subnormal result of one who has to flush them.
bool is_unflushed(const Claim& claim, Float y);

/// The error in terms of what is promised of a call; the farther off a result, the larger. In terms
/// of an error bound, which is another one at every call, it is the error in ulps.
double share_of_promises(const Subject& subject, const Call& call, double error);

/// Calls as who may flush subnormals may read them: with any of their subnormal arguments as 0 of
/// its sign. The call itself is the first.
std::vector<Call> readings(const Claim& claim, const Call& call);

}  // namespace napier
