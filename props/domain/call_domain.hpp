// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier {

/// Where single calls are judged: special and threshold neighbourhoods enumerated, then the strata
/// of the function, aimed into the claim's domain but not confined to it, since hygiene is demanded
/// everywhere. Uniform bit patterns are the wrong sampler: 3 % of
/// binary64's encodings have an exponential that is neither saturated nor 1.
inline constexpr std::string_view call_domain_name = "calls";
Domain call_domain(const Subject& subject);

/// Calls with a NaN: quiet ones of both signs and of many payloads, and two that signal. Those of
/// two arguments have each in either place, beside numbers that Annex F tells apart.
Stratum nan_calls(const Subject& subject);

/// A stratum of calls that have no value, NaN excepted: ln of negative numbers, and fractional
/// powers of negative bases, among them simple fractions that make powers by accident, as 1/3 and
/// integers do.
Stratum calls_without_value(const Subject& subject);

/// The base, if the claim's domain has but one.
std::optional<Float> only_base(const Subject& subject);

/// A domain of every possible call: every encoding of an argument of at most 32 bits, or
/// of two of at most 16, NaNs and infinities among them; every exponent of at most 32 bits, if the
/// claim speaks of one base alone, and every base, if of one exponent. nullopt for others.
std::optional<Domain> every_call(const Subject& subject);

/// … and of other formats every argument of the claim's domain, if that lies between two finite
/// numbers of one sign: as a part of a binade, --domain=1,0x1.00001p+0. Of two arguments, if it
/// holds but one base, or one exponent.
std::optional<Domain> every_covered_call(const Subject& subject);

/// The arguments of Annex F's tables and their neighbours: ±0, ±least subnormal, ±greatest
/// subnormal, ±least normal, ±1 and its neighbours, small integers and halves, large odd and even
/// integers, ±max, ±inf, NaN.
std::vector<Float> special_arguments(const Format& format);

}  // namespace napier
