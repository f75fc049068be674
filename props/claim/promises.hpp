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

/// Does y keep the promise, as far as the filter's error tells? Of an error bound nothing.
Truth filter_keeps(const AccuracyClaim& claim, const SignedUlpRange& error, Float y,
                   Rounding rounding);

/// What the filter knows of a call and its result.
struct Filtered {
  FastEnclosure value;
  SignedUlpRange error;
  Float x = {};  ///< the argument of the call
};
/// … as far as its value tells, too, of which the rounding may be certain?
Truth filter_keeps(const AccuracyClaim& claim, const Filtered& t, Float y, Rounding rounding);

/// … and every promise that is made of the target?
Truth filter_keeps(const Subject& subject, const Filtered& t, Float y);

/// Does y keep every promise made for that call? As the reference sees it, with the freedoms of a
/// target that may flush.
Truth reference_keeps(const Subject& subject, const Call& call, Float y, TrueValue& truth);

/// The error in terms of what is promised; the farther off a result, the larger. In terms of an
/// error bound, which is another one at every call, it is the error in ulps.
double share_of_promises(const Subject& subject, double error);

/// Calls as who may flush subnormals may read them: with any of their subnormal arguments as 0 of
/// its sign. The call itself is the first.
std::vector<Call> readings(const Claim& claim, const Call& call);

}  // namespace napier
