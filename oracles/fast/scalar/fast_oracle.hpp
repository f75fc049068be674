// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "lib/fp/float.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"

namespace napier {

/// The true value f(x) or f(x, y) at exact arguments, in well under a microsecond, or nullopt where
/// that declines: NaN and infinite arguments, zero bases and logarithms of zero, negative bases but
/// for pow with an integer exponent, slopes of higher orders whose factor beside the power is
/// beyond 2^±17000, and binary128. What comes back is a finite number, an exactly known one (error
/// 0) or an enclosure, or huge (FastEnclosure): more than any format holds.
///
/// Its width, relative to the value: below 2^-100 for fixed bases and log (n·2^-100 for the n-th
/// derivative); for a power of a base argument |y ln x|·2^-101 + 2^-100, and n·2^-100 more for its
/// n-th derivative. The mixed one has a factor 1 + y ln x, whose error is one of the larger term:
/// where they cancel it is wide, and may hold 0. Decided sides of exact
/// anchors are kept: e^x > 1 for every x > 0, b^x > 0 however far below a format.
std::optional<FastEnclosure> fast_value(const Function& function, const Call& call);

/// The same, bit for bit on any processor: fused operations, where there are any, are not used. For
/// what is chosen by a value and must be chosen alike everywhere. nullopt for compositions, too.
std::optional<FastEnclosure> portable_value(const Function& function, const Call& call);

/// An enclosure of (y − t)/ulp(t), of TrueValue::signed_error(): nullopt if y is a NaN or of
/// binary128, or t is unknown. Where t may lie on both sides of a power of two both ulps count; not
/// where it is known to be none, and its enclosure to end at one: expm1 of a negative argument is
/// above -1.
std::optional<SignedUlpRange> fast_signed_error(const FastEnclosure& t, Float y, Rounding rounding,
                                                bool is_no_dyadic = false);

/// The datum of a format of at most binary64 that is nearest to all of an enclosure, where one is
/// and where it is a normal number; nullopt elsewhere, at midpoints too.
std::optional<Float> nearest_datum(const FastEnclosure& t, const Format& format);

/// A finite datum, exactly; unknown for others and in binary128.
FastEnclosure fast_datum(Float x);

}  // namespace napier
