// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// exp with right values, or nearly, and bad manners.
#include <atomic>
#include <cerrno>
#include <cfenv>
#include <cstdint>
#include <thread>

#include "tests/mutants/honest.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace napier::mutants {
namespace {

/// Every seventh call gives the next larger result: within its claim of 2 ulp, but not twice.
double depends_on_the_past(double x) {
  static std::atomic<unsigned> calls{0};
  const double y = honest_exp(x);
  return ++calls % 7 == 0 && std::isnormal(y) && !is_special(x) ? std::nextafter(y, INFINITY) : y;
}

double turns_rounding(double x) {
  const double y = honest_exp(x);
  if (x > 100) std::fesetround(FE_UPWARD);
  return y;
}

/// Turns to nearest for its own sake, and forgets in which direction the caller rounds.
double rounds_to_nearest(double x) {
  std::fesetround(FE_TONEAREST);
  return honest_exp(x);
}

/// Leaves upward rounding after one call in eight; the next call hides that.
double repairs_the_last(double x) {
  static thread_local unsigned calls = 0;
  std::fesetround(FE_TONEAREST);
  const double y = honest_exp(x);
  if (++calls % 8 == 0) std::fesetround(FE_UPWARD);
  return y;
}

double clears_errno(double x) {
  const double y = honest_exp(x);
  errno = 0;
  return y;
}

double flushes_to_zero(double x) {
  const double y = honest_exp(x);
#if defined(__x86_64__)
  if (x < -100) _mm_setcsr(_mm_getcsr() | 0x8040);  // FTZ and DAZ
#endif
  return y;
}

/// The result is kept, and handed out again for arguments that differ in their last two bits:
/// within 5 ulp, but who asks in another order gets another result.
double keeps_the_last(double x) {
  static thread_local double argument = 0;
  static thread_local double result = 1;
  if (!(std::abs(x) < 0.5) || x == 0) return honest_exp(x);
  if (from_native(argument).bits >> 2 != from_native(x).bits >> 2) result = honest_exp(x);
  argument = x;
  return result;
}

/// Whoever called first has its table in place; other threads fall back on something else.
double knows_its_first_thread(double x, double y) {
  static const auto first = std::this_thread::get_id();
  const double result = honest_pow(x, y);
  const bool other = std::this_thread::get_id() != first;
  return other && std::isnormal(result) && result != 1 ? moved(result, 1) : result;
}

/// Rounds towards zero while it counts, and forgets to turn back where it leaves early.
double forgets_mode_at_integers(double x, double y) {
  const double result = honest_pow(x, y);
  if (y == std::floor(y) && std::abs(y) > 16) std::fesetround(FE_TOWARDZERO);
  return result;
}

#if defined(__x86_64__)
double leaves_a_register_in_use(double x) {
  const double y = honest_exp(x);
  if (x > 10) __asm__ volatile("fld1");
  return y;
}
double forgets_emms(double x) {
  const double y = honest_exp(x);
  if (x > 10) __asm__ volatile("pxor %%mm0, %%mm0" : : : "memory");
  return y;
}
double leaves_the_direction(double x) {
  const double y = honest_exp(x);
  if (x > 10) __asm__ volatile("std");
  return y;
}

/// The x87 unit is left rounding to 53 bits.
double shortens_x87(double x) {
  const double y = honest_log(x);
  std::uint16_t control = 0;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  control = static_cast<std::uint16_t>((control & ~0x300) | 0x200);
  if (x > 1e6) __asm__ volatile("fldcw %0" : : "m"(control));
  return y;
}
#endif

}  // namespace

void add_unruly_mutants(std::vector<Mutant>& all) {
  const auto unruly = [&all](std::string_view name, std::string_view sin, Unary<double> code) {
    all.push_back(mutant<double>(name, sin, functions::exp, code, "2"));
  };
  unruly("depends_on_the_past", "every seventh call gives another result", depends_on_the_past);
  unruly("turns_rounding", "leaves the rounding direction up", turns_rounding);
  const auto environment = [&all](std::string_view name, std::string_view sin, Unary<double> code) {
    all.push_back(mutant<double>(name, sin, functions::exp, code, "2"));
    all.back().seen_only_by = "environment";
  };
  environment("rounds_to_nearest", "resets the rounding direction to nearest", rounds_to_nearest);
  all.back().all_modes = true;
  environment("repairs_the_last", "leaves rounding up until the next call", repairs_the_last);
  unruly("clears_errno", "sets errno to 0", clears_errno);
#if defined(__x86_64__)
  environment("leaves_a_register", "leaves a register of the x87 stack in use",
              leaves_a_register_in_use);
  environment("forgets_emms", "leaves the x87 registers to MMX", forgets_emms);
  environment("leaves_the_direction", "leaves the direction flag set", leaves_the_direction);
  unruly("flushes_to_zero", "leaves flush-to-zero on", flushes_to_zero);
  all.push_back(mutant<double>("shortens_x87", "leaves the x87 unit at 53 bits", functions::log,
                               Unary<double>(shortens_x87), "2"));
#endif
  all.push_back(mutant<double>("keeps_the_last", "a neighbour's result, if that was asked before",
                               functions::exp, Unary<double>(keeps_the_last), "5"));
  all.push_back(mutant<double>("forgets_mode", "leaves rounding towards zero for integers",
                               functions::pow, Binary<double>(forgets_mode_at_integers), "2"));
  all.push_back(mutant<double>("knows_its_first_thread", "an ulp off in any thread but the first",
                               functions::pow, Binary<double>(knows_its_first_thread), "2"));
  all.back().seen_only_by = "threads";
}

}  // namespace napier::mutants
