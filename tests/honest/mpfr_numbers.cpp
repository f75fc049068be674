// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/mpfr_numbers.hpp"

#include <stdexcept>

namespace napier::honest {

namespace {
void allow_all_exponents() {
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
}
}  // namespace

Quietly::Quietly() : flags_(mpfr_flags_save()), least_(mpfr_get_emin()), most_(mpfr_get_emax()) {
  std::feholdexcept(&environment_);
  std::fesetround(FE_TONEAREST);
  allow_all_exponents();
  mpfr_clear_flags();
}

Quietly::~Quietly() {
  mpfr_set_emin(least_);
  mpfr_set_emax(most_);
  mpfr_flags_restore(flags_, MPFR_FLAGS_ALL);
  std::fesetenv(&environment_);
}

ExponentsOf::ExponentsOf(const Format& format) {
  mpfr_set_emin(format.least_exponent() + 1);
  mpfr_set_emax(format.max_exponent + 1);
}
ExponentsOf::~ExponentsOf() { allow_all_exponents(); }

mpfr_rnd_t direction(Rounding rounding) {
  switch (rounding) {
    case Rounding::nearest:
      return MPFR_RNDN;
    case Rounding::up:
      return MPFR_RNDU;
    case Rounding::down:
      return MPFR_RNDD;
    case Rounding::zero:
      return MPFR_RNDZ;
  }
  return MPFR_RNDN;
}

void assign(Number& to, const Dyadic& from) {
  Number high(64), low(64);
  mpfr_set_ui_2exp(high, static_cast<std::uint64_t>(from.significand >> 64), from.exponent + 64,
                   MPFR_RNDN);
  mpfr_set_ui_2exp(low, static_cast<std::uint64_t>(from.significand), from.exponent, MPFR_RNDN);
  if (mpfr_add(to, high, low, MPFR_RNDN) != 0)
    throw std::logic_error("a dyadic does not fit its number");
  if (from.negative) mpfr_neg(to, to, MPFR_RNDN);
}

void assign(Number& to, Float from) {
  const int sign = is_negative(from) ? -1 : 1;
  if (is_nan(from))
    mpfr_set_nan(to);
  else if (is_infinite(from))
    mpfr_set_inf(to, sign);
  else if (is_zero(from))
    mpfr_set_zero(to, sign);
  else
    assign(to, exact_value(from));
}

Float datum(const Format& format, const Number& from) {
  const bool negative = mpfr_signbit(from) != 0;
  if (mpfr_nan_p(from) != 0) return quiet_nan(format);
  if (mpfr_inf_p(from) != 0) return infinity(format, negative);
  if (mpfr_zero_p(from) != 0) return zero(format, negative);
  // m·2^e with an integer m of two words, which mpfr_get_ui gives exactly one by one.
  Number rest(static_cast<int>(mpfr_get_prec(from)));
  const mpfr_exp_t e = mpfr_get_exp(from) - 128;
  mpfr_abs(rest, from, MPFR_RNDN);
  mpfr_mul_2si(rest, rest, -e - 64, MPFR_RNDN);
  const std::uint64_t high = mpfr_get_ui(rest, MPFR_RNDZ);
  mpfr_sub_ui(rest, rest, high, MPFR_RNDN);
  mpfr_mul_2ui(rest, rest, 64, MPFR_RNDN);
  const std::uint64_t low = mpfr_get_ui(rest, MPFR_RNDZ);
  const Dyadic value{negative, Bits(high) << 64 | low, e};
  const auto found = exactly(format, value.reduced());
  if (!found) throw std::logic_error("a number is no datum of the format");
  return *found;
}

namespace {
using Unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

Unary unary(const Function& function) {
  if (&function == &functions::exp) return mpfr_exp;
  if (&function == &functions::exp2) return mpfr_exp2;
  if (&function == &functions::exp10) return mpfr_exp10;
  if (&function == &functions::expm1) return mpfr_expm1;
  if (&function == &functions::exp2m1) return mpfr_exp2m1;
  if (&function == &functions::exp10m1) return mpfr_exp10m1;
  if (&function == &functions::log) return mpfr_log;
  throw std::logic_error("no MPFR function for " + std::string(function.name));
}
}  // namespace

int evaluate(Number& result, const Function& function, const Call& call, mpfr_rnd_t direction) {
  Number x(call.x.format->precision);
  assign(x, call.x);
  if (function.arity == 1) return unary(function)(result, x, direction);
  Number y(call.y.format->precision);
  assign(y, call.y);
  return mpfr_pow(result, x, y, direction);
}

}  // namespace napier::honest
