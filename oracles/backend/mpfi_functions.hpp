// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mpfi.h>

namespace napier {

/// exp, expm1, log and log1p of an interval, for one call of MPFR where MPFI makes two.
///
/// Each function f grows with its argument, so [f(lo), f(hi)] rounded outward encloses it. The
/// lower end is MPFR's, rounded down. A point's upper end is the next number, unless the lower one
/// is exact. In a narrow interval, of width w,
///
///     f(hi) ≤ f(lo) + w · sup f′,
///
/// which is wider than f(hi) by a share of 2^−31 of f(hi) − f(lo) at most if w is below 2^−32 (for
/// the logarithms: below 2^−32 of lo, of 1 + lo). Wide intervals, ends that are no numbers,
/// and exp where it is within some steps of 1 are left to MPFI: an end that stops at 1 decides that
/// e^x is not 1.
///
/// `result` has its precision and is another object than `a`; log wants lo > 0, log1p lo > −1.
void one_sided_exp(mpfi_ptr result, mpfi_srcptr a);
void one_sided_expm1(mpfi_ptr result, mpfi_srcptr a);
void one_sided_log(mpfi_ptr result, mpfi_srcptr a);
void one_sided_log1p(mpfi_ptr result, mpfi_srcptr a);

}  // namespace napier
