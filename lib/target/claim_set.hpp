// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/claim.hpp"

namespace napier {

/// The claim set of a returned y in the given mode.
///
/// For "at most K ulp" it solves error(y, t) ≤ K for t; y ± K·ulp(y) would be unsound next to a
/// power of two. From K ≥ 2^(p−2) on the set is the whole line: such a claim says nothing. For
/// "at most K ulp from the rounded value" it is all that rounds to one of the data r with
/// |y − r| ≤ K·ulp(r). Both take the limit for K, so that the set is never too small.
/// The set of an error bound is derived in error_bound.hpp; x is the argument of the call, which an
/// error that grows with |x| asks for. Exactness on integers restricts no t: its set is the whole
/// line.
/// With `flush` a zero also stands for |t| < 2^emin + K·q(emin).
ClaimSet claim_set(Float y, const AccuracyClaim& claim, Rounding rounding, bool flush = false,
                   Float x = {});
/// The same with what a claim allows of subnormal results and of infinities.
ClaimSet claim_set(Float y, const AccuracyClaim& promise, const Claim& of, Rounding rounding,
                   Float x);

}  // namespace napier
