// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mpfr.h>

#include <cfenv>

#include "lib/fp/float.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"

namespace napier::honest {

/// A number of MPFR's, of a precision of its own.
class Number {
 public:
  explicit Number(int precision) { mpfr_init2(value_, precision); }
  ~Number() { mpfr_clear(value_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;

  operator mpfr_ptr() { return value_; }           // NOLINT(google-explicit-constructor)
  operator mpfr_srcptr() const { return value_; }  // NOLINT(google-explicit-constructor)

 private:
  mpfr_t value_;
};

/// Lets MPFR work in round to nearest, whatever the caller's mode, and puts back what it changes:
/// the floating-point environment with its flags, MPFR's own flags and its range of exponents.
class Quietly {
 public:
  Quietly();
  ~Quietly();
  Quietly(const Quietly&) = delete;
  Quietly& operator=(const Quietly&) = delete;

 private:
  std::fenv_t environment_;
  mpfr_flags_t flags_;
  mpfr_exp_t least_;
  mpfr_exp_t most_;
};

/// For as long as it lives, the exponents are a format's: MPFR's numbers are 0.1… · 2^e, and the
/// least is that of the least subnormal.
class ExponentsOf {
 public:
  explicit ExponentsOf(const Format& format);
  ~ExponentsOf();
  ExponentsOf(const ExponentsOf&) = delete;
  ExponentsOf& operator=(const ExponentsOf&) = delete;
};

mpfr_rnd_t direction(Rounding rounding);

/// Sets a number of enough precision to a datum, infinities, NaN and the sign of 0 included.
void assign(Number& to, Float from);
/// Sets a number to a dyadic, which has to fit.
void assign(Number& to, const Dyadic& from);
/// The datum that a number is, which it has to be.
Float datum(const Format& format, const Number& from);

/// f(x) or f(x, y) in the direction; what mpfr_exp and its like return.
int evaluate(Number& result, const Function& function, const Call& call, mpfr_rnd_t direction);

}  // namespace napier::honest
