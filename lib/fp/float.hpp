// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

#include "lib/fp/dyadic.hpp"
#include "lib/fp/format.hpp"
#include "lib/fp/rounding.hpp"

namespace napier {

enum class FloatClass { zero, subnormal, normal, infinite, nan };

/// A floating-point datum: the bits of an encoding and the format they are read in.
///
/// Equality is equality of bits and format: +0 and −0 differ, a NaN equals itself.
struct Float {
  Bits bits = 0;
  const Format* format = nullptr;

  friend constexpr bool operator==(const Float&, const Float&) = default;
};

FloatClass classify(Float x);
/// A NaN, or an x87 encoding that the hardware refuses (unnormal, pseudo-infinity).
inline bool is_nan(Float x) { return classify(x) == FloatClass::nan; }
inline bool is_infinite(Float x) { return classify(x) == FloatClass::infinite; }
inline bool is_zero(Float x) { return classify(x) == FloatClass::zero; }
inline bool is_finite(Float x) { return !is_nan(x) && !is_infinite(x); }
bool is_negative(Float x);  ///< the sign bit, NaN included
bool is_signalling(Float x);

Float zero(const Format& format, bool negative = false);
Float infinity(const Format& format, bool negative = false);
Float max_finite(const Format& format, bool negative = false);
Float min_normal(const Format& format, bool negative = false);
Float min_subnormal(const Format& format, bool negative = false);
Float quiet_nan(const Format& format);
/// 2^power; power between least_exponent() and emax.
Float power_of_two(const Format& format, int power);
Float negated(Float x);
Float absolute(Float x);

/// The exact value of a finite datum (both zeros give 0).
Dyadic exact_value(Float x);

/// The value rounded to the format, overflow and gradual underflow included (IEEE 754 §4.3).
/// A result 0 takes the sign of `value`; an exact 0 is +0.
Float round_to(const Format& format, const Dyadic& value, Rounding rounding);
/// The same for an integer that is exact in the format, or nearest otherwise.
inline Float from_integer(const Format& format, std::int64_t value) {
  return round_to(format, Dyadic::of_integer(value), Rounding::nearest);
}

/// The value as a datum of the format, if it is one exactly.
std::optional<Float> exactly(const Format& format, const Dyadic& value);

bool is_integer(Float x);      ///< finite and integral; ±0 too
bool is_odd_integer(Float x);  ///< finite, integral and odd

}  // namespace napier
