// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Right values, or values within a wide claim, and wrong order, flags, errno, or threads.
#include <sched.h>

#include <cerrno>
#include <cfenv>
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double overflows_from = 0x1.62e42fefa39fp+9;  // e^x is infinite from here on

/// Every 16th encoding in (-1, 1) gives an ulp less: within 3 ulp, but results fall.
double dips(double x) {
  const double y = honest_exp(x);
  const bool hit = std::abs(x) < 1 && (from_native(x).bits & 15) == 5;
  return hit && !is_special(x) ? std::nextafter(y, 0.0) : y;
}

/// Two polynomials meet at 1/2, the lower one two ulps too high.
double glued_pieces(double x) {
  const double y = honest_exp2(x);
  return x > 0.5 - 0x1p-40 && x < 0.5 ? std::nextafter(std::nextafter(y, inf), inf) : y;
}

bool ordinary(double x, double y) { return x > 0 && x != 1 && !is_special(x) && !is_special(y); }

/// Integer exponents go another way, an ulp lower.
double falls_at_integers(double x, double y) {
  const double result = honest_pow(x, y);
  return ordinary(x, y) && y == std::floor(y) && std::isnormal(result) ? std::nextafter(result, 0.0)
                                                                       : result;
}

/// Every other cell of the table of logarithms is an ulp too high.
double falls_between_bases(double x, double y) {
  const double result = honest_pow(x, y);
  const bool odd_cell = (from_native(x).bits >> 45 & 1) != 0;
  return odd_cell && ordinary(x, y) && std::isnormal(result) ? std::nextafter(result, inf) : result;
}

/// What a function raises and leaves in errno is put back, and then said again by hand.
struct Manners {
  int flags = 0;
  int error = 0;
};
template <class F>
double with_manners(F compute, Manners manners) {
  const int error_before = errno;
  std::fenv_t environment;
  std::feholdexcept(&environment);
  const double y = compute();
  std::fesetenv(&environment);
  errno = error_before;
  if (manners.flags != 0) std::feraiseexcept(manners.flags);
  if (manners.error != 0) errno = manners.error;
  return y;
}

Manners right_manners(double x) {
  return x >= overflows_from && !std::isinf(x) ? Manners{FE_OVERFLOW | FE_INEXACT, ERANGE}
                                               : Manners{};
}
double exp_with(double x, Manners manners) {
  return with_manners([x] { return honest_exp(x); }, manners);
}

/// The infinity of an overflow is read from a table.
double silent_overflow(double x) {
  Manners manners = right_manners(x);
  manners.flags = 0;
  return exp_with(x, manners);
}

/// Far below, e^x is computed as 1/e^-x, which overflows on the way.
double spurious_overflow(double x) {
  return exp_with(x, x < -745 ? Manners{FE_OVERFLOW, 0} : right_manners(x));
}

/// NaN takes part in a comparison that signals.
double nan_is_invalid(double x) {
  return exp_with(x, std::isnan(x) ? Manners{FE_INVALID, 0} : right_manners(x));
}

/// Internal overflows are not to show: all flags are cleared first, the caller's among them.
double clears_flags(double x) {
  std::feclearexcept(FE_ALL_EXCEPT);
  return honest_exp(x);
}

/// They are held back, and what was raised before is not put back with them.
double holds_and_forgets(double x) {
  const Manners manners = right_manners(x);
  const int error_before = errno;
  std::fenv_t environment;
  std::feholdexcept(&environment);
  const double y = honest_exp(x);
  std::feclearexcept(FE_ALL_EXCEPT);
  std::feraiseexcept(manners.flags);
  errno = manners.error != 0 ? manners.error : error_before;
  return y;
}

/// In the tail alone, an underflow on the way is hidden.
double clears_in_the_tail(double x) {
  const double y = honest_exp(x);
  if (x < -708 && x > -750) std::feclearexcept(FE_OVERFLOW | FE_UNDERFLOW);
  return y;
}

double clears_flags_of_powers(double x, double y) {
  if (x < 0 && y == std::floor(y)) std::feclearexcept(FE_INVALID);
  return honest_pow(x, y);
}

double forgets_range_error(double x) {
  Manners manners = right_manners(x);
  manners.error = 0;
  return exp_with(x, manners);
}

