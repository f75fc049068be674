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

/// What a call must leave as it was in this thread, sticky flags left out: rounding direction,
/// exception masks, flush-to-zero and denormals-are-zero, x87 precision, the x87 register stack,
/// which every function finds and leaves empty, and the direction and alignment-check flags.
struct ControlState {
  std::uint32_t sse = 0;        ///< MXCSR without its flags (FPCR on AArch64)
  std::uint32_t x87 = 0;        ///< the x87 control word, 0 where there is none
  std::uint32_t x87_stack = 0;  ///< its top (bits 8 to 10), and a bit for each register in use
  std::uint32_t general = 0;    ///< DF and AC, where EFLAGS has them
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

/// Raises all five flags: marks that show who lowers one. Invalid is raised by SSE alone and
/// divide-by-zero by the x87 alone, so that it shows, too, where only one of the two forgets all of
/// its own; the others are raised by both.
void raise_all_flags();

/// Reads what each of many calls did, several times faster than the above.
///
/// It misses a register of the x87 stack in use below an empty top at its usual place, which no
/// sequence of pushes, pops and MMX instructions leaves: that takes fincstp, fdecstp or ffree.
class CallWatch {
 public:
  /// With no flag raised before a call, so that those show which it raises; or with all of them, so
  /// that those show which it lowers.
  explicit CallWatch(bool flags_raised = false);
  struct Seen {
    std::uint8_t flags = 0;        ///< the flag_bits of what is not as it was before the call
    bool control_changed = false;  ///< the control state was another; it is put back
  };
  Seen take();

 private:
  ControlState before_;
  bool flags_raised_;    ///< before each call
  bool raised_ = false;  ///< one of the three, the last time
};

/// Puts the whole environment to fixed, known values: nearest, no flushing, extended x87
/// precision, all exceptions masked, no flag raised. Never "as it was before": merely loading a
/// library built with -ffast-math turns on FTZ and DAZ.
void reset_environment();

/// Tells whether SSE arithmetic, at any of many moments, rounded in another direction than when
/// this was made, or flushed subnormal numbers, even where that was put back in between. Four sums
/// whose results depend on it cost a quarter of a nanosecond; to read MXCSR costs as much as a fast
/// exp. Elsewhere than on x86-64 it reads the control state.
class ArithmeticWatch {
 public:
  ArithmeticWatch() { usual_ = now(); }
  bool changed() const { return same_ != all_same; }
#if defined(__x86_64__)
  void look() {
    using Floats = float __attribute__((vector_size(16)));
    const auto same = reinterpret_cast<Floats>(now() == usual_);
    same_ &= __builtin_ia32_movmskps(same);
  }

 private:
  using Sums = int __attribute__((vector_size(16)));
  static constexpr int all_same = 15;
  static Sums now() {
    using Floats = float __attribute__((vector_size(16)));
    // 1 + 2^-25 and 1 + 3·2^-25 tell up and nearest apart from the rest, -1 - 2^-25 tells down and
    // zero; the last sum is 0 where subnormal operands or results are flushed.
    Floats sums{1, 1, -1, 0x1p-130F};
    const Floats terms{0x1p-25F, 0x3p-25F, -0x1p-25F, 0x1p-130F};
    __asm__ volatile("addps %1, %0" : "+x"(sums) : "x"(terms));
    return reinterpret_cast<Sums>(sums);
  }
#else
  void look() { same_ &= now() == usual_ ? all_same : 0; }

 private:
  using Sums = std::uint32_t;
  static constexpr int all_same = 15;
  static Sums now() { return control_state().sse; }
#endif
  Sums usual_{};
  int same_ = all_same;
};

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
