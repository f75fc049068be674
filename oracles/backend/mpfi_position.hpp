// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "lib/fp/float.hpp"
#include "lib/fp/ulp.hpp"
#include "oracles/enclosure.hpp"
#include "oracles/oracle.hpp"

namespace napier {

/// How an enclosure of t is read: t is the single point, or t lies strictly inside and differs
/// from every dyadic number of at most exact_bits bits.
enum class PositionRule { exact, open };

/// Where t lies to a comparand; nullopt if the enclosure does not tell.
std::optional<Position> position(const Enclosure& t, const Dyadic& comparand, PositionRule rule);
/// The same for the comparand 5^fives·a + b, which need not fit a Dyadic.
std::optional<Position> sum_position(const Enclosure& t, const Dyadic& a, const Dyadic& b,
                                     int fives, PositionRule rule);
/// 5^fives·t: one point if t is one of at most exact_bits bits.
Enclosure times_fives(const Enclosure& t, int fives);

/// The exponent of ulp(t), if all of the enclosure agrees.
std::optional<std::int64_t> common_ulp_exponent(const Enclosure& t, PositionRule rule,
                                                const Format& format);
/// The rounding of t, if all of the enclosure agrees.
std::optional<Float> common_rounding(const Enclosure& t, PositionRule rule, const Format& format,
                                     Rounding rounding);

/// (y − t)/2^exponent, rounded outward to binary64.
SignedUlpRange distance(const Dyadic& y, const Enclosure& t, std::int64_t exponent);
/// (y − t)/ulp(t) when the enclosure holds a power of two: both ulps count.
SignedUlpRange widest_distance(const Dyadic& y, const Enclosure& t, PositionRule rule,
                               const Format& format);

}  // namespace napier
