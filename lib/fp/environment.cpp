// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/environment.hpp"

#include <cfenv>
#include <stdexcept>

#ifdef __FAST_MATH__
#error "Napier's own arithmetic must not be compiled under -ffast-math"
#endif

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace napier {
namespace {

int direction(Rounding rounding) {
  switch (rounding) {
    case Rounding::nearest:
      return FE_TONEAREST;
    case Rounding::up:
      return FE_UPWARD;
    case Rounding::down:
      return FE_DOWNWARD;
    case Rounding::zero:
      return FE_TOWARDZERO;
  }
  return FE_TONEAREST;
}

#if defined(__x86_64__)
constexpr std::uint32_t mxcsr_flags = 0x3f;
constexpr std::uint32_t mxcsr_default = 0x1f80;  // all masked, nearest, no FTZ, no DAZ
constexpr std::uint16_t x87_default = 0x037f;    // all masked, nearest, 64-bit significands
constexpr std::uint32_t flush_to_zero = 0x8000;
constexpr std::uint32_t denormals_are_zero = 0x0040;
constexpr std::uint32_t sse_rounding = 0x6000;
constexpr std::uint32_t sse_masks = 0x1f80;
constexpr std::uint32_t x87_rounding = 0x0c00;
constexpr std::uint32_t x87_precision = 0x0300;

std::uint16_t x87_control() {
  std::uint16_t word = 0;
  __asm__ volatile("fnstcw %0" : "=m"(word));
  return word;
}
std::uint16_t x87_status() {
  std::uint16_t word = 0;
  __asm__ volatile("fnstsw %0" : "=m"(word));
  return word;
}
Flags flags_of(std::uint32_t word) {  // the same bit positions in MXCSR and the x87 status word
  return {(word & 1) != 0, (word & 4) != 0, (word & 8) != 0, (word & 16) != 0, (word & 32) != 0};
}
#endif

}  // namespace

std::uint8_t flag_bits(const Flags& flags) {
  return static_cast<std::uint8_t>((flags.invalid ? flag_bit::invalid : 0) |
                                   (flags.divide_by_zero ? flag_bit::divide_by_zero : 0) |
                                   (flags.overflow ? flag_bit::overflow : 0));
}

#if defined(__x86_64__)

ControlState control_state() { return {_mm_getcsr() & ~mxcsr_flags, x87_control()}; }

void restore_control_state(ControlState state) {
  __asm__ volatile("fninit");  // empties a register stack that a careless MMX user left full
  const auto word = static_cast<std::uint16_t>(state.x87);
  __asm__ volatile("fldcw %0" : : "m"(word));
  _mm_setcsr(state.sse);
}

std::string difference(ControlState before, ControlState after) {
  const std::uint32_t sse = before.sse ^ after.sse;
  const std::uint32_t x87 = before.x87 ^ after.x87;
  std::string words;
  const auto say = [&words](bool differs, const char* what) {
    if (!differs) return;
    if (!words.empty()) words += ", ";
    words += what;
  };
  say((sse & sse_rounding) != 0 || (x87 & x87_rounding) != 0, "rounding direction");
  say((sse & flush_to_zero) != 0, "flush-to-zero");
  say((sse & denormals_are_zero) != 0, "denormals-are-zero");
  say((x87 & x87_precision) != 0, "x87 precision");
  say((sse & sse_masks) != 0 || (x87 & 0x3f) != 0, "exception masks");
  return words;
}

Flags raised_flags() { return flags_of((_mm_getcsr() | x87_status()) & mxcsr_flags); }

void clear_flags() {
  _mm_setcsr(_mm_getcsr() & ~mxcsr_flags);
  __asm__ volatile("fnclex");
}

std::uint8_t FlagWatch::take() {
  // A flag that was clear shows once the instruction that raises it has retired. To read MXCSR
  // before that costs a flush of the pipeline, twice the time of waiting.
  if (raised_) _mm_lfence();
  const std::uint32_t sse = _mm_getcsr(), x87 = x87_status();
  const std::uint32_t raised = (sse | x87) & flag_bit::all;
  raised_ = raised != 0;
  if (raised_) {
    _mm_setcsr(sse & ~mxcsr_flags);
    if ((x87 & mxcsr_flags) != 0) __asm__ volatile("fnclex");
  }
  return static_cast<std::uint8_t>(raised);
}

void reset_environment() { restore_control_state({mxcsr_default, x87_default}); }

#else

ControlState control_state() { return {static_cast<std::uint32_t>(std::fegetround()), 0}; }

void restore_control_state(ControlState state) {
  std::feclearexcept(FE_ALL_EXCEPT);
  std::fesetround(static_cast<int>(state.sse));
}

std::string difference(ControlState before, ControlState after) {
  return before == after ? "" : "rounding direction";
}

Flags raised_flags() {
  const int raised = std::fetestexcept(FE_ALL_EXCEPT);
  return {(raised & FE_INVALID) != 0, (raised & FE_DIVBYZERO) != 0, (raised & FE_OVERFLOW) != 0,
          (raised & FE_UNDERFLOW) != 0, (raised & FE_INEXACT) != 0};
}

void clear_flags() { std::feclearexcept(FE_ALL_EXCEPT); }
std::uint8_t FlagWatch::take() {
  const std::uint8_t raised = flag_bits(raised_flags());
  raised_ = raised != 0;
  if (raised_) clear_flags();
  return raised;
}
void reset_environment() { std::fesetenv(FE_DFL_ENV); }

#endif

ScopedRounding::ScopedRounding(Rounding rounding) {
  const int wanted = direction(rounding);
  if (std::fesetround(wanted) != 0 || std::fegetround() != wanted)
    throw std::runtime_error("this platform refuses to round " + std::string(name(rounding)) +
                             ": leave that mode out with --rounding");
}

ScopedRounding::~ScopedRounding() { reset_environment(); }

}  // namespace napier
