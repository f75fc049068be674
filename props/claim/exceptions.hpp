// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>

#include "props/subject/subject.hpp"

namespace napier {

/// Whether a call must signal something.
enum class Demand { no, either, yes, undecided };

/// The exceptional conditions of a call, as C23 Annex F and IEEE 754 clause 7 name them, decided by
/// the true value alone: what the target returned plays no part.
struct Exceptions {
  Demand invalid = Demand::no;         ///< a domain error: pow(-2, 0.5), log(-1)
  Demand divide_by_zero = Demand::no;  ///< a pole: pow(0, -1), log(0)
  Demand overflow = Demand::no;
  /// The true value is below the least normal number and not 0. Tininess may be detected before or
  /// after rounding, and neither the flag nor errno is judged: `either` or `no`.
  Demand underflow = Demand::no;
  friend constexpr bool operator==(const Exceptions&, const Exceptions&) = default;
};

/// What a call must signal; nullopt where nothing is asked: a signalling NaN, or a subnormal
/// argument that the claim allows to be read as 0.
///
/// A result within its claimed error of the limit 2^(emax+1) may lie on either side of it, and so
/// may the exception: with at most K ulp claimed, overflow is demanded from 2^(emax+1) + K ulp on
/// and forbidden up to max-finite, or where that is less, below 2^(emax+1) - K ulp: there an
/// infinity is exactly K ulp off. Correct rounding in nearest has one limit, max-finite + 1/2 ulp.
/// Who promises no error in ulps in this mode is judged a binade away: demanded from 2^(emax+2) on,
/// forbidden up to 2^emax. Of a claim in pieces the one that allows most says so for all; who may
/// overflow early may signal it from there on.
///
/// Along a walk of one argument, the other fixed, it is the same between two cases that have an
/// ArgumentKind in common and are asked the same, but for integer and other exponents of a negative
/// base, which are two walks. For the kind tells NaNs, infinities, zeros and what may be read as 0,
/// domain errors and poles. What is left is asked of |t| by limits alone, from a power's 2^emin +
/// K ulp up to its 2^(emax+1) ± K ulp, and |t| rises or falls with the size of the argument: |x|^y
/// and a^x do, and |a^x - 1| rises, on each side of 0. Of logarithms no limit is asked.
std::optional<Exceptions> exceptions(const Subject& subject, const Call& call);

/// Why Annex F says nothing of a function; empty if it does.
std::string annex_f_unknown(const Function& function);

/// log2 |t| of the power a^x at finite arguments other than the special ones, to a relative error
/// of 2^-14, infinite or 0 beyond binary64: it tells where only a bound far away is asked for.
double binary_exponent(const Function& function, const Call& call);

}  // namespace napier
