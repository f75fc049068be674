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
constexpr std::uint32_t flags_of_sse = mxcsr_flags & ~std::uint32_t{flag_bit::divide_by_zero};
constexpr std::uint32_t flags_of_x87 = mxcsr_flags & ~std::uint32_t{flag_bit::invalid};
constexpr std::uint32_t mxcsr_default = 0x1f80;  // all masked, nearest, no FTZ, no DAZ
constexpr std::uint16_t x87_default = 0x037f;    // all masked, nearest, 64-bit significands
constexpr std::uint32_t flush_to_zero = 0x8000;
constexpr std::uint32_t denormals_are_zero = 0x0040;
constexpr std::uint32_t sse_rounding = 0x6000;
constexpr std::uint32_t sse_masks = 0x1f80;
constexpr std::uint32_t x87_rounding = 0x0c00;
constexpr std::uint32_t x87_precision = 0x0300;

constexpr std::uint32_t x87_masks = 0x3f;
constexpr std::uint64_t direction_flag = 0x400;
constexpr std::uint64_t alignment_check = 0x40000;

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
std::uint64_t general_flags() {
  std::uint64_t word = 0;
  __asm__ volatile("pushfq\n\tpopq %0" : "=r"(word) : : "memory");
  return word & (direction_flag | alignment_check);
}
void restore_general_flags(std::uint64_t wanted) {
  if (general_flags() == wanted) return;
  std::uint64_t word = 0;
  __asm__ volatile("pushfq\n\tpopq %0" : "=r"(word) : : "memory");
  word = (word & ~(direction_flag | alignment_check)) | wanted;
  __asm__ volatile("pushq %0\n\tpopfq" : : "r"(word) : "memory", "cc");
}

/// What fnstenv stores and fldenv loads.
struct X87Environment {
  std::uint32_t control, status, tags, rest[4];
};
X87Environment x87_environment() {
  X87Environment environment;
  __asm__ volatile("fnstenv %0" : "=m"(environment));  // it masks all exceptions
  const auto word = static_cast<std::uint16_t>(environment.control);
  __asm__ volatile("fldcw %0" : : "m"(word));
  return environment;
}

std::uint32_t stack_in_use(const X87Environment& environment) {
  constexpr std::uint32_t empty = 3;
  std::uint32_t in_use = environment.status >> 3 & 0x700;  // the top
  for (unsigned i = 0; i < 8; ++i)
    if ((environment.tags >> (2 * i) & 3) != empty) in_use |= 1U << i;
  return in_use;
}

/// Whether the top of the stack is where it was at first, and empty.
bool top_is_untouched(std::uint32_t status) {
  constexpr std::uint32_t top = 0x3800, kind = 0x4500, empty = 0x4100;
  return (status & top) == 0 && (status & kind) == empty;
}

Flags flags_of(std::uint32_t word) {  // the same bit positions in MXCSR and the x87 status word
  return {(word & 1) != 0, (word & 4) != 0, (word & 8) != 0, (word & 16) != 0, (word & 32) != 0};
}
#endif

}  // namespace

CallWatch::CallWatch(bool flags_raised) : before_(control_state()), flags_raised_(flags_raised) {
  clear_flags();
  if (flags_raised_) raise_all_flags();
}

std::uint8_t flag_bits(const Flags& flags) {
  return static_cast<std::uint8_t>((flags.invalid ? flag_bit::invalid : 0) |
                                   (flags.divide_by_zero ? flag_bit::divide_by_zero : 0) |
                                   (flags.overflow ? flag_bit::overflow : 0));
}

#if defined(__x86_64__)

ControlState control_state() {
  const std::uint32_t sse = _mm_getcsr() & ~mxcsr_flags;
  const auto general = static_cast<std::uint32_t>(general_flags());
  const X87Environment x87 = x87_environment();
  return {sse, x87.control & 0xffff, stack_in_use(x87), general};
}

void restore_control_state(ControlState state) {
  __asm__ volatile("fninit");  // empties a register stack that a careless MMX user left full
  const auto word = static_cast<std::uint16_t>(state.x87);
  __asm__ volatile("fldcw %0" : : "m"(word));
  _mm_setcsr(state.sse);
  restore_general_flags(state.general);
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
  say((sse & flush_to_zero) != 0, "flush-to-zero bit");
  say((sse & denormals_are_zero) != 0, "denormals-are-zero bit");
  say((x87 & x87_precision) != 0, "x87 precision");
  say((sse & sse_masks) != 0 || (x87 & x87_masks) != 0, "exception masks");
  say(before.x87_stack != after.x87_stack, "x87 register stack");
  const std::uint32_t general = before.general ^ after.general;
  say((general & direction_flag) != 0, "direction flag");
  say((general & alignment_check) != 0, "alignment-check flag");
  return words;
}

Flags raised_flags() { return flags_of((_mm_getcsr() | x87_status()) & mxcsr_flags); }

void clear_flags() {
  _mm_setcsr(_mm_getcsr() & ~mxcsr_flags);
  __asm__ volatile("fnclex");
}

void raise_all_flags() {
  _mm_setcsr((_mm_getcsr() & ~mxcsr_flags) | flags_of_sse);
  X87Environment environment = x87_environment();
  environment.status = (environment.status & ~mxcsr_flags) | flags_of_x87;
  __asm__ volatile("fldenv %0" : : "m"(environment));
}

CallWatch::Seen CallWatch::take() {
  // A flag that was clear shows once the instruction that raises it has retired. To read MXCSR
  // before that costs a flush of the pipeline, twice the time of waiting.
  if (raised_) _mm_lfence();
  const std::uint32_t sse = _mm_getcsr(), control = x87_control();
  bool changed = (sse & ~mxcsr_flags) != before_.sse || control != before_.x87;
  // Nothing but these two instructions may wait for an exception that was unmasked.
  if (!changed) __asm__ volatile("fxam");
  const std::uint32_t x87 = x87_status();
  changed = changed || !top_is_untouched(x87) || general_flags() != before_.general;
  const std::uint32_t raised = (sse | x87) & flag_bit::all;
  if (changed) restore_control_state(before_);
  if (flags_raised_) {
    // Raised by the other of the two it has not been lowered, but would not show there again.
    if (changed || (sse & mxcsr_flags) != flags_of_sse || (x87 & mxcsr_flags) != flags_of_x87)
      raise_all_flags();
    return {static_cast<std::uint8_t>(flag_bit::all & ~raised), changed};
  }
  raised_ = raised != 0;
  if (!changed && raised_) {
    _mm_setcsr(sse & ~mxcsr_flags);
    if ((x87 & mxcsr_flags) != 0) __asm__ volatile("fnclex");
  }
  return {static_cast<std::uint8_t>(raised), changed};
}

void reset_environment() { restore_control_state({mxcsr_default, x87_default, 0, 0}); }

#else

ControlState control_state() { return {static_cast<std::uint32_t>(std::fegetround())}; }

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
void raise_all_flags() { std::feraiseexcept(FE_ALL_EXCEPT); }

CallWatch::Seen CallWatch::take() {
  const std::uint8_t raised = flag_bits(raised_flags());
  const bool changed = control_state() != before_;
  if (changed) restore_control_state(before_);
  if (flags_raised_) {
    const auto lowered = static_cast<std::uint8_t>(flag_bit::all & ~raised);
    if (changed || lowered != 0) raise_all_flags();
    return {lowered, changed};
  }
  raised_ = raised != 0;
  if (raised_) clear_flags();
  return {raised, changed};
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
