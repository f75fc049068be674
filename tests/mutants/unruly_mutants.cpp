// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// exp with right values, or nearly, and bad manners.
#include <atomic>
#include <cerrno>
#include <cfenv>

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

}  // namespace

void add_unruly_mutants(std::vector<Mutant>& all) {
  const auto unruly = [&all](std::string_view name, std::string_view sin, Unary<double> code) {
    all.push_back(mutant<double>(name, sin, functions::exp, code, "2"));
  };
  unruly("depends_on_the_past", "every seventh call gives another result", depends_on_the_past);
  unruly("turns_rounding", "leaves the rounding direction up", turns_rounding);
  unruly("clears_errno", "sets errno to 0", clears_errno);
#if defined(__x86_64__)
  unruly("flushes_to_zero", "leaves flush-to-zero on", flushes_to_zero);
#endif
}

}  // namespace napier::mutants
