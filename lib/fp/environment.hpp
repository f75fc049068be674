// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

#include "lib/fp/rounding.hpp"

namespace napier {

/// The five IEEE exception flags.
struct Flags {
  bool invalid = false;
  bool divide_by_zero = false;
  bool overflow = false;
  bool underflow = false;
  bool inexact = false;
  friend constexpr bool operator==(const Flags&, const Flags&) = default;
};

/// The floating-point control state of this thread, sticky flags left out: rounding direction,
/// exception masks, flush-to-zero and denormals-are-zero, and the x87 precision control.
struct ControlState {
  std::uint32_t sse = 0;  ///< MXCSR without its flags (FPCR on AArch64)
  std::uint32_t x87 = 0;  ///< the x87 control word, 0 where there is none
  friend constexpr bool operator==(const ControlState&, const ControlState&) = default;
};

ControlState control_state();
/// Puts the control state back; raised flags are cleared.
void restore_control_state(ControlState state);
/// What differs, in words: "rounding direction", "flush-to-zero", …; empty if nothing does.
std::string difference(ControlState before, ControlState after);

Flags raised_flags();  ///< of SSE and x87 together
void clear_flags();

/// Overflow, divide-by-zero and invalid as a set of bits: where an x86 has them.
namespace flag_bit {
inline constexpr std::uint8_t invalid = 1;
inline constexpr std::uint8_t divide_by_zero = 4;
inline constexpr std::uint8_t overflow = 8;
inline constexpr std::uint8_t all = invalid | divide_by_zero | overflow;
}  // namespace flag_bit
std::uint8_t flag_bits(const Flags& flags);

/// Reads and clears those three after each of many calls, several times faster than the above where
/// most of them raise one.
class FlagWatch {
 public:
  FlagWatch() { clear_flags(); }
  /// The flag_bits of what was raised since the last time.
  std::uint8_t take();

 private:
  bool raised_ = false;  ///< one of the three, the last time
};

/// Puts the whole environment to fixed, known values: nearest, no flushing, extended x87
/// precision, all exceptions masked, no flag raised. Never "as it was before": merely loading a
/// library built with -ffast-math turns on FTZ and DAZ.
void reset_environment();

/// Rounds in the given direction for as long as it lives, then resets the environment.
/// Throws std::runtime_error if the platform refuses the direction.
class ScopedRounding {
 public:
  explicit ScopedRounding(Rounding rounding);
  ~ScopedRounding();
  ScopedRounding(const ScopedRounding&) = delete;
  ScopedRounding& operator=(const ScopedRounding&) = delete;
};

}  // namespace napier