/// errno is set for large arguments, before it is known that results overflow.
double range_error_too_early(double x) {
  return exp_with(x, x > 700 ? Manners{right_manners(x).flags, ERANGE} : right_manners(x));
}

bool is_pole(double x, double y) { return x == 0 && y < 0 && std::isfinite(y); }
bool is_outside(double x, double y) {
  return x < 0 && std::isfinite(x) && std::isfinite(y) && y != std::floor(y);
}
/// Near the ends of the range who raises what is left to the C library.
double pow_with(double x, double y, Manners at_poles, Manners outside) {
  if (is_pole(x, y)) return with_manners([=] { return honest_pow(x, y); }, at_poles);
  if (is_outside(x, y)) return with_manners([=] { return honest_pow(x, y); }, outside);
  return std::pow(x, y);
}

double silent_pole(double x, double y) { return pow_with(x, y, {0, ERANGE}, {FE_INVALID, EDOM}); }
double overflow_for_pole(double x, double y) {
  return pow_with(x, y, {FE_OVERFLOW | FE_INEXACT, ERANGE}, {FE_INVALID, EDOM});
}
double silent_nan(double x, double y) { return pow_with(x, y, {FE_DIVBYZERO, ERANGE}, {0, EDOM}); }
double range_for_domain(double x, double y) {
  return pow_with(x, y, {FE_DIVBYZERO, ERANGE}, {FE_INVALID, ERANGE});
}

/// The reduced argument is kept in a variable that all threads share.
double shared_scratch(double x) {
  static volatile double scratch;
  scratch = x;
  if ((from_native(x).bits & 63) == 0) sched_yield();
  for (int i = 0; i < 20; ++i) __asm__ volatile("");
  return honest_exp(double(scratch));
}

}  // namespace

void add_manners_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view property, std::string_view name, std::string_view sin,
                          const Function& function, ScalarFunction code) {
    Mutant row = mutant<double>(name, sin, function, code, "3");
    row.seen_only_by = property;
    row.target.claim.monotone = property == "monotone";
    row.target.claim.flags = property == "flags";
    row.target.claim.errno_values = property == "errno";
    all.push_back(std::move(row));
  };
  using One = Unary<double>;
  using Two = Binary<double>;
  const Function& exp = functions::exp;
  const Function& pow = functions::pow;
  add("monotone", "dips", "every 16th result in (-1, 1) an ulp lower", exp, One(dips));
  add("monotone", "glued_pieces", "two pieces two ulps apart at 1/2", functions::exp2,
      One(glued_pieces));
  add("monotone", "falls_at_integers", "an ulp lower for integer exponents", pow,
      Two(falls_at_integers));
  add("monotone", "falls_between_bases", "every other cell of bases an ulp higher", pow,
      Two(falls_between_bases));
  add("flags", "silent_overflow", "overflow raises no flag", exp, One(silent_overflow));
  add("flags", "spurious_overflow", "overflow flag where results are 0", exp,
      One(spurious_overflow));
  add("flags", "nan_is_invalid", "invalid for a quiet NaN", exp, One(nan_is_invalid));
  add("flags", "silent_pole", "no divide-by-zero at 0^-1", pow, Two(silent_pole));
  add("flags", "overflow_for_pole", "overflow flag at 0^-1", pow, Two(overflow_for_pole));
  add("flags", "silent_nan", "no invalid at (-2)^0.5", pow, Two(silent_nan));
  add("flags", "clears_flags", "lowers the flags that its caller had raised", exp,
      One(clears_flags));
  add("flags", "holds_and_forgets", "flags raised before are not put back", exp,
      One(holds_and_forgets));
  add("flags", "clears_in_the_tail", "lowers overflow where results are subnormal", exp,
      One(clears_in_the_tail));
  add("flags", "clears_flags_of_powers", "lowers invalid at negative bases", pow,
      Two(clears_flags_of_powers));
  add("errno", "forgets_range_error", "no ERANGE on overflow", exp, One(forgets_range_error));
  add("errno", "range_error_too_early", "ERANGE from 700 on", exp, One(range_error_too_early));
  add("errno", "range_for_domain", "ERANGE at (-2)^0.5", pow, Two(range_for_domain));
  add("threads", "shared_scratch", "threads share a variable", exp, One(shared_scratch));
}

}  // namespace napier::mutants
