// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>

#include "lib/fp/ordinal.hpp"
#include "tests/props/every_argument.hpp"

// What may become of a right answer: nothing that breaks a claim, or a fault amid a walk.
namespace napier::testing_support {

inline constexpr std::uint64_t run = 1024;  // cases of a walk

inline bool all_nan(const Call& call) { return is_nan(call.y.format != nullptr ? call.y : call.x); }
inline bool amid(const Call& call, Bits place = 500) { return place_of(call) % run == place; }

struct NamedManner {
  const char* name;
  bool honest;
  Manner manner;
};

inline Given stepped(const Call& call, Given g, Ordinal steps) {
  const Float y{g.bits, call.x.format};
  if (is_finite(y)) g.bits = static_cast<std::uint16_t>(step(y, steps).bits);
  return g;
}
inline std::uint16_t bits_of(Float y) { return static_cast<std::uint16_t>(y.bits); }

inline const NamedManner manners[] = {
    {"honest", true, {}},
    {"honest, and loud at underflows", true, {[](const Call&, Rounding, Given g) {
       if (g.tiny) g.error_number = ERANGE;
       return g;
     }}},
    {"honest, and quiet at signalling NaNs", true, {[](const Call& call, Rounding, Given g) {
       const bool two = call.y.format != nullptr;
       if (is_signalling(call.x) || (two && is_signalling(call.y))) g.flags = 0;
       return g;
     }}},
    {"a step amid a walk", false, {[](const Call& call, Rounding, Given g) {
       return amid(call) ? stepped(call, g, 1) : g;
     }}},
    {"three steps down at the end of a walk", false, {[](const Call& call, Rounding, Given g) {
       return amid(call, run - 1) ? stepped(call, g, -3) : g;
     }}},
    {"overflow amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.flags |= flag_bit::overflow;
       return g;
     }}},
    {"invalid amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call, 3)) g.flags |= flag_bit::invalid;
       return g;
     }}},
    {"no flag amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.flags = 0;
       return g;
     }}},
    {"lowers overflow amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.lowered |= flag_bit::overflow;
       return g;
     }}},
    {"lowers all flags for long", false, {[](const Call& call, Rounding, Given g) {
       if (place_of(call) / 300 % 11 == 5) g.lowered = flag_bit::all;
       return g;
     }}},
    {"EDOM amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.error_number = EDOM;
       return g;
     }}},
    {"ERANGE amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.error_number = ERANGE;
       return g;
     }}},
    {"errno reset amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.error_number = 0;
       return g;
     }}},
    {"no errno", false, {[](const Call&, Rounding, Given g) {
       g.error_number = errno_before;
       return g;
     }}},
    {"NaN amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call)) g.bits = bits_of(quiet_nan(*call.x.format));
       return g;
     }}},
    {"the other sign amid a walk", false, {[](const Call& call, Rounding, Given g) {
       if (amid(call, 0)) g.bits ^= 0x8000;
       return g;
     }}},
    {"a number for one NaN", false, {[](const Call& call, Rounding, Given g) {
       if (all_nan(call) && (place_of(call) & 0x1f) == 0x15) g.bits = 0;
       return g;
     }}},
    {"invalid at one NaN", false, {[](const Call& call, Rounding, Given g) {
       if (all_nan(call) && (place_of(call) & 0x1f) == 0x15) g.flags |= flag_bit::invalid;
       return g;
     }}},
    {"flushes", false, {[](const Call& call, Rounding, Given g) {
       const Float y{g.bits, call.x.format};
       if (classify(y) == FloatClass::subnormal) g.bits &= 0x8000;
       return g;
     }}},
    {"one result for all", false, {[](const Call& call, Rounding, Given g) {
       g.bits = bits_of(from_integer(*call.x.format, 1));
       return g;
     }}},
    {"fickle", false, {{}, true}},
};
/// Zeros where they may be flushed results, and beyond.
inline const NamedManner zero_manners[] = {
    {"flushes", false, {[](const Call& call, Rounding, Given g) {
       const Float y{g.bits, call.x.format};
       if (classify(y) == FloatClass::subnormal) g.bits &= 0x8000;
       return g;
     }}},
    {"flushes too much", false, {[](const Call& call, Rounding, Given g) {
       const Float y{g.bits, call.x.format};
       const bool tiny = is_finite(y) && !is_zero(y) &&
                         exact_value(absolute(y)).binade() < y.format->min_exponent() + 2;
       if (tiny) g.bits &= 0x8000;
       return g;
     }}},
    {"zero for all", false, {[](const Call& call, Rounding, Given g) {
       if (is_finite({g.bits, call.x.format})) g.bits &= 0x8000;
       return g;
     }}},
};

/// Results a step from the right ones, up, down and not at all, neighbours of the true value or
/// not.
inline const NamedManner next_to_right{
    "a step off", false, {[](const Call& call, Rounding, Given g) {
      return stepped(call, g, static_cast<Ordinal>(place_of(call) * 0x9E37 >> 8 & 3) - 1);
    }}};

/// … up to five steps from them, one after the other, or for long.
inline const NamedManner steps_off[] = {
    {"up to five steps off", false, {[](const Call& call, Rounding, Given g) {
       return stepped(call, g, static_cast<Ordinal>(place_of(call) % 11) - 5);
     }}},
    {"up to five steps off for long", false, {[](const Call& call, Rounding, Given g) {
       return stepped(call, g, static_cast<Ordinal>(place_of(call) / 300 % 11) - 5);
     }}}};

/// Results that are no numbers, or infinite, in all of a range.
inline const NamedManner nowhere_manners[] = {
    {"NaN for all", false, {[](const Call& call, Rounding, Given g) {
       g.bits = bits_of(quiet_nan(*call.x.format));
       return g;
     }}},
    {"NaN for a third", false, {[](const Call& call, Rounding, Given g) {
       if (place_of(call) % 3 == 1) g.bits = bits_of(quiet_nan(*call.x.format));
       return g;
     }}},
    {"infinite beyond 1", false, {[](const Call& call, Rounding, Given g) {
       const Float y{g.bits, call.x.format};
       if (is_finite(y) && exact_value(absolute(y)).binade() >= 0)
         g.bits = bits_of(infinity(*y.format, is_negative(y)));
       return g;
     }}},
    {"minus infinity for all", false, {[](const Call& call, Rounding, Given g) {
       g.bits = bits_of(infinity(*call.x.format, true));
       return g;
     }}},
    {"the largest number for all", false, {[](const Call& call, Rounding, Given g) {
       g.bits = bits_of(max_finite(*call.x.format));
       return g;
     }}},
};

/// The first ones of them.
inline constexpr std::size_t honest_ones = 3;

}  // namespace napier::testing_support
